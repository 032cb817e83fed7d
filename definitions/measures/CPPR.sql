/*---
id: CPPR
title: >-
  Children on a child protection plan, rate
definition: >-
  Child protection plans open on the day for every 10,000 children aged 0 to
  17.
unit: rate
polarity: neutral
basis: snapshot
numerator: >-
  plans open
denominator: >-
  children aged 0 to 17
feeds: [cin, annex-a]
population: POP017
owner: >-
  Head of safeguarding and quality assurance
source: >-
  Children in need census guide (DfE); ONS mid-year population estimates
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
