-- name: later
-- Whether a workbook about a later day is held.
SELECT COUNT(*) FROM batch
WHERE la = $1 AND kind = 'annex-a' AND covers_last > $2;

-- name: drop_reviews
DELETE FROM cp_review
WHERE la = $1
  AND plan IN (SELECT id FROM cp_plan WHERE la = $1 AND feed = 'annex-a');

-- name: drop_plans
DELETE FROM cp_plan WHERE la = $1 AND feed = 'annex-a';

-- name: drop_need_plans
DELETE FROM cin_plan WHERE la = $1 AND feed = 'annex-a';

-- name: drop_enquiries
DELETE FROM section47 WHERE la = $1 AND feed = 'annex-a';

-- name: drop_assessments
DELETE FROM assessment WHERE la = $1 AND feed = 'annex-a';

-- name: drop_referrals
DELETE FROM referral WHERE la = $1 AND feed = 'annex-a';

-- name: drop_contacts
DELETE FROM contact WHERE la = $1;

-- name: drop_early_help
DELETE FROM early_help WHERE la = $1;

-- name: drop_care
DELETE FROM care_snapshot WHERE la = $1;

-- name: drop_leavers
DELETE FROM leaver_snapshot WHERE la = $1;

-- name: drop_values
DELETE FROM annex_value WHERE la = $1;

-- name: tell_need
-- What list 6 knows of a referral of list 3.
UPDATE referral SET need = $4, closed = $5, closure_reason = $6
WHERE la = $1 AND feed = 'annex-a' AND child = $2 AND referred = $3;

-- name: count_previous
-- Earlier plans of the child in the workbook.
UPDATE cp_plan
SET previous_counted = (SELECT COUNT(DISTINCT earlier.starts)
  FROM cp_plan AS earlier
  WHERE earlier.la = cp_plan.la
    AND earlier.feed = cp_plan.feed
    AND earlier.child = cp_plan.child
    AND earlier.starts < cp_plan.starts)
WHERE la = $1 AND feed = 'annex-a';
