/*---
id: CME
title: >-
  Children missing education
definition: >-
  Children of compulsory school age who on the day are on no roll and
  receive no suitable education, with those whose education at home was
  decided not to be suitable.
unit: count
polarity: low
basis: snapshot
numerator: >-
  children missing education
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  Education Act 1996 s436A; DfE, elective home education and children
  missing education collection, 2025/26
---*/
SELECT la, child, 'counted' AS part, stay_from AS starts, stay_until AS ends
FROM reg_ehe_states
WHERE la = :la AND stay_state IN ('CME', 'NOT_SATISFIED', 'MONITOR', 'INTENTION', 'SAO_IN_FORCE', 'BREACH',
    'ESO_CONSIDERED', 'PROSECUTION_CONSIDERED')

-- evidence
SELECT la, child, stay_from AS day, 'state: ' || stay_state AS what
FROM reg_ehe_states
WHERE la = :la AND stay_state IN ('CME', 'NOT_SATISFIED', 'MONITOR', 'INTENTION', 'SAO_IN_FORCE', 'BREACH',
    'ESO_CONSIDERED', 'PROSECUTION_CONSIDERED')
ORDER BY child, stay_from, entry, place
