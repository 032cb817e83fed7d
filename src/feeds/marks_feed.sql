-- name: holds_years
-- Whether any year of marks is held already: 1 or 0.
SELECT COUNT(*) FROM (SELECT la FROM mark_year WHERE la = $1 LIMIT 1) AS held;

-- name: held_marks
SELECT marks FROM mark_year
WHERE la = $1 AND child = $2 AND school = $3 AND year = $4;

-- name: drop_reasons
-- The reasons of a year are written anew with it.
DELETE FROM attendance_reason
WHERE la = $1 AND child = $2 AND school = $3 AND year = $4 AND feed = 'marks';
