/*---
id: FTE
title: >-
  First-time entrants to youth justice
definition: >-
  Young people who entered the youth justice system for the first time in the
  period.
unit: count
polarity: low
basis: aggregate
numerator: >-
  first-time entrants
feeds: [aggregates]
owner: >-
  Performance analyst
source: >-
  Youth justice service
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
