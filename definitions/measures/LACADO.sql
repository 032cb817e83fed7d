/*---
id: LACADO
title: >-
  Care ended by adoption
definition: >-
  Children who left care since 1 April through adoption.
unit: count
polarity: neutral
basis: year-to-date
numerator: >-
  children adopted
feeds: [ssda903]
owner: >-
  Permanency Team manager
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE), REC E11 and E12
---*/
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
