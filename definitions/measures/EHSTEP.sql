/*---
id: EHSTEP
title: >-
  Early help cases stepped up
definition: >-
  Early help cases that were stepped up to social care in the quarter.
unit: count
polarity: neutral
basis: aggregate
numerator: >-
  cases stepped up
feeds: [aggregates]
owner: >-
  Performance analyst
source: >-
  Early help service
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
