/*---
id: IYPT3
title: >-
  Referrals to the young people's drug and alcohol service, tier 3
definition: >-
  Referrals received in the quarter for tier 3 treatment. A drop may mean less
  need or less reach, so neither direction is good.
unit: count
polarity: neutral
basis: aggregate
numerator: >-
  referrals received
feeds: [aggregates]
owner: >-
  Performance analyst
source: >-
  Figures of the young people's drug and alcohol service
---*/
SELECT la, covers_first, covers_last, numerator, denominator, value_tenths, note,
  source, entered_by
FROM aggregate
WHERE la = :la AND measure = :id
ORDER BY covers_last, covers_first
