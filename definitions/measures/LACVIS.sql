/*---
id: LACVIS
title: >-
  Looked-after children's visits up to date
definition: >-
  Of the children looked after on the day, the percentage with no visit
  overdue: the first within a week of the start of the placement, then within
  6 weeks of the last, or within 3 months after the first year of a placement
  meant to last until 18. The extract holds only the latest visit, so the
  figure is of the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  children with no visit overdue
denominator: >-
  children looked after
feeds: [annex-a]
owner: >-
  Head of corporate parenting
source: >-
  Annex A list 8, date of last social work visit; Care Planning, Placement and
  Case Review (England) Regulations 2010, regulation 28
---*/
SELECT s.la, s.child, 'base' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
UNION ALL
SELECT w.la, w.child, 'counted' AS part, w.starts,
  least(w.ends, w.eighteen, add_days(w.due, 1)) AS ends
FROM (
  SELECT s.la, s.child, s.starts, s.ends, months_reached(c.born, 216) AS eighteen,
    CASE WHEN s.last_visit IS NULL OR s.last_visit < COALESCE(s.placed, s.starts)
      THEN add_days(COALESCE(s.placed, s.starts), 7)
    WHEN s.is_lasting = 1
      AND s.last_visit >= add_months(COALESCE(s.placed, s.starts), 12)
      THEN add_months(s.last_visit, 3)
    ELSE add_days(s.last_visit, 42) END AS due
  FROM care_snapshot AS s
  JOIN child AS c ON c.la = s.la AND c.id = s.child
  WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')) AS w
WHERE w.due >= w.starts

-- evidence
SELECT la, child, last_visit AS day, 'last visit' AS what,
  batch, 8 AS part, row_number
FROM care_snapshot
WHERE la = :la AND last_visit IS NOT NULL
ORDER BY child, last_visit, id
