/*---
id: LACDND
title: >-
  Dental checks of looked-after children in date
definition: >-
  Of the children looked after on the day, the percentage whose last dental
  check was within 12 months. The figure is of the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  children with a dental check in the last 12 months
denominator: >-
  children looked after
feeds: [annex-a]
owner: >-
  Designated nurse for looked-after children
source: >-
  Annex A list 8, date of last dental check; the interval is that of the
  SSDA903 OC2 question
---*/
SELECT s.la, s.child, 'base' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
UNION ALL
SELECT s.la, s.child, 'counted' AS part, greatest(s.starts, s.last_dental) AS starts,
  least(s.ends, months_reached(c.born, 216), add_days(add_months(s.last_dental, 12), 1))
    AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND s.last_dental IS NOT NULL AND (s.ends IS NULL OR s.ends > s.last_dental)
  AND add_months(s.last_dental, 12) >= s.starts

-- evidence
SELECT la, child, last_dental AS day, 'last dental check' AS what,
  batch, 8 AS part, row_number
FROM care_snapshot
WHERE la = :la AND last_dental IS NOT NULL
ORDER BY child, last_dental, id
