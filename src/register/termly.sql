-- name: termly_stays
-- Every state a case was in, with what the return asks about its child.
SELECT s.entry, s.child, s.stay_state, s.stay_from, s.stay_until, e.arrangement,
  e.ehe_started_on, e.ehe_ended_on, e.close_reason, e.reason_primary,
  e.previous_setting, e.sen_at_start, e.cme_on, e.cme_reason, c.sex, c.born
FROM reg_ehe_states AS s
JOIN reg_ehe AS e ON e.la = s.la AND e.entry = s.entry
LEFT JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = $1
  AND COALESCE(e.close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')
ORDER BY s.entry, s.place;

-- name: termly_notices
-- Notices and orders served from a day to a day.
SELECT notice_type, COUNT(*) FROM reg_ehe_notices
WHERE la = $1 AND received_on >= $2 AND received_on <= $3
GROUP BY notice_type ORDER BY notice_type;
