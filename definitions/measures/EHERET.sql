/*---
id: EHERET
title: >-
  Returns from home education to school
definition: >-
  Children educated at home who came onto the roll of a school in the twelve
  months to the day.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  returns to school
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  London Borough of Islington, response to the scrutiny review Making
  Children Visible, 18 April 2024, paragraph 4.2
---*/
SELECT la, child, 'counted' AS part, on_roll_on AS starts, on_roll_on AS ends
FROM reg_ehe
WHERE la = :la AND on_roll_on IS NOT NULL AND arrangement = 'EHE'

-- evidence
SELECT la, child, on_roll_on AS day, 'on the roll of ' || return_school AS what
FROM reg_ehe
WHERE la = :la AND on_roll_on IS NOT NULL AND arrangement = 'EHE'
  AND return_school IS NOT NULL
ORDER BY child, on_roll_on, entry
