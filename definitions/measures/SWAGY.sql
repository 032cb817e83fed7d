/*---
id: SWAGY
title: >-
  Agency social workers
definition: >-
  Percentage of social worker posts filled by agency workers at the end of the
  quarter.
unit: percent
polarity: low
basis: aggregate
numerator: >-
  posts filled by agency workers
denominator: >-
  posts filled
feeds: [aggregates]
owner: >-
  Performance analyst
source: >-
  Human resources
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
