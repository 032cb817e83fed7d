/*---
id: NEETNK
title: >-
  16 and 17 year olds not in education, employment or training, or not known
definition: >-
  Percentage of 16 and 17 year olds who are not in education, employment or
  training or whose activity is not known.
unit: percent
polarity: low
basis: aggregate
numerator: >-
  young people not in education, employment or training or not known
denominator: >-
  young people aged 16 and 17
feeds: [aggregates]
owner: >-
  Performance analyst
source: >-
  Client caseload information system
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
