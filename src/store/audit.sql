-- name: audit_turn
-- Waits until no other transaction is adding to this authority's chain.
UPDATE authority SET name = name WHERE la = $1;

-- name: audit_last
-- The newest entry's number and hash.
SELECT seq, hash FROM audit WHERE la = $1 ORDER BY seq DESC LIMIT 1;

-- name: audit_add
INSERT INTO audit (la, seq, at, actor, purpose, act, subject, subject_key,
  detail, previous, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: audit_walk
-- The chain from its beginning.
SELECT seq, at, actor, purpose, act, subject, subject_key, detail, previous, hash
FROM audit WHERE la = $1 ORDER BY seq;
