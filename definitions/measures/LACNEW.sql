/*---
id: LACNEW
title: >-
  Children who started to be looked after
definition: >-
  Periods of care that began since 1 April, without series of short breaks.
unit: count
polarity: neutral
basis: year-to-date
numerator: >-
  periods of care begun
feeds: [ssda903]
owner: >-
  Head of corporate parenting
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE)
---*/
SELECT la, child, 'counted' AS part, starts, starts AS ends
FROM care_period
WHERE la = :la
