/*---
id: LACR
title: >-
  Children looked after, rate
definition: >-
  Children looked after on the day, under 18, without those in a series of
  short breaks, for every 10,000 children aged 0 to 17.
unit: rate
polarity: neutral
basis: snapshot
numerator: >-
  children looked after
denominator: >-
  children aged 0 to 17
feeds: [ssda903]
population: POP017
owner: >-
  Head of corporate parenting
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE); ONS mid-year population estimates
---*/
SELECT p.la, p.child, 'counted' AS part, p.starts,
  least(p.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la
