/*---
id: LAC
title: >-
  Children looked after
definition: >-
  Children looked after on the day, under 18, without those in a series of
  short breaks.
unit: count
polarity: neutral
basis: snapshot
numerator: >-
  children looked after
feeds: [ssda903]
owner: >-
  Head of corporate parenting
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE)
---*/
SELECT p.la, p.child, 'counted' AS part, p.starts,
  least(p.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la
