-- name: entry_add
INSERT INTO entry (la, id, register, subject, state, is_open, opened, closed,
  since, owner, team, version, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12);

-- name: entry_change
-- One row if the version is still the one that was read; else none.
UPDATE entry SET state = $3, is_open = $4, closed = $5, since = $6, owner = $7,
  team = $8, version = $9, changed_at = $10
WHERE la = $1 AND id = $2 AND version = $11
RETURNING version;

-- name: version_add
INSERT INTO entry_version (la, entry, version, at, on_day, step, actor, reason,
  definition, document, digest, audit_seq)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: entry_newest
-- Register, subject and newest document of an entry.
SELECT e.register, e.subject, e.version, e.changed_at, v.document
FROM entry AS e
JOIN entry_version AS v
  ON v.la = e.la AND v.entry = e.id AND v.version = e.version
WHERE e.la = $1 AND e.id = $2;

-- name: entry_at_version
SELECT e.register, e.subject, v.version, v.at, v.document
FROM entry AS e
JOIN entry_version AS v ON v.la = e.la AND v.entry = e.id
WHERE e.la = $1 AND e.id = $2 AND v.version = $3;

-- name: entry_known_at
-- As it was known at an instant.
SELECT e.register, e.subject, v.version, v.at, v.document
FROM entry AS e
JOIN entry_version AS v ON v.la = e.la AND v.entry = e.id
WHERE e.la = $1 AND e.id = $2 AND v.version =
  (SELECT max(o.version) FROM entry_version AS o
   WHERE o.la = $1 AND o.entry = $2 AND o.at <= $3);

-- name: history
-- Every version of an entry, oldest first.
SELECT version, at, on_day, step, actor, reason, definition, document
FROM entry_version WHERE la = $1 AND entry = $2 ORDER BY version;

-- name: open_of_subject
-- The open entries of a register about a subject.
SELECT id FROM entry
WHERE la = $1 AND register = $2 AND subject = $3 AND is_open = 1 ORDER BY id;

-- name: entries_of_subject
-- All entries about a subject, newest first.
SELECT id, register, state, is_open, opened, closed, since, owner, team, version
FROM entry WHERE la = $1 AND subject = $2 ORDER BY opened DESC, id DESC;

-- name: documents
-- Newest documents of a register, for making derived tables anew.
SELECT e.id, e.subject, e.version, e.changed_at, v.document
FROM entry AS e
JOIN entry_version AS v
  ON v.la = e.la AND v.entry = e.id AND v.version = e.version
WHERE e.la = $1 AND e.register = $2 AND e.id > $3
ORDER BY e.id LIMIT 500;

-- name: definition_keep
INSERT INTO definition_text (la, register, digest, since, content)
VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (la, register, digest) DO NOTHING;

-- name: definition_texts
SELECT digest, since, content FROM definition_text
WHERE la = $1 AND register = $2 ORDER BY since, digest;

-- name: shape
SELECT shape FROM register_shape WHERE la = $1 AND register = $2;

-- name: shape_set
INSERT INTO register_shape (la, register, shape) VALUES ($1, $2, $3)
ON CONFLICT (la, register) DO UPDATE SET shape = excluded.shape;

-- name: shape_forget
-- The tables are all authorities' (la 0 stands for them): when they are made
-- anew, everybody's rows are gone.
DELETE FROM register_shape WHERE la >= 0 AND register = $1;

-- name: work_clear
DELETE FROM work WHERE la = $1 AND entry = $2;

-- name: work_add
INSERT INTO work (la, entry, clock, item, register, subject, starts, due, warns,
  done, owner, team)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: setting_on
-- What is set for a name on a day.
SELECT value FROM setting
WHERE la = $1 AND name = $2 AND valid_from <= $3
ORDER BY valid_from DESC LIMIT 1;

-- name: settings_on
-- Every value ever set that began by the day, latest last.
SELECT name, value FROM setting
WHERE la = $1 AND valid_from <= $2 ORDER BY name, valid_from;

-- name: fact_child
-- Who the child is, 0 for all that have an entry in the register.
SELECT c.id, c.born, c.sex, c.ethnicity FROM child AS c
WHERE c.la = $1 AND (c.id = $2 OR ($2 = 0 AND c.id IN
  (SELECT e.subject FROM entry AS e WHERE e.la = $1 AND e.register = $3)));

-- name: fact_care
-- Which of these a child is on the day: 0 in need, 1 section 47, 2 on a plan,
-- 3 looked after, 4 looked after before. A start only.
SELECT child, 0 AS fact FROM referral
WHERE la = $1 AND (child = $2 OR $2 = 0) AND referred <= $3
  AND (closed IS NULL OR closed > $3) AND coalesce(nfa, 0) = 0
UNION
SELECT child, 1 AS fact FROM section47
WHERE la = $1 AND (child = $2 OR $2 = 0) AND started <= $3
  AND icpc IS NULL AND coalesce(icpc_not_required, 0) = 0
  AND started > add_days($3, -120)
UNION
SELECT child, 2 AS fact FROM cp_plan
WHERE la = $1 AND (child = $2 OR $2 = 0) AND starts <= $3
  AND (ends IS NULL OR ends > $3)
UNION
SELECT child, 3 AS fact FROM care_period
WHERE la = $1 AND (child = $2 OR $2 = 0) AND starts <= $3
  AND (ends IS NULL OR ends > $3)
UNION
SELECT child, 4 AS fact FROM care_period
WHERE la = $1 AND (child = $2 OR $2 = 0) AND ends <= $3
ORDER BY 1, 2;

-- name: fact_worker
-- Who the child's social worker is.
SELECT child, sw_id FROM sw_episode
WHERE la = $1 AND (child = $2 OR $2 = 0) AND starts <= $3
  AND (ends IS NULL OR ends > $3)
ORDER BY child, starts, sw_id;

-- name: fact_school
-- What the latest census says of the pupil; the last row of a child counts.
SELECT p.child, p.sen, p.school, p.young_carer, s.urn, s.phase
FROM census_pupil AS p
LEFT JOIN school AS s ON s.la = p.la AND s.school = p.school
WHERE p.la = $1 AND (p.child = $2 OR ($2 = 0 AND p.child IN
  (SELECT e.subject FROM entry AS e WHERE e.la = $1 AND e.register = $4)))
  AND p.census <= $3
ORDER BY p.child, p.census, p.school;

-- name: fact_absence
-- Sessions of the latest two terms the pupil has, newest first.
SELECT t.child, t.year, t.term, sum(t.possible), sum(t.authorised + t.unauthorised)
FROM attendance_term AS t
WHERE t.la = $1 AND (t.child = $2 OR ($2 = 0 AND t.child IN
  (SELECT e.subject FROM entry AS e WHERE e.la = $1 AND e.register = $4)))
  AND t.year <= $3
GROUP BY t.child, t.year, t.term
ORDER BY t.child, t.year DESC, t.term DESC;

-- name: fact_suspensions
-- How often suspended in the twelve months to the day.
SELECT child, count(*) FROM exclusion
WHERE la = $1 AND (child = $2 OR $2 = 0) AND category = 'SUSP'
  AND starts <= $3 AND starts > add_months($3, -12)
GROUP BY child ORDER BY child;

-- name: fact_plan
-- When the latest child protection plan that is over ended.
SELECT child, max(ends) FROM cp_plan
WHERE la = $1 AND (child = $2 OR $2 = 0) AND ends <= $3
GROUP BY child ORDER BY child;

-- name: fact_name
-- What the child is called; the last row of a child counts: a preferred name
-- before a legal one, never a former one.
SELECT n.child, n.surname, n.forename, n.kind FROM child_name AS n
WHERE n.la = $1 AND (n.child = $2 OR ($2 = 0 AND n.child IN
  (SELECT e.subject FROM entry AS e WHERE e.la = $1 AND e.register = $3)))
  AND n.kind <> 'former'
ORDER BY n.child, n.kind, n.batch, n.surname, n.forename;

-- name: fact_home
-- Where the child lives, in which authority that is, and which this one is.
SELECT a.child, a.postcode, p.laua, o.ons_code FROM address AS a
LEFT JOIN authority AS o ON o.la = a.la
LEFT JOIN postcode AS p ON p.pcd = a.postcode
WHERE a.la = $1 AND (a.child = $2 OR ($2 = 0 AND a.child IN
  (SELECT e.subject FROM entry AS e WHERE e.la = $1 AND e.register = $4)))
  AND a.starts <= $3
ORDER BY a.child, a.starts, a.postcode;

-- name: verify_versions
-- Every version beside its audit entry.
SELECT v.entry, v.version, v.at, v.on_day, v.step, v.actor, v.reason,
  v.definition, v.document, v.digest, a.subject, a.subject_key, a.detail
FROM entry_version AS v
LEFT JOIN audit AS a ON a.la = v.la AND a.seq = v.audit_seq
WHERE v.la = $1 ORDER BY v.entry, v.version;

-- name: verify_gaps
-- Entries whose versions are not 1, 2 ... up to the newest.
SELECT e.id, e.version FROM entry AS e
WHERE e.la = $1 AND e.version <>
  (SELECT count(*) FROM entry_version AS v
   WHERE v.la = e.la AND v.entry = e.id AND v.version <= e.version)
  AND NOT EXISTS (SELECT 1 FROM disposal AS d
   WHERE d.la = e.la AND d.entry = e.id AND d.destroyed_at IS NOT NULL)
ORDER BY e.id;

-- name: verify_audited
-- Audit entries about versions.
SELECT count(*) FROM audit WHERE la = $1 AND subject = 'entry_version';

-- name: verify_destroyed
-- Versions destroyed under the retention rules.
SELECT coalesce(sum(versions), 0) FROM disposal
WHERE la = $1 AND destroyed_at IS NOT NULL;

-- name: verify_newest
-- Entries that differ from their newest version in what both hold.
SELECT e.id, e.version FROM entry AS e
WHERE e.la = $1 AND NOT EXISTS
  (SELECT 1 FROM entry_version AS v
   WHERE v.la = e.la AND v.entry = e.id AND v.version = e.version
     AND v.at = e.changed_at)
  AND NOT EXISTS (SELECT 1 FROM disposal AS d
   WHERE d.la = e.la AND d.entry = e.id AND d.destroyed_at IS NOT NULL)
ORDER BY e.id;
