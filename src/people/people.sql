-- name: all_children
-- Every child of the authority, in order of id.
SELECT id, born, expected, died, sex, ethnicity, is_uasc, mother_of,
  ethnicity_source
FROM child WHERE la = $1 ORDER BY id;

-- name: all_identifiers
-- Every number, oldest child first.
SELECT scheme, value, child FROM identifier WHERE la = $1
ORDER BY child, scheme, value;

-- name: all_apart
SELECT child, other FROM kept_apart WHERE la = $1 ORDER BY child, other;

-- name: change_child
UPDATE child SET born = $3, expected = $4, died = $5, sex = $6,
  ethnicity = $7, ethnicity_source = COALESCE($8, ethnicity_source), is_uasc = $9, mother_of = $10,
  batch = $11, version = version + 1
WHERE la = $1 AND id = $2;

-- name: child_by_id
SELECT child FROM identifier
WHERE la = $1 AND scheme = 'child_id' AND value = $2 ORDER BY child LIMIT 1;

-- name: keep_apart
INSERT INTO kept_apart (la, child, other, reason) VALUES ($1, $2, $3, $4)
ON CONFLICT (la, child, other) DO UPDATE SET reason = excluded.reason;
