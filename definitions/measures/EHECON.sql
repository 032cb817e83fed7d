/*---
id: EHECON
title: >-
  Home educated children whose family was in touch in 12 months
definition: >-
  Of the children educated at home on the day, the percentage whose family
  met the council, answered it or gave evidence of the education in the
  twelve months before.
unit: percent
polarity: high
basis: snapshot
numerator: >-
  children whose family was in touch
denominator: >-
  children educated at home
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  DfE, Elective home education guidance for local authorities, 2019: contact
  at least once a year
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
  greatest(s.starts, c.day) AS starts,
  least(s.ends, add_months(c.day, 12), c.next_day) AS ends
FROM (SELECT s.la, s.entry, s.child, 'base' AS part,
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
  AND (e.ehe_ended_on IS NULL OR e.ehe_ended_on > s.stay_from)) AS s
JOIN (SELECT d.la, d.entry, d.day,
    LEAD(d.day) OVER (PARTITION BY d.la, d.entry ORDER BY d.day) AS next_day
  FROM (SELECT la, entry, child, held_on AS day FROM reg_ehe_meetings
    WHERE la = :la AND held_on IS NOT NULL
    UNION
    SELECT la, entry, child, made_on AS day FROM reg_ehe_contacts
    WHERE la = :la AND was_answered = 1
    UNION
    SELECT la, entry, child, assessed_day AS day FROM reg_ehe_assessments
    WHERE la = :la AND evidence_type <> 'NONE') AS d) AS c ON c.la = s.la AND c.entry = s.entry
WHERE (s.ends IS NULL OR c.day < s.ends) AND add_months(c.day, 12) > s.starts
  AND (c.next_day IS NULL OR c.next_day > s.starts)

-- evidence
SELECT d.la, d.child, d.day, 'in touch' AS what
FROM (SELECT la, entry, child, held_on AS day FROM reg_ehe_meetings
    WHERE la = :la AND held_on IS NOT NULL
    UNION
    SELECT la, entry, child, made_on AS day FROM reg_ehe_contacts
    WHERE la = :la AND was_answered = 1
    UNION
    SELECT la, entry, child, assessed_day AS day FROM reg_ehe_assessments
    WHERE la = :la AND evidence_type <> 'NONE') AS d
ORDER BY d.child, d.day
