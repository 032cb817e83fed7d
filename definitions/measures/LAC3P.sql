/*---
id: LAC3P
title: >-
  Placement stability, short term: 3 or more placements
definition: >-
  Of the children looked after on the day, the percentage who had 3 or more
  placements in the twelve months to it, counting the one they were in at the
  beginning. Temporary placements from which the child goes back, changes of
  legal status, and moves with the same carer do not count. Series of short
  breaks are left out.
unit: percent
polarity: low
basis: snapshot
numerator: >-
  children with 3 or more placements
denominator: >-
  children looked after
feeds: [ssda903]
history-months: 12
targets:
  - from: 2024-04-01
    goal: at-most
    value: 11
    source: Islington Together 2030 Plan, report to scrutiny of 25 November 2024
settings: >-
  placement_break_rule
owner: >-
  Head of corporate parenting
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE); old National Indicator 62
---*/
SELECT p.la, p.child, 'base' AS part, p.starts,
  least(p.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la
UNION ALL
SELECT p.la, p.child, 'counted' AS part,
  greatest(p.starts, x.starts) AS starts,
  least(p.ends, x.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
JOIN placement_count AS x ON x.la = p.la AND x.child = p.child AND x.basis = :basis
WHERE p.la = :la
  AND x.placements >= 3
  AND (p.ends IS NULL OR p.ends > x.starts)
  AND (x.ends IS NULL OR x.ends > p.starts)

-- evidence
SELECT s.la, s.child, s.starts AS day,
  'placement began: ' || COALESCE(s.place, 'type not given')
    || COALESCE(' (' || s.rne || ')', '') AS what,
  e.batch, e.file AS part, e.row_number
FROM placement_spell AS s
LEFT JOIN episode AS e ON e.la = s.la AND e.child = s.child AND e.decom = s.starts
WHERE s.la = :la AND s.basis = :basis
ORDER BY s.child, s.starts
