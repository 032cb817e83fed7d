/*---
id: LACLTA
title: >-
  Placement stability, long term, as Annex A tells it
definition: >-
  Of the children under 16 looked after on the day, and for 2.5 years or
  longer by the start that the extract gives, the percentage whose latest
  placement began 2 years before or earlier. For where too few returns are
  loaded for LACLT: an adoptive placement is not joined to the one before. The
  figure is of the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  children in the same placement for 2 years
denominator: >-
  children under 16 looked after for 2.5 years
feeds: [annex-a]
owner: >-
  Head of corporate parenting
source: >-
  Annex A list 8, dates started to be looked after and of the most recent
  placement
---*/
SELECT s.la, s.child, 'base' AS part, months_reached(s.starts, 30) AS starts,
  least(s.ends, months_reached(c.born, 192)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND (s.ends IS NULL OR s.ends > months_reached(s.starts, 30))
  AND months_reached(c.born, 192) > months_reached(s.starts, 30)
UNION ALL
SELECT s.la, s.child, 'counted' AS part,
  greatest(months_reached(s.starts, 30), months_reached(s.placed, 24)) AS starts,
  least(s.ends, months_reached(c.born, 192)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND s.placed IS NOT NULL
  AND (s.ends IS NULL
    OR s.ends > greatest(months_reached(s.starts, 30), months_reached(s.placed, 24)))
  AND months_reached(c.born, 192)
    > greatest(months_reached(s.starts, 30), months_reached(s.placed, 24))

-- evidence
SELECT la, child, placed AS day, 'latest placement began' AS what,
  batch, 8 AS part, row_number
FROM care_snapshot
WHERE la = :la AND placed IS NOT NULL
ORDER BY child, placed, id
