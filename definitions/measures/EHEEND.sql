/*---
id: EHEEND
title: >-
  Children who stopped being educated at home
definition: >-
  Children whose education at home ended in the twelve months to the day,
  for whatever reason.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  children who left
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  DfE, elective home education and children missing education collection,
  2025/26
---*/
SELECT la, child, 'counted' AS part, ehe_ended_on AS starts,
  ehe_ended_on AS ends
FROM reg_ehe
WHERE la = :la AND arrangement = 'EHE' AND ehe_ended_on IS NOT NULL
  AND registered_on IS NOT NULL
  AND COALESCE(close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')

-- evidence
SELECT la, child, ehe_ended_on AS day,
  'ended: ' || COALESCE(close_reason, 'not said') AS what
FROM reg_ehe
WHERE la = :la AND arrangement = 'EHE' AND ehe_ended_on IS NOT NULL
ORDER BY child, ehe_ended_on, entry
