/*---
id: COMPLAINTS
title: >-
  Complaints about children's services
definition: >-
  Complaints received in the quarter about children's services.
unit: count
polarity: neutral
basis: aggregate
numerator: >-
  complaints received
feeds: [aggregates]
owner: >-
  Performance analyst
source: >-
  Complaints team
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
