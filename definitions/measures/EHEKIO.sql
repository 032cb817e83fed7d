/*---
id: EHEKIO
title: >-
  Keep-in-touch meetings offered
definition: >-
  Keep-in-touch meetings offered to home educating families in the twelve
  months to the day.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  meetings offered
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  London Borough of Islington, response to the scrutiny review Making
  Children Visible, 18 April 2024, paragraph 4.4
---*/
SELECT la, child, 'counted' AS part, offered_on AS starts, offered_on AS ends
FROM reg_ehe_meetings
WHERE la = :la AND offered_on IS NOT NULL

-- evidence
SELECT la, child, offered_on AS day, 'offered' AS what
FROM reg_ehe_meetings
WHERE la = :la AND offered_on IS NOT NULL
ORDER BY child, offered_on, entry, place
