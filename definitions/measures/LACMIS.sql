/*---
id: LACMIS
title: >-
  Missing from care
definition: >-
  Times a looked-after child went missing in the quarter. Being away without
  authorisation is not counted.
unit: count
polarity: low
basis: quarter
numerator: >-
  missing incidents
feeds: [ssda903]
owner: >-
  Head of corporate parenting
source: >-
  SSDA903 Missing
---*/
SELECT DISTINCT m.la, m.child, 'counted' AS part, m.starts, m.starts AS ends
FROM missing AS m
WHERE m.la = :la AND m.kind = 'M'

-- evidence
SELECT la, child, starts AS day,
  CASE kind WHEN 'M' THEN 'missing' ELSE 'away without authorisation' END
    || COALESCE(' until ' || ends, '') AS what
FROM missing
WHERE la = :la
ORDER BY child, starts
