-- name: drop_publication
-- A newer file of a publication takes the place of the one before.
DELETE FROM published WHERE publication = $1;
