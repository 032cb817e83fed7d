/*---
id: FLX
title: >-
  Children in a flexible arrangement
definition: >-
  Pupils who on the day learn at home for part of the week by agreement with
  their school. They are on the roll and are not educated at home in law.
unit: count
polarity: neutral
basis: snapshot
numerator: >-
  children in a flexible arrangement
feeds: [register flexi]
owner: >-
  Elective home education officer
source: >-
  Education Act 1996 s444(3)
---*/
SELECT la, child, 'counted' AS part, stay_from AS starts, stay_until AS ends
FROM reg_flexi_states
WHERE la = :la AND stay_state = 'UNDERWAY'

-- evidence
SELECT la, child, stay_from AS day, 'began' AS what
FROM reg_flexi_states WHERE la = :la AND stay_state = 'UNDERWAY'
ORDER BY child, stay_from, entry, place
