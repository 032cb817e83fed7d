-- name: newest_of_year
-- The last day that a census of these days speaks of, as 1 if later than $4.
SELECT COUNT(*) FROM batch
WHERE la = $1 AND kind = 'cin' AND covers_last BETWEEN $2 AND $3
  AND covers_last > $4 AND COALESCE(origin, '') = $5;

-- name: set_origin
UPDATE batch SET origin = $3 WHERE la = $1 AND id = $2;

-- name: stands
-- Whether these bytes stand in a batch that none of the same return followed.
SELECT COUNT(*) FROM batch_file AS f
JOIN batch AS b ON b.la = f.la AND b.id = f.batch
WHERE f.la = $1 AND b.kind = 'cin' AND f.digest = $2
  AND NOT EXISTS (SELECT 1 FROM batch AS later
    WHERE later.la = b.la
      AND later.kind = b.kind
      AND later.label = b.label
      AND COALESCE(later.origin, '') = COALESCE(b.origin, '')
      AND later.id > b.id);

-- name: drop_year
-- A newer return of the year, by the same authority, takes its place.
DELETE FROM referral
WHERE la = $1
  AND feed = 'cin'
  AND year = $2
  AND EXISTS (SELECT 1 FROM batch AS b
    WHERE b.la = referral.la
      AND b.id = referral.batch
      AND COALESCE(b.origin, '') = $3);

-- name: drop_year_assessments
DELETE FROM assessment
WHERE la = $1
  AND feed = 'cin'
  AND year = $2
  AND EXISTS (SELECT 1 FROM batch AS b
    WHERE b.la = assessment.la
      AND b.id = assessment.batch
      AND COALESCE(b.origin, '') = $3);

-- name: drop_year_enquiries
DELETE FROM section47
WHERE la = $1
  AND feed = 'cin'
  AND year = $2
  AND EXISTS (SELECT 1 FROM batch AS b
    WHERE b.la = section47.la
      AND b.id = section47.batch
      AND COALESCE(b.origin, '') = $3);

-- name: drop_year_cin_plans
DELETE FROM cin_plan
WHERE la = $1
  AND feed = 'cin'
  AND year = $2
  AND EXISTS (SELECT 1 FROM batch AS b
    WHERE b.la = cin_plan.la
      AND b.id = cin_plan.batch
      AND COALESCE(b.origin, '') = $3);

-- name: drop_year_cp_plans
DELETE FROM cp_plan
WHERE la = $1
  AND feed = 'cin'
  AND year = $2
  AND EXISTS (SELECT 1 FROM batch AS b
    WHERE b.la = cp_plan.la
      AND b.id = cp_plan.batch
      AND COALESCE(b.origin, '') = $3);

-- name: drop_repeated_assessments
-- Told again by a later year's return.
DELETE FROM assessment
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM assessment AS newer
    WHERE newer.la = assessment.la
      AND newer.feed = 'cin'
      AND newer.child = assessment.child
      AND newer.started = assessment.started
      AND newer.year > assessment.year);

-- name: drop_withdrawn_assessments
-- Still going on in a later return's year, under a referral that return has,
-- and yet not in it: taken back. One that had ended before is only history.
DELETE FROM assessment
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM referral AS newer
    JOIN financial_year AS y ON y.year = newer.year
    WHERE newer.la = assessment.la
      AND newer.feed = 'cin'
      AND newer.child = assessment.child
      AND newer.referred = assessment.referred
      AND newer.year > assessment.year
      AND (assessment.authorised IS NULL OR assessment.authorised >= y.first));

-- name: drop_repeated_enquiries
-- Told again by a later year's return.
DELETE FROM section47
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM section47 AS newer
    WHERE newer.la = section47.la
      AND newer.feed = 'cin'
      AND newer.child = section47.child
      AND newer.started = section47.started
      AND newer.year > section47.year);

-- name: drop_withdrawn_enquiries
-- Still going on in a later return's year, under a referral that return has,
-- and yet not in it: taken back. One that had ended before is only history.
DELETE FROM section47
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM referral AS newer
    JOIN financial_year AS y ON y.year = newer.year
    WHERE newer.la = section47.la
      AND newer.feed = 'cin'
      AND newer.child = section47.child
      AND newer.referred = section47.referred
      AND newer.year > section47.year
      AND COALESCE(section47.icpc, section47.started) >= y.first);

-- name: drop_repeated_cin_plans
-- Told again by a later year's return.
DELETE FROM cin_plan
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM cin_plan AS newer
    WHERE newer.la = cin_plan.la
      AND newer.feed = 'cin'
      AND newer.child = cin_plan.child
      AND newer.starts = cin_plan.starts
      AND newer.year > cin_plan.year);

-- name: drop_withdrawn_cin_plans
-- Still going on in a later return's year, under a referral that return has,
-- and yet not in it: taken back. One that had ended before is only history.
DELETE FROM cin_plan
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM referral AS newer
    JOIN financial_year AS y ON y.year = newer.year
    WHERE newer.la = cin_plan.la
      AND newer.feed = 'cin'
      AND newer.child = cin_plan.child
      AND newer.referred = cin_plan.referred
      AND newer.year > cin_plan.year
      AND (cin_plan.ends IS NULL OR cin_plan.ends >= y.first));

-- name: drop_repeated_cp_plans
-- Told again by a later year's return.
DELETE FROM cp_plan
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM cp_plan AS newer
    WHERE newer.la = cp_plan.la
      AND newer.feed = 'cin'
      AND newer.child = cp_plan.child
      AND newer.starts = cp_plan.starts
      AND newer.year > cp_plan.year);

-- name: drop_withdrawn_cp_plans
-- Still going on in a later return's year, under a referral that return has,
-- and yet not in it: taken back. One that had ended before is only history.
DELETE FROM cp_plan
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM referral AS newer
    JOIN financial_year AS y ON y.year = newer.year
    WHERE newer.la = cp_plan.la
      AND newer.feed = 'cin'
      AND newer.child = cp_plan.child
      AND newer.referred = cp_plan.referred
      AND newer.year > cp_plan.year
      AND (cp_plan.ends IS NULL OR cp_plan.ends >= y.first));

-- name: drop_superseded
-- What a later year's return says of a referral counts.
DELETE FROM referral
WHERE la = $1
  AND feed = 'cin'
  AND EXISTS (SELECT 1 FROM referral AS newer
    WHERE newer.la = referral.la
      AND newer.feed = 'cin'
      AND newer.child = referral.child
      AND newer.referred = referral.referred
      AND newer.year > referral.year);

-- name: point_assessments
-- What stood under a superseded referral stands under the one that is left.
UPDATE assessment
SET referral = (SELECT MAX(r.id) FROM referral AS r
  WHERE r.la = assessment.la AND r.feed = 'cin' AND r.child = assessment.child
    AND r.referred = assessment.referred)
WHERE la = $1
  AND feed = 'cin'
  AND NOT EXISTS (SELECT 1 FROM referral AS r
    WHERE r.la = assessment.la AND r.id = assessment.referral);

-- name: point_enquiries
-- What stood under a superseded referral stands under the one that is left.
UPDATE section47
SET referral = (SELECT MAX(r.id) FROM referral AS r
  WHERE r.la = section47.la AND r.feed = 'cin' AND r.child = section47.child
    AND r.referred = section47.referred)
WHERE la = $1
  AND feed = 'cin'
  AND NOT EXISTS (SELECT 1 FROM referral AS r
    WHERE r.la = section47.la AND r.id = section47.referral);

-- name: point_cin_plans
-- What stood under a superseded referral stands under the one that is left.
UPDATE cin_plan
SET referral = (SELECT MAX(r.id) FROM referral AS r
  WHERE r.la = cin_plan.la AND r.feed = 'cin' AND r.child = cin_plan.child
    AND r.referred = cin_plan.referred)
WHERE la = $1
  AND feed = 'cin'
  AND NOT EXISTS (SELECT 1 FROM referral AS r
    WHERE r.la = cin_plan.la AND r.id = cin_plan.referral);

-- name: point_cp_plans
-- What stood under a superseded referral stands under the one that is left.
UPDATE cp_plan
SET referral = (SELECT MAX(r.id) FROM referral AS r
  WHERE r.la = cp_plan.la AND r.feed = 'cin' AND r.child = cp_plan.child
    AND r.referred = cp_plan.referred)
WHERE la = $1
  AND feed = 'cin'
  AND NOT EXISTS (SELECT 1 FROM referral AS r
    WHERE r.la = cp_plan.la AND r.id = cp_plan.referral);

-- name: drop_factors
DELETE FROM assessment_factor
WHERE la = $1
  AND NOT EXISTS (SELECT 1 FROM assessment
    WHERE assessment.la = assessment_factor.la
      AND assessment.id = assessment_factor.assessment);

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

-- name: drop_need_periods
DELETE FROM need_period WHERE la = $1;

-- name: derive_need_periods
-- An episode counts from when the earlier ones of the child have all closed;
-- after an open one none counts.
INSERT INTO need_period (la, child, starts, ends)
SELECT la, child, starts, ends
FROM (
  SELECT la, child, closed AS ends,
    greatest(referred, MAX(COALESCE(closed, '9999-12-31')) OVER (PARTITION BY la, child
      ORDER BY referred, id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS starts
  FROM referral
  WHERE la = $1 AND feed = 'cin' AND COALESCE(nfa, 0) <> 1) AS x
WHERE starts < '9999-12-31' AND (ends IS NULL OR ends > starts);
