/*---
id: EHEBLK
title: >-
  Home educated children without a reason
definition: >-
  Of the children educated at home on the day, the percentage for whom the
  register holds no main reason, or one that is not known.
unit: percent
polarity: low
basis: snapshot
numerator: >-
  children without a reason
denominator: >-
  children educated at home
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  DfE, elective home education and children missing education collection,
  2025/26
---*/
SELECT s.la, s.child, 'base' AS part,
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
UNION ALL
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
  AND COALESCE(e.reason_primary, 'UNKN') = 'UNKN'

-- evidence
SELECT la, child, ehe_started_on AS day, 'began, by ' || notified_by AS what
FROM reg_ehe WHERE la = :la AND arrangement = 'EHE' AND ehe_started_on IS NOT NULL
ORDER BY child, ehe_started_on, entry
