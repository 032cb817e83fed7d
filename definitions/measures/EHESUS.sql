/*---
id: EHESUS
title: >-
  Returns to school that held for 12 weeks
definition: >-
  Of the returns from home education whose twelfth week ended in the twelve
  months to the day, the percentage of children who were still on the roll.
  A return that nobody looked at has not held.
unit: percent
polarity: high
basis: rolling-12
numerator: >-
  children still on the roll after 12 weeks
denominator: >-
  returns to school
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  London Borough of Islington, response to the scrutiny review Making
  Children Visible, 18 April 2024, paragraph 4.2
---*/
SELECT la, child, 'base' AS part, add_days(on_roll_on, 84) AS starts,
  add_days(on_roll_on, 84) AS ends
FROM reg_ehe
WHERE la = :la AND on_roll_on IS NOT NULL AND arrangement = 'EHE'
UNION ALL
SELECT la, child, 'counted' AS part, add_days(on_roll_on, 84) AS starts,
  add_days(on_roll_on, 84) AS ends
FROM reg_ehe
WHERE la = :la AND on_roll_on IS NOT NULL AND arrangement = 'EHE'
  AND on_roll_12_weeks = 1

-- evidence
SELECT la, child, add_days(on_roll_on, 84) AS day, '12 weeks on the roll' AS what
FROM reg_ehe
WHERE la = :la AND on_roll_on IS NOT NULL AND arrangement = 'EHE'
ORDER BY child, on_roll_on, entry
