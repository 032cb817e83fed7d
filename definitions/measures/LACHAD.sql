/*---
id: LACHAD
title: >-
  Health assessments of looked-after children in date
definition: >-
  Of the children looked after on the day, the percentage whose last health
  assessment was within 12 months, or within 6 months of one made before the
  fifth birthday. The figure is of the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  children with a health assessment in date
denominator: >-
  children looked after
feeds: [annex-a]
owner: >-
  Designated nurse for looked-after children
source: >-
  Annex A list 8, date of last health assessment; Care Planning, Placement and
  Case Review (England) Regulations 2010, regulation 7
---*/
SELECT s.la, s.child, 'base' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
UNION ALL
SELECT s.la, s.child, 'counted' AS part, greatest(s.starts, s.last_health) AS starts,
  least(s.ends, months_reached(c.born, 216), add_days(add_months(s.last_health,
    CASE WHEN age_at(c.born, s.last_health) < 5 THEN 6 ELSE 12 END), 1)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND s.last_health IS NOT NULL AND (s.ends IS NULL OR s.ends > s.last_health)
  AND add_months(s.last_health, CASE WHEN age_at(c.born, s.last_health) < 5
    THEN 6 ELSE 12 END) >= s.starts

-- evidence
SELECT la, child, last_health AS day, 'last health assessment' AS what,
  batch, 8 AS part, row_number
FROM care_snapshot
WHERE la = :la AND last_health IS NOT NULL
ORDER BY child, last_health, id
