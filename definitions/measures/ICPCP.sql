/*---
id: ICPCP
title: >-
  Initial conferences that led to a plan
definition: >-
  Of the initial child protection conferences held since 1 April, the
  percentage followed by a child protection plan within 45 days.
unit: percent
polarity: neutral
basis: year-to-date
numerator: >-
  conferences that led to a plan
denominator: >-
  conferences held
feeds: [cin, annex-a]
owner: >-
  Head of safeguarding and quality assurance
source: >-
  Children in need census guide (DfE)
---*/
SELECT DISTINCT s.la, s.child,
  CASE WHEN EXISTS (
    SELECT 1 FROM cp_plan AS p
    WHERE p.la = s.la AND p.feed = s.feed AND p.child = s.child
      AND p.starts >= s.icpc AND p.starts <= add_days(s.icpc, 45))
    THEN 'both' ELSE 'base' END AS part,
  s.icpc AS starts, s.icpc AS ends
FROM section47 AS s
WHERE s.la = :la AND s.feed = :feed AND s.icpc >= :from AND s.icpc <= :to
