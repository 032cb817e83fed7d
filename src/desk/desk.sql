-- name: feeds
-- Every batch, newest data last.
SELECT id, kind, label, rows_in, refused, repaired, warned, children, linked,
  covers_first, covers_last, received_at
FROM batch WHERE la = $1
ORDER BY kind, covers_first ASC NULLS FIRST, received_at, id;

-- name: faults
-- What was wrong with a batch.
SELECT f.batch, b.name, f.column_name, f.value, f.rule, f.severity, f.message,
  f.row_number
FROM import_fault AS f
JOIN batch_file AS b ON b.la = f.la AND b.batch = f.batch AND b.file = f.file
WHERE f.la = $1 AND f.batch = $2
ORDER BY f.seq LIMIT $3;

-- name: newest_batch
SELECT id FROM batch WHERE la = $1 ORDER BY received_at DESC, id DESC LIMIT 1;

-- name: set
INSERT INTO setting (la, name, valid_from, value, set_by, set_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (la, name, valid_from) DO UPDATE SET value = excluded.value,
  set_by = excluded.set_by, set_at = excluded.set_at;

-- name: set_authority_codes
UPDATE authority SET ons_code = $2, region_code = $3 WHERE la = $1;

-- name: source_file
-- The batch and the file of a place.
SELECT b.kind, b.label, b.received_at, b.received_by, f.name, f.content
FROM batch AS b
JOIN batch_file AS f ON f.la = b.la AND f.batch = b.id
WHERE b.la = $1 AND b.id = $2 AND f.file = $3;

-- name: source_cells
-- A row of a list of Annex A, cell by cell.
SELECT column_name, cell FROM annex_value
WHERE la = $1 AND batch = $2 AND list = $3 AND row_number = $4
ORDER BY column_name;

-- name: source_remarks
-- What was repaired in a row, then what was found wrong with it.
SELECT 1 AS turn, 'repaired' AS what, field AS place,
  'was "' || was || '", became "' || became || '"' AS message, rule
FROM repair WHERE la = $1 AND batch = $2 AND file = $3 AND row_number = $4
UNION ALL
SELECT 2 AS turn, severity AS what, column_name AS place, message, rule
FROM import_fault WHERE la = $1 AND batch = $2 AND file = $3 AND row_number = $4
ORDER BY turn, place, rule, message;

-- name: child_named
-- The child by its id in the case system.
SELECT child FROM identifier
WHERE la = $1 AND scheme = 'child_id' AND value = $2 ORDER BY child LIMIT 1;
