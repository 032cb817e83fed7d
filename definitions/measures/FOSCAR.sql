/*---
id: FOSCAR
title: >-
  Foster carers
definition: >-
  Approved fostering households of the authority at the end of the quarter.
unit: count
polarity: high
basis: aggregate
numerator: >-
  fostering households
feeds: [aggregates]
owner: >-
  Head of fostering
source: >-
  Fostering service; fostering in England data set (Ofsted)
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
