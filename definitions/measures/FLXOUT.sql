/*---
id: FLXOUT
title: >-
  Flexible arrangements that ended in full time at school
definition: >-
  Of the flexible arrangements between school and home that ended in the
  twelve months to the day, the percentage that ended with the child at
  school full time.
unit: percent
polarity: high
basis: rolling-12
numerator: >-
  arrangements that ended in full time at school
denominator: >-
  arrangements that ended
feeds: [register flexi]
owner: >-
  Elective home education officer
source: >-
  London Borough of Islington, response to the scrutiny review Making
  Children Visible, 18 April 2024, paragraph 4.3
---*/
SELECT la, child, 'base' AS part, ended_on AS starts, ended_on AS ends
FROM reg_flexi WHERE la = :la AND ended_on IS NOT NULL
UNION ALL
SELECT la, child, 'counted' AS part, ended_on AS starts, ended_on AS ends
FROM reg_flexi
WHERE la = :la AND ended_on IS NOT NULL AND outcome = 'FULL_TIME'

-- evidence
SELECT la, child, ended_on AS day, 'ended: ' || outcome AS what
FROM reg_flexi WHERE la = :la AND ended_on IS NOT NULL AND outcome IS NOT NULL
ORDER BY child, ended_on, entry
