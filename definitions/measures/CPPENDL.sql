/*---
id: CPPENDL
title: >-
  Child protection plans that ended after 2 years or longer
definition: >-
  Of the child protection plans that ended since 1 April, the percentage that
  had lasted 2 years or more.
unit: percent
polarity: low
basis: year-to-date
numerator: >-
  plans that had lasted 2 years or more
denominator: >-
  plans ended
feeds: [cin, annex-a]
owner: >-
  Head of safeguarding and quality assurance
source: >-
  Children in need census guide (DfE)
---*/
SELECT la, child, 'base' AS part, ends AS starts, ends AS ends
FROM cp_plan
WHERE la = :la AND feed = :feed AND ends IS NOT NULL
UNION ALL
SELECT la, child, 'counted' AS part, ends AS starts, ends AS ends
FROM cp_plan
WHERE la = :la AND feed = :feed AND ends >= months_reached(starts, 24)

-- evidence
SELECT p.la, p.child, p.starts AS day,
  'plan began: ' || COALESCE(p.initial_category, 'category not given')
    || ', earlier plans ' || greatest(p.previous_supplied, p.previous_counted) AS what
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
ORDER BY p.child, p.starts, p.id
