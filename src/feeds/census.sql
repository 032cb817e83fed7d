-- name: census_labels
-- The censuses already held, a batch each.
SELECT id, label FROM batch WHERE la = $1 AND kind = 'census' ORDER BY id;

-- name: schools_of_batch
SELECT school FROM school WHERE la = $1 AND batch = $2 ORDER BY school;

-- name: enrolments_of_batch
SELECT child, school, starts FROM enrolment WHERE la = $1 AND batch = $2
ORDER BY child, school, starts;

-- name: meals_of_batch
SELECT child, starts FROM fsm WHERE la = $1 AND batch = $2
ORDER BY child, starts;

-- name: forget_pupil
-- Drops what an earlier batch of this census said of a child.
DELETE FROM census_pupil WHERE la = $1 AND child = $2 AND census = $3;

-- name: forget_needs
DELETE FROM sen_need WHERE la = $1 AND child = $2 AND census = $3;

-- name: forget_address
DELETE FROM address
WHERE la = $1 AND child = $2 AND starts = $3 AND feed = 'census';

-- name: forget_term
DELETE FROM attendance_term
WHERE la = $1 AND child = $2 AND year = $3 AND term = $4 AND feed = 'census';

-- name: forget_reasons
DELETE FROM attendance_reason
WHERE la = $1 AND child = $2 AND year = $3 AND term = $4 AND feed = 'census';

-- name: forget_exclusions
DELETE FROM exclusion WHERE la = $1 AND child = $2 AND batch IN
  (SELECT id FROM batch
   WHERE la = $1 AND kind = 'census' AND label = $3 AND id <> $4);

-- name: forget_enrolments
DELETE FROM enrolment WHERE la = $1 AND child = $2 AND batch IN
  (SELECT id FROM batch
   WHERE la = $1 AND kind = 'census' AND label = $3 AND id <> $4);

-- name: forget_meals
DELETE FROM fsm WHERE la = $1 AND child = $2 AND batch IN
  (SELECT id FROM batch
   WHERE la = $1 AND kind = 'census' AND label = $3 AND id <> $4);

-- name: child_by_name
-- Children with the name and date of birth, for a pupil without a number.
SELECT DISTINCT n.child FROM child_name AS n
JOIN child AS c ON c.la = n.la AND c.id = n.child
WHERE n.la = $1 AND n.folded = $2 AND c.born = $3
ORDER BY n.child;
