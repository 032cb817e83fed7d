/*---
id: EHC20W
title: >-
  Education, health and care plans issued within 20 weeks
definition: >-
  Of the plans issued in the period, the percentage issued within 20 weeks of
  the request, without exceptions.
unit: percent
polarity: high
basis: aggregate
numerator: >-
  plans issued within 20 weeks
denominator: >-
  plans issued
feeds: [aggregates]
owner: >-
  Performance analyst
source: >-
  SEN2 figures
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
