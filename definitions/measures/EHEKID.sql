/*---
id: EHEKID
title: >-
  Keep-in-touch meetings declined
definition: >-
  Keep-in-touch meetings that families declined in the twelve months to the
  day. Declining is no sign of unsuitable education.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  meetings declined
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  London Borough of Islington, response to the scrutiny review Making
  Children Visible, 18 April 2024, paragraph 4.4
---*/
SELECT la, child, 'counted' AS part, declined_on AS starts, declined_on AS ends
FROM reg_ehe_meetings
WHERE la = :la AND declined_on IS NOT NULL

-- evidence
SELECT la, child, declined_on AS day, 'declined' AS what
FROM reg_ehe_meetings
WHERE la = :la AND declined_on IS NOT NULL
ORDER BY child, declined_on, entry, place
