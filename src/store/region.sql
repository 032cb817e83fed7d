-- name: authorities
SELECT la, name FROM authority ORDER BY la;

-- name: add_authority
INSERT INTO authority (la, name) VALUES ($1, $2)
ON CONFLICT (la) DO UPDATE SET name = $2;
