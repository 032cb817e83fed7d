-- name: held_years
-- The years of marks held already.
SELECT child, school, year FROM mark_year WHERE la = $1
ORDER BY child, school, year;

-- name: held_marks
SELECT marks FROM mark_year
WHERE la = $1 AND child = $2 AND school = $3 AND year = $4;

-- name: drop_reasons
-- The reasons of a year are written anew with it.
DELETE FROM attendance_reason
WHERE la = $1 AND child = $2 AND school = $3 AND year = $4 AND feed = 'marks';
