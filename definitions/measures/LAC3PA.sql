/*---
id: LAC3PA
title: >-
  Placement stability, short term, as Annex A counts it
definition: >-
  Of the children looked after on the day, the percentage who had 3 or more
  placements in the twelve months to it by the number that the case system
  itself puts into the extract. For where too few returns are loaded for
  LAC3P; the two are not to be mixed. The figure is of the day of the extract.
unit: percent
polarity: low
basis: extract
numerator: >-
  children with 3 or more placements
denominator: >-
  children looked after
feeds: [annex-a]
owner: >-
  Head of corporate parenting
source: >-
  Annex A list 8, number of placements in the last 12 months
---*/
SELECT s.la, s.child, 'base' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
UNION ALL
SELECT s.la, s.child, 'counted' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND s.placements >= 3

-- evidence
SELECT la, child, placed AS day,
  'latest placement began; placements in 12 months: ' || placements AS what,
  batch, 8 AS part, row_number
FROM care_snapshot
WHERE la = :la AND placed IS NOT NULL AND placements IS NOT NULL
ORDER BY child, placed, id
