/*---
id: EHEUNS
title: >-
  Home education: not suitable
definition: >-
  Of the children on the register as educated at home on the day, with those
  whose education was decided not to be suitable, the percentage whose
  education was decided not to be suitable.
unit: percent
polarity: neutral
basis: snapshot
numerator: >-
  children whose education was decided not to be suitable
denominator: >-
  children on the register as educated at home
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  Education Act 1996 s7 and s437
---*/
SELECT s.la, s.child, 'base' AS part,
  CASE WHEN s.n = 1 THEN least(s.stay_from, e.ehe_started_on)
    ELSE s.stay_from END AS starts,
  least(s.stay_until, e.ehe_ended_on) AS ends
FROM (SELECT la, entry, child, stay_state, stay_from, stay_until,
    ROW_NUMBER() OVER (PARTITION BY la, entry ORDER BY place) AS n
  FROM reg_ehe_states
  WHERE la = :la AND stay_state IN ('REGISTERED', 'CONTACTED', 'SUITABLE', 'UNCLEAR', 'FORMAL_NOTICE',
      'NOT_SATISFIED', 'MONITOR', 'INTENTION', 'SAO_IN_FORCE', 'BREACH',
      'ESO_CONSIDERED', 'PROSECUTION_CONSIDERED')) AS s
JOIN reg_ehe AS e ON e.la = s.la AND e.entry = s.entry
WHERE e.arrangement = 'EHE'
  AND COALESCE(e.close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')
  AND (e.ehe_ended_on IS NULL OR e.ehe_ended_on > s.stay_from)
UNION ALL
SELECT s.la, s.child, 'counted' AS part,
  CASE WHEN s.n = 1 THEN least(s.stay_from, e.ehe_started_on)
    ELSE s.stay_from END AS starts,
  least(s.stay_until, e.ehe_ended_on) AS ends
FROM (SELECT la, entry, child, stay_state, stay_from, stay_until,
    ROW_NUMBER() OVER (PARTITION BY la, entry ORDER BY place) AS n
  FROM reg_ehe_states
  WHERE la = :la AND stay_state IN ('REGISTERED', 'CONTACTED', 'SUITABLE', 'UNCLEAR', 'FORMAL_NOTICE',
      'NOT_SATISFIED', 'MONITOR', 'INTENTION', 'SAO_IN_FORCE', 'BREACH',
      'ESO_CONSIDERED', 'PROSECUTION_CONSIDERED')) AS s
JOIN reg_ehe AS e ON e.la = s.la AND e.entry = s.entry
WHERE e.arrangement = 'EHE'
  AND COALESCE(e.close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')
  AND (e.ehe_ended_on IS NULL OR e.ehe_ended_on > s.stay_from)
  AND s.stay_state IN ('NOT_SATISFIED', 'MONITOR', 'INTENTION', 'SAO_IN_FORCE', 'BREACH',
      'ESO_CONSIDERED', 'PROSECUTION_CONSIDERED')

-- evidence
SELECT la, child, assessed_day AS day, 'found ' || found AS what
FROM reg_ehe_assessments WHERE la = :la AND found IS NOT NULL
ORDER BY child, assessed_day, entry, place
