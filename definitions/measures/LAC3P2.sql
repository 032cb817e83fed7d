/*---
id: LAC3P2
title: >-
  3 or more placements in 2 years
definition: >-
  Of the children looked after for 2 years or longer on the day, the
  percentage who had 3 or more placements with different carers in the 2 years
  to it.
unit: percent
polarity: low
basis: snapshot
numerator: >-
  children with 3 or more placements in 2 years
denominator: >-
  children looked after for 2 years or more
feeds: [ssda903]
history-months: 24
owner: >-
  Head of corporate parenting
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE); published with Children looked after in England
---*/
SELECT p.la, p.child, 'base' AS part, months_reached(p.starts, 24) AS starts,
  least(p.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la
  AND (p.ends IS NULL OR p.ends > months_reached(p.starts, 24))
UNION ALL
SELECT p.la, p.child, 'counted' AS part, greatest(months_reached(p.starts, 24), x.starts) AS starts,
  least(p.ends, x.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
JOIN placement_count AS x ON x.la = p.la AND x.child = p.child AND x.basis = 'D'
WHERE p.la = :la AND x.placements >= 3
  AND (p.ends IS NULL OR p.ends > months_reached(p.starts, 24))
  AND (p.ends IS NULL OR p.ends > x.starts)
  AND (x.ends IS NULL OR x.ends > months_reached(p.starts, 24))

-- evidence
SELECT s.la, s.child, s.starts AS day,
  'placement began: ' || COALESCE(s.place, 'type not given')
    || COALESCE(' (' || s.rne || ')', '') AS what
FROM placement_spell AS s
WHERE s.la = :la AND s.basis = 'C'
ORDER BY s.child, s.starts
