/*---
id: EHEKIH
title: >-
  Keep-in-touch meetings held
definition: >-
  Keep-in-touch meetings held with home educating families in the twelve
  months to the day.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  meetings held
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  London Borough of Islington, response to the scrutiny review Making
  Children Visible, 18 April 2024, paragraph 4.4
---*/
SELECT la, child, 'counted' AS part, held_on AS starts, held_on AS ends
FROM reg_ehe_meetings
WHERE la = :la AND held_on IS NOT NULL

-- evidence
SELECT la, child, held_on AS day, 'held' AS what
FROM reg_ehe_meetings
WHERE la = :la AND held_on IS NOT NULL
ORDER BY child, held_on, entry, place
