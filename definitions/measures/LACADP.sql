/*---
id: LACADP
title: >-
  Share of care leavers by adoption
definition: >-
  Of the children who left care in the twelve months to the day, the
  percentage who were adopted.
unit: percent
polarity: neutral
basis: rolling-12
numerator: >-
  children adopted
denominator: >-
  children who left care
feeds: [ssda903]
owner: >-
  Permanency Team manager
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE), REC
---*/
SELECT la, child, 'base' AS part, dec AS starts, dec AS ends
FROM episode
WHERE la = :la AND dec_supplied IS NOT NULL AND rec IS NOT NULL
  AND rec <> 'X1'
  AND (COALESCE(ls, '') NOT IN ('V3', 'V4')
    OR rec IN ('E11', 'E12', 'E43', 'E44', 'E45', 'E46', 'E47', 'E48'))
UNION ALL
SELECT la, child, 'counted' AS part, dec AS starts, dec AS ends
FROM episode
WHERE la = :la AND dec_supplied IS NOT NULL AND rec IS NOT NULL
  AND rec <> 'X1'
  AND rec IN ('E11', 'E12')

-- evidence
SELECT la, child, dec AS day, 'care ended: ' || rec AS what
FROM episode
WHERE la = :la AND dec_supplied IS NOT NULL AND rec IS NOT NULL AND rec <> 'X1'
ORDER BY child, dec
