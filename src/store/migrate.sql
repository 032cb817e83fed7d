-- name: applied
-- The steps already taken: number and digest.
SELECT step, digest FROM schema_step ORDER BY step;

-- name: apply
INSERT INTO schema_step (step, digest, applied_at) VALUES ($1, $2, $3);
