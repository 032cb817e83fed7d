/*---
id: CPP
title: >-
  Children on a child protection plan
definition: >-
  Child protection plans open on the day.
unit: count
polarity: neutral
basis: snapshot
numerator: >-
  plans open
feeds: [cin, annex-a]
owner: >-
  Head of safeguarding and quality assurance
source: >-
  Children in need census guide (DfE)
---*/
SELECT la, child, 'counted' AS part, starts, ends
FROM cp_plan
WHERE la = :la AND feed = :feed

-- evidence
SELECT p.la, p.child, p.starts AS day,
  'plan began: ' || COALESCE(p.initial_category, 'category not given')
    || ', earlier plans ' || greatest(p.previous_supplied, p.previous_counted) AS what
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
ORDER BY p.child, p.starts, p.id
