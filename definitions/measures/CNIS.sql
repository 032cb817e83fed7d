/*---
id: CNIS
title: >-
  Children on the register of children not in school
definition: >-
  Children who on the day would be on the register of the 2026 Act: educated
  at home or otherwise than at school, missing education, and pupils in a
  flexible arrangement.
unit: count
polarity: neutral
basis: snapshot
numerator: >-
  children not in school, or not all of the time
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  Education Act 1996 s436B, inserted by the Children's Wellbeing and Schools
  Act 2026 s38, not commenced at June 2026
---*/
SELECT la, child, 'counted' AS part, stay_from AS starts, stay_until AS ends
FROM reg_ehe_states
WHERE la = :la AND stay_state IN ('REGISTERED', 'CONTACTED', 'SUITABLE', 'UNCLEAR', 'FORMAL_NOTICE',
    'NOT_SATISFIED', 'MONITOR', 'INTENTION', 'SAO_IN_FORCE', 'BREACH',
    'ESO_CONSIDERED', 'PROSECUTION_CONSIDERED', 'REVOKED', 'CME')
UNION ALL
SELECT f.la, f.child, 'counted' AS part, f.stay_from AS starts,
  f.stay_until AS ends
FROM reg_flexi_states AS f
WHERE f.la = :la AND f.stay_state = 'UNDERWAY'
  AND NOT EXISTS (SELECT 1 FROM reg_ehe_states AS s
    WHERE s.la = f.la AND s.child = f.child
      AND s.stay_state IN ('REGISTERED', 'CONTACTED', 'SUITABLE', 'UNCLEAR', 'FORMAL_NOTICE',
    'NOT_SATISFIED', 'MONITOR', 'INTENTION', 'SAO_IN_FORCE', 'BREACH',
    'ESO_CONSIDERED', 'PROSECUTION_CONSIDERED', 'REVOKED', 'CME')
      AND (s.stay_until IS NULL OR s.stay_until > f.stay_from))

-- evidence
SELECT la, child, stay_from AS day, 'state: ' || stay_state AS what
FROM reg_ehe_states
WHERE la = :la AND stay_state IN ('REGISTERED', 'CONTACTED', 'SUITABLE', 'UNCLEAR', 'FORMAL_NOTICE',
    'NOT_SATISFIED', 'MONITOR', 'INTENTION', 'SAO_IN_FORCE', 'BREACH',
    'ESO_CONSIDERED', 'PROSECUTION_CONSIDERED', 'REVOKED', 'CME')
ORDER BY child, stay_from, entry, place
