/*---
id: EHEANY
title: >-
  Children educated at home at any time in the twelve months
definition: >-
  Children who were educated at home on any day of the twelve months to the
  day, each once.
unit: count
polarity: neutral
basis: snapshot
numerator: >-
  children educated at home at any time
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  DfE, elective home education and children missing education collection,
  2025/26
---*/
SELECT la, child, 'counted' AS part, starts,
  least(add_months(ends, 12), next_starts) AS ends
FROM (SELECT t.la, t.child, t.starts, t.ends,
    LEAD(t.starts) OVER (PARTITION BY t.la, t.child
      ORDER BY t.starts, t.ends) AS next_starts
  FROM (SELECT s.la, s.child, 'counted' AS part,
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
      AND (e.ehe_ended_on IS NULL OR e.ehe_ended_on > s.stay_from)) AS t) AS u

-- evidence
SELECT la, child, ehe_started_on AS day, 'began, by ' || notified_by AS what
FROM reg_ehe WHERE la = :la AND arrangement = 'EHE' AND ehe_started_on IS NOT NULL
ORDER BY child, ehe_started_on, entry
