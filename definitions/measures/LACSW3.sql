/*---
id: LACSW3
title: >-
  3 or more social workers in a year
definition: >-
  Of the children looked after on the day, the percentage who had 3 or more
  social workers in the twelve months to it.
unit: percent
polarity: low
basis: snapshot
numerator: >-
  children with 3 or more social workers
denominator: >-
  children looked after
feeds: [ssda903]
history-months: 12
available-from: 2024-03-31
owner: >-
  Head of corporate parenting
source: >-
  SSDA903 SWEpisodes, from 2023-24
---*/
SELECT p.la, p.child, 'base' AS part, p.starts AS starts,
  least(p.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la
UNION ALL
SELECT p.la, p.child, 'counted' AS part, greatest(p.starts, x.starts) AS starts,
  least(p.ends, x.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
JOIN placement_count AS x ON x.la = p.la AND x.child = p.child AND x.basis = 'W'
WHERE p.la = :la AND x.placements >= 3
  AND (p.ends IS NULL OR p.ends > x.starts)
  AND (x.ends IS NULL OR x.ends > p.starts)

-- evidence
SELECT la, child, starts AS day,
  'social worker ' || sw_id || COALESCE(' until ' || ends, '') AS what
FROM sw_episode
WHERE la = :la
ORDER BY child, starts, sw_id
