/*---
id: EHEVOI
title: >-
  Keep-in-touch meetings with the words of the child
definition: >-
  Of the keep-in-touch meetings held in the twelve months to the day, the
  percentage of which the record holds what the child said, wrote or drew.
unit: percent
polarity: high
basis: rolling-12
numerator: >-
  meetings with the words of the child
denominator: >-
  meetings held
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  London Borough of Islington, response to the scrutiny review Making
  Children Visible, 18 April 2024, paragraph 4.4; United Nations Convention
  on the Rights of the Child article 12
---*/
SELECT la, child, 'base' AS part, held_on AS starts, held_on AS ends
FROM reg_ehe_meetings
WHERE la = :la AND held_on IS NOT NULL
UNION ALL
SELECT la, child, 'counted' AS part, held_on AS starts, held_on AS ends
FROM reg_ehe_meetings
WHERE la = :la AND held_on IS NOT NULL
  AND child_voice IS NOT NULL

-- evidence
SELECT la, child, held_on AS day, 'held' AS what
FROM reg_ehe_meetings
WHERE la = :la AND held_on IS NOT NULL
ORDER BY child, held_on, entry, place
