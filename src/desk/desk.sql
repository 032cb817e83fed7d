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
