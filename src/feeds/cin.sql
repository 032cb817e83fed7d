-- name: newest_of_year
-- The last day that a census of these days speaks of, as 1 if later than $4.
SELECT COUNT(*) FROM batch
WHERE la = $1 AND kind = 'cin' AND covers_last BETWEEN $2 AND $3
  AND covers_last > $4;

-- name: drop_year
-- A newer return of the year takes its place.
DELETE FROM referral WHERE la = $1 AND feed = 'cin' AND year = $2;

-- name: drop_superseded
-- What a later year's return says of a referral is all that counts.
DELETE FROM referral
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM referral AS newer
    WHERE newer.la = referral.la
      AND newer.feed = 'cin'
      AND newer.child = referral.child
      AND newer.referred = referral.referred
      AND newer.year > referral.year);

-- name: drop_assessments
DELETE FROM assessment
WHERE la = $1
  AND feed = 'cin'
  AND NOT EXISTS (SELECT 1 FROM referral
    WHERE referral.la = assessment.la AND referral.id = assessment.referral);

-- name: drop_factors
DELETE FROM assessment_factor
WHERE la = $1
  AND NOT EXISTS (SELECT 1 FROM assessment
    WHERE assessment.la = assessment_factor.la
      AND assessment.id = assessment_factor.assessment);

-- name: drop_enquiries
DELETE FROM section47
WHERE la = $1
  AND feed = 'cin'
  AND NOT EXISTS (SELECT 1 FROM referral
    WHERE referral.la = section47.la AND referral.id = section47.referral);

-- name: drop_cin_plans
DELETE FROM cin_plan
WHERE la = $1
  AND feed = 'cin'
  AND NOT EXISTS (SELECT 1 FROM referral
    WHERE referral.la = cin_plan.la AND referral.id = cin_plan.referral);

-- name: drop_cp_plans
DELETE FROM cp_plan
WHERE la = $1
  AND feed = 'cin'
  AND NOT EXISTS (SELECT 1 FROM referral
    WHERE referral.la = cp_plan.la AND referral.id = cp_plan.referral);

-- name: drop_reviews
DELETE FROM cp_review
WHERE la = $1
  AND NOT EXISTS (SELECT 1 FROM cp_plan
    WHERE cp_plan.la = cp_review.la AND cp_plan.id = cp_review.plan);

-- name: count_previous
-- Earlier plans of the child; one plan told twice is one.
UPDATE cp_plan
SET previous_counted = (SELECT COUNT(DISTINCT earlier.starts)
  FROM cp_plan AS earlier
  WHERE earlier.la = cp_plan.la
    AND earlier.feed = cp_plan.feed
    AND earlier.child = cp_plan.child
    AND earlier.starts < cp_plan.starts)
WHERE la = $1 AND feed = 'cin';
