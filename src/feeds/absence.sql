-- name: schools_with_phase
SELECT school, phase FROM school WHERE la = $1 ORDER BY school;

-- name: terms_sent
-- The terms for which any school sent anything.
SELECT DISTINCT year, term FROM attendance_term
WHERE la = $1 AND possible > 0 ORDER BY year, term;

-- name: terms_by_enrolment
-- Every term, enrolment by enrolment; of two feeds for one term the census is
-- first.
SELECT child, school, year, term, possible, authorised + unauthorised,
  year_group
FROM attendance_term WHERE la = $1
ORDER BY child, school, year, term, feed;

-- name: drop_absence_states
DELETE FROM absence_state WHERE la = $1;
