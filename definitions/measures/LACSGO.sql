/*---
id: LACSGO
title: >-
  Care ended by special guardianship
definition: >-
  Children who left care since 1 April through a special guardianship order.
unit: count
polarity: neutral
basis: year-to-date
numerator: >-
  children who left by special guardianship
feeds: [ssda903]
owner: >-
  Permanency Team manager
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE), REC E45 to E48; E43 and E44 before 2018-19
---*/
SELECT la, child, 'counted' AS part, dec AS starts, dec AS ends
FROM episode
WHERE la = :la AND dec_supplied IS NOT NULL AND rec IS NOT NULL
  AND rec <> 'X1'
  AND rec IN ('E43', 'E44', 'E45', 'E46', 'E47', 'E48')

-- evidence
SELECT la, child, dec AS day, 'care ended: ' || rec AS what
FROM episode
WHERE la = :la AND dec_supplied IS NOT NULL AND rec IS NOT NULL AND rec <> 'X1'
ORDER BY child, dec
