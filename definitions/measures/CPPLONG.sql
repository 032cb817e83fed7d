/*---
id: CPPLONG
title: >-
  Child protection plans of 2 years or longer
definition: >-
  Of the child protection plans open on the day, the percentage that have
  lasted 2 years or more.
unit: percent
polarity: low
basis: snapshot
numerator: >-
  plans that have lasted 2 years or more
denominator: >-
  plans open
feeds: [cin, annex-a]
owner: >-
  Head of safeguarding and quality assurance
source: >-
  Children in need census guide (DfE)
---*/
SELECT la, child, 'base' AS part, starts, ends
FROM cp_plan
WHERE la = :la AND feed = :feed
UNION ALL
SELECT la, child, 'counted' AS part, months_reached(starts, 24) AS starts, ends
FROM cp_plan
WHERE la = :la AND feed = :feed
  AND (ends IS NULL OR ends > months_reached(starts, 24))

-- evidence
SELECT p.la, p.child, p.starts AS day,
  'plan began: ' || COALESCE(p.initial_category, 'category not given')
    || ', earlier plans ' || greatest(p.previous_supplied, p.previous_counted) AS what
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
ORDER BY p.child, p.starts, p.id
