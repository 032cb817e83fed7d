/*---
id: LACMIP
title: >-
  Looked-after children who went missing
definition: >-
  Of the children looked after on the day, the percentage who went missing at
  least once in the twelve months to it. Being away without authorisation is
  not counted.
unit: percent
polarity: low
basis: snapshot
numerator: >-
  children who went missing
denominator: >-
  children looked after
feeds: [ssda903]
history-months: 12
owner: >-
  Head of corporate parenting
source: >-
  SSDA903 Missing
---*/
SELECT p.la, p.child, 'base' AS part, p.starts,
  least(p.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la
UNION ALL
SELECT p.la, p.child, 'counted' AS part, greatest(p.starts, m.starts) AS starts,
  least(p.ends, months_reached(c.born, 216), m.ends) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
JOIN (
  SELECT la, child, starts,
    least(add_months(starts, 12), LEAD(starts) OVER (PARTITION BY la, child
      ORDER BY starts)) AS ends
  FROM missing
  WHERE la = :la AND kind = 'M') AS m ON m.la = p.la AND m.child = p.child
WHERE p.la = :la
  AND (p.ends IS NULL OR p.ends > m.starts) AND m.ends > p.starts

-- evidence
SELECT la, child, starts AS day, 'missing' || COALESCE(' until ' || ends, '') AS what
FROM missing
WHERE la = :la AND kind = 'M'
ORDER BY child, starts
