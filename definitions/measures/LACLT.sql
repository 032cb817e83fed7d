/*---
id: LACLT
title: >-
  Placement stability, long term: same placement for 2 years
definition: >-
  Of the children under 16 who have been looked after for 2 years 6 months or
  longer, the percentage who have been in the same placement for 2 years or
  more, or are placed for adoption and that placement and the one before
  together have lasted 2 years or more.
unit: percent
polarity: high
basis: snapshot
numerator: >-
  children in the same placement for 2 years or more
denominator: >-
  children under 16 looked after for 2 years 6 months or more
feeds: [ssda903]
history-months: 30
targets:
  - from: 2024-04-01
    goal: at-least
    value: 70
    source: Islington Together 2030 Plan, report to scrutiny of 25 November 2024
settings: >-
  placement_break_rule
owner: >-
  Head of corporate parenting
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE); old National Indicator 63
---*/
SELECT p.la, p.child, 'base' AS part, months_reached(p.starts, 30) AS starts,
  least(p.ends, months_reached(c.born, 192)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la AND c.born IS NOT NULL
  AND (p.ends IS NULL OR p.ends > months_reached(p.starts, 30))
UNION ALL
SELECT p.la, p.child, 'counted' AS part,
  greatest(months_reached(p.starts, 30), s.starts, months_reached(s.since, 24))
    AS starts,
  least(p.ends, s.ends, months_reached(c.born, 192)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
JOIN placement_stay AS s ON s.la = p.la AND s.child = p.child
  AND s.basis = :basis
WHERE p.la = :la AND c.born IS NOT NULL
  AND (s.ends IS NULL
    OR s.ends > greatest(months_reached(p.starts, 30),
      months_reached(s.since, 24)))
  AND (p.ends IS NULL OR p.ends > s.starts)

-- evidence
SELECT s.la, s.child, s.starts AS day,
  'placement began: ' || COALESCE(s.place, 'type not given')
    || COALESCE(' (' || s.rne || ')', '') AS what,
  e.batch, e.file AS part, e.row_number
FROM placement_spell AS s
LEFT JOIN episode AS e ON e.la = s.la AND e.child = s.child AND e.decom = s.starts
WHERE s.la = :la AND s.basis = :basis
ORDER BY s.child, s.starts
