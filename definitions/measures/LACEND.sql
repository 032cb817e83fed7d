/*---
id: LACEND
title: >-
  Children who ceased to be looked after
definition: >-
  Periods of care that ended since 1 April, by the reason the return gives, on
  the day after any repair of overlapping episodes; exits whose end was moved
  are listed among the repairs. The end of a short break is not counted.
unit: count
polarity: neutral
basis: year-to-date
numerator: >-
  children who left care
feeds: [ssda903]
owner: >-
  Head of corporate parenting
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE), REC
---*/
SELECT la, child, 'counted' AS part, dec AS starts, dec AS ends
FROM episode
WHERE la = :la AND dec_supplied IS NOT NULL AND rec IS NOT NULL
  AND rec <> 'X1'
  AND (COALESCE(ls, '') NOT IN ('V3', 'V4')
    OR rec IN ('E11', 'E12', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48'))

-- evidence
SELECT la, child, dec AS day, 'care ended: ' || rec AS what
FROM episode
WHERE la = :la AND dec_supplied IS NOT NULL AND rec IS NOT NULL AND rec <> 'X1'
ORDER BY child, dec
