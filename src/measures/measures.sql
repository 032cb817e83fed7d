-- name: children
-- What each child is, for the breakdowns by it.
SELECT id, born, sex, ethnicity, is_uasc FROM child WHERE la = $1 ORDER BY id;

-- name: dimension_ward
-- Child, value, first day and end (NULL: always). By the address a child had on the day.
SELECT a.child, p.ward, a.starts,
  LEAD(a.starts) OVER (PARTITION BY a.la, a.child ORDER BY a.starts, a.postcode,
    a.uprn)
FROM address AS a
LEFT JOIN postcode AS p ON p.pcd = a.postcode AND p.ward <> ''
WHERE a.la = $1
ORDER BY a.child, a.starts, a.postcode, a.uprn;

-- name: dimension_sen
-- What the latest census before the day says.
SELECT child, sen, census,
  LEAD(census) OVER (PARTITION BY la, child ORDER BY census, school)
FROM census_pupil WHERE la = $1 AND sen IS NOT NULL
ORDER BY child, census, school;

-- name: dimension_fsm
-- Eligible for free school meals in the period; else not, if ever on a roll.
SELECT child, 'yes', starts, ends FROM fsm WHERE la = $1 ORDER BY child, starts;

-- name: dimension_year_group
SELECT child, year_group, census,
  LEAD(census) OVER (PARTITION BY la, child ORDER BY census, school)
FROM census_pupil WHERE la = $1 AND year_group IS NOT NULL
ORDER BY child, census, school;

-- name: dimension_school
SELECT child, school, starts, ends FROM enrolment WHERE la = $1
ORDER BY child, starts, school;

-- name: dimension_social_care
-- The closest form of support on the day: 1 looked after, 2 child protection
-- plan, 3 in need.
SELECT child, 'LAC', starts, ends FROM care_period WHERE la = $1
UNION ALL
SELECT child, 'CPP', starts, ends FROM cp_plan WHERE la = $1 AND feed = 'cin'
UNION ALL
SELECT child, 'CIN', referred, closed FROM referral
WHERE la = $1 AND feed = 'cin' AND COALESCE(nfa, 0) <> 1;

-- name: setting
-- A council's choice in force on a day.
SELECT value FROM setting WHERE la = $1 AND name = $2 AND valid_from <= $3
ORDER BY valid_from DESC LIMIT 1;

-- name: coverage
-- What each feed covers, and each register, which has no last day.
SELECT kind, MIN(covers_first), MAX(covers_last), COUNT(*), SUM(rows_in),
  SUM(refused), SUM(repaired), SUM(warned), SUM(children), SUM(linked),
  MAX(received_at)
FROM batch WHERE la = $1 GROUP BY kind
UNION ALL
SELECT 'register ' || register, MIN(opened), NULL, 0, COUNT(*), 0, 0, 0, 0, 0,
  MAX(changed_at)
FROM entry WHERE la = $1 GROUP BY register
ORDER BY 1;

-- name: comparator
-- A published figure of an area, newest first.
SELECT time_period, value, publication FROM published
WHERE indicator = $1 AND area = $2 AND strpos(';' || filters || ';', ';' || $3 || ';') > 0
ORDER BY time_period DESC, publication, seq;

-- name: published_population
-- The population kept for a year, newest first.
SELECT covers_first, numerator FROM aggregate
WHERE la = $1 AND measure = $2 AND numerator IS NOT NULL
ORDER BY covers_first DESC;

-- name: linkage
-- Children of school age known to social care on a day, and how many of them
-- were found on a school roll.
SELECT 'looked-after children' AS who, COUNT(*) AS children,
  COUNT(*) FILTER (WHERE EXISTS (
    SELECT 1 FROM enrolment AS e WHERE e.la = p.la AND e.child = p.child))
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = $1 AND p.starts <= $2 AND (p.ends IS NULL OR p.ends > $2)
  AND age_at(c.born, $2) >= 5 AND age_at(c.born, $2) <= 15
UNION ALL
SELECT 'children on a child protection plan' AS who, COUNT(*) AS children,
  COUNT(*) FILTER (WHERE EXISTS (
    SELECT 1 FROM enrolment AS e WHERE e.la = p.la AND e.child = p.child))
FROM cp_plan AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = $1 AND p.feed = 'cin' AND p.starts <= $2
  AND (p.ends IS NULL OR p.ends > $2)
  AND age_at(c.born, $2) >= 5 AND age_at(c.born, $2) <= 15
ORDER BY who;

-- name: frozen
SELECT measure, numerator, denominator, value_tenths, symbol, frozen_at
FROM frozen_value WHERE la = $1 AND report = $2 AND period = $3 ORDER BY measure;

-- name: freeze
INSERT INTO frozen_value (la, report, period, measure, numerator, denominator,
  value_tenths, symbol, definition, frozen_at, frozen_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: commentaries
SELECT measure, why, so_what, what_next, by_when FROM commentary
WHERE la = $1 AND report = $2 AND period = $3 ORDER BY measure;

-- name: write_commentary
INSERT INTO commentary (la, report, period, measure, why, so_what, what_next,
  by_when, written_by, written_at, version)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)
ON CONFLICT (la, report, period, measure) DO UPDATE SET why = excluded.why,
  so_what = excluded.so_what, what_next = excluded.what_next,
  by_when = excluded.by_when, written_by = excluded.written_by,
  written_at = excluded.written_at, version = commentary.version + 1;

-- name: child_numbers
-- What a child is known by, for lists of children.
SELECT c.id, c.born, c.sex, i.value FROM child AS c
LEFT JOIN identifier AS i ON i.la = c.la AND i.child = c.id AND i.scheme = $2
WHERE c.la = $1 ORDER BY c.id, i.value;
