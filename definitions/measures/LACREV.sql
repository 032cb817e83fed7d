/*---
id: LACREV
title: >-
  Looked-after children's reviews up to date
definition: >-
  Of the children looked after on the day, the percentage with no review
  overdue: the first within 20 working days of coming into care, the second
  within 3 months of the first, then within 6 months of the last.
unit: percent
polarity: high
basis: snapshot
numerator: >-
  children with no review overdue
denominator: >-
  children looked after
feeds: [ssda903]
owner: >-
  Independent reviewing service manager
source: >-
  SSDA903 Reviews; Care Planning, Placement and Case Review (England)
  Regulations 2010, regulation 33
---*/
SELECT p.la, p.child, 'base' AS part, p.starts,
  least(p.ends, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la
UNION ALL
SELECT p.la, p.child, 'counted' AS part, p.starts,
  least(p.ends, months_reached(c.born, 216), MIN(r.held),
    add_days(p.first_review_due, 1)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
LEFT JOIN lac_review AS r ON r.la = p.la AND r.child = p.child
  AND r.held >= p.starts AND (p.ends IS NULL OR r.held < p.ends)
WHERE p.la = :la
GROUP BY p.la, p.child, p.starts, p.ends, c.born, p.first_review_due
UNION ALL
SELECT w.la, w.child, 'counted' AS part, w.held AS starts,
  least(w.ends, w.eighteen, w.next_held, w.due) AS ends
FROM (
  SELECT p.la, p.child, p.ends, r.held, months_reached(c.born, 216) AS eighteen,
    LEAD(r.held) OVER (PARTITION BY p.la, p.child, p.starts ORDER BY r.held)
      AS next_held,
    add_days(add_months(r.held, CASE WHEN ROW_NUMBER() OVER (
      PARTITION BY p.la, p.child, p.starts ORDER BY r.held) = 1
      THEN 3 ELSE 6 END), 1) AS due
  FROM care_period AS p
  JOIN child AS c ON c.la = p.la AND c.id = p.child
  JOIN lac_review AS r ON r.la = p.la AND r.child = p.child
    AND r.held >= p.starts AND (p.ends IS NULL OR r.held < p.ends)
  WHERE p.la = :la) AS w

-- evidence
SELECT la, child, held AS day, 'review held: ' || COALESCE(code, 'no code') AS what
FROM lac_review
WHERE la = :la
ORDER BY child, held
