/*---
id: EHE
title: >-
  Children educated at home
definition: >-
  Children of compulsory school age who are educated at home by choice of
  their parents on the day, as far as the council knows. Those whose
  education was decided not to be suitable, those missing education, those
  on the roll of a school and those whose education the council arranges are
  not among them.
unit: count
polarity: neutral
basis: snapshot
numerator: >-
  children educated at home
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  DfE, elective home education and children missing education collection,
  2025/26
---*/
SELECT s.la, s.child, 'counted' AS part,
  CASE WHEN s.n = 1 THEN least(s.stay_from, e.ehe_started_on)
    ELSE s.stay_from END AS starts,
  least(s.stay_until, e.ehe_ended_on) AS ends
FROM (SELECT la, entry, child, stay_state, stay_from, stay_until,
    ROW_NUMBER() OVER (PARTITION BY la, entry ORDER BY place) AS n
  FROM reg_ehe_states
  WHERE la = :la AND stay_state IN ('REGISTERED', 'CONTACTED', 'SUITABLE', 'UNCLEAR', 'FORMAL_NOTICE')) AS s
JOIN reg_ehe AS e ON e.la = s.la AND e.entry = s.entry
WHERE e.arrangement = 'EHE'
  AND COALESCE(e.close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')
  AND (e.ehe_ended_on IS NULL OR e.ehe_ended_on > s.stay_from)

-- evidence
SELECT la, child, ehe_started_on AS day, 'began, by ' || notified_by AS what
FROM reg_ehe WHERE la = :la AND arrangement = 'EHE' AND ehe_started_on IS NOT NULL
ORDER BY child, ehe_started_on, entry
