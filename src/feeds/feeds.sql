-- name: loaded_digest
-- Whether the same bytes stand in an earlier batch of this kind.
SELECT COUNT(*) FROM batch_file AS f
JOIN batch AS b ON b.la = f.la AND b.id = f.batch
WHERE f.la = $1 AND b.kind = $2 AND f.digest = $3;

-- name: add_batch
INSERT INTO batch (la, id, kind, label, received_at, received_by, rows_in,
  refused, repaired, warned, children, linked)
VALUES ($1, $2, $3, $4, $5, $6, 0, 0, 0, 0, 0, 0);

-- name: close_batch
UPDATE batch SET covers_first = $3, covers_last = $4, rows_in = $5,
  refused = $6, repaired = $7, warned = $8, children = $9, linked = $10
WHERE la = $1 AND id = $2;

-- name: add_file
INSERT INTO batch_file (la, batch, file, name, content, digest, encoding, size,
  rows_in)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0);

-- name: close_file
UPDATE batch_file SET rows_in = $4 WHERE la = $1 AND batch = $2 AND file = $3;

-- name: chunks
-- The kept bytes of a file, in order.
SELECT size, content FROM batch_chunk
WHERE la = $1 AND batch = $2 AND file = $3 ORDER BY chunk;

-- name: drop_episode_year
-- A newer return of the year takes its place.
DELETE FROM episode_return WHERE la = $1 AND year = $2;

-- name: episode_years
-- The years whose returns have episodes.
SELECT DISTINCT year FROM episode_return WHERE la = $1 ORDER BY year;

-- name: episode_rows
-- Every episode of every return, child by child.
SELECT child, decom, dec, rne, ls, cin, place, provider, rec, reason, home_post,
  pl_post, urn, year, batch, file, row_number
FROM episode_return WHERE la = $1
ORDER BY child, decom, year, batch, file, row_number;

-- name: drop_episodes
DELETE FROM episode WHERE la = $1;

-- name: drop_cares
DELETE FROM care_period WHERE la = $1;

-- name: drop_spells
DELETE FROM placement_spell WHERE la = $1;

-- name: drop_counts
DELETE FROM placement_count WHERE la = $1;

-- name: drop_stays
DELETE FROM placement_stay WHERE la = $1;

-- name: drop_episode_repairs
DELETE FROM repair WHERE la = $1 AND table_name = 'episode';

-- name: postcode
-- Where a postcode is.
SELECT laua, east, north FROM postcode WHERE pcd = $1;

-- name: authority_code
SELECT ons_code FROM authority WHERE la = $1;

-- name: worker_rows
-- Social worker episodes, child by child.
SELECT child, starts, ends FROM sw_episode WHERE la = $1
ORDER BY child, starts, sw_id;
