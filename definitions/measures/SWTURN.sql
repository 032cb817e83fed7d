/*---
id: SWTURN
title: >-
  Social worker turnover
definition: >-
  Social workers who left in the twelve months to the end of the quarter, as a
  percentage of those in post at its end.
unit: percent
polarity: low
basis: aggregate
numerator: >-
  social workers who left
denominator: >-
  social workers in post
feeds: [aggregates]
owner: >-
  Performance analyst
source: >-
  Human resources; children's social work workforce census (DfE)
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
