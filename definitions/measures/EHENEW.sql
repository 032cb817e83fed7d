/*---
id: EHENEW
title: >-
  Children who began to be educated at home
definition: >-
  Children whose education at home began in the twelve months to the day.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  children who began
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  DfE, elective home education and children missing education collection,
  2025/26
---*/
SELECT la, child, 'counted' AS part, ehe_started_on AS starts,
  ehe_started_on AS ends
FROM reg_ehe
WHERE la = :la AND arrangement = 'EHE' AND ehe_started_on IS NOT NULL
  AND registered_on IS NOT NULL
  AND COALESCE(close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')

-- evidence
SELECT la, child, ehe_started_on AS day,
  'began; before: ' || COALESCE(previous_setting, 'not known') AS what
FROM reg_ehe
WHERE la = :la AND arrangement = 'EHE' AND ehe_started_on IS NOT NULL
ORDER BY child, ehe_started_on, entry
