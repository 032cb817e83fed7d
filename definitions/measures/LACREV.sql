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
WHERE p.la = :la AND (p.ends IS NULL OR p.ends > :from) AND p.starts <= :to
UNION ALL
SELECT p.la, p.child, 'counted' AS part, p.starts,
  least(p.ends, months_reached(c.born, 216), add_days(p.first_review_due, 1),
    (SELECT MIN(r.held) FROM lac_review AS r
      WHERE r.la = p.la AND r.child = p.child AND r.held >= p.starts)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
WHERE p.la = :la AND (p.ends IS NULL OR p.ends > :from) AND p.starts <= :to
UNION ALL
SELECT p.la, p.child, 'counted' AS part, r.held AS starts,
  least(p.ends, months_reached(c.born, 216),
    (SELECT MIN(n.held) FROM lac_review AS n
      WHERE n.la = p.la AND n.child = p.child AND n.held > r.held),
    add_days(add_months(r.held, CASE WHEN EXISTS (
      SELECT 1 FROM lac_review AS b
      WHERE b.la = p.la AND b.child = p.child AND b.held >= p.starts
        AND b.held < r.held) THEN 6 ELSE 3 END), 1)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
JOIN lac_review AS r ON r.la = p.la AND r.child = p.child
  AND r.held >= p.starts AND (p.ends IS NULL OR r.held < p.ends)
WHERE p.la = :la AND (p.ends IS NULL OR p.ends > :from) AND r.held <= :to

-- evidence
SELECT la, child, held AS day, 'review held: ' || COALESCE(code, 'no code') AS what
FROM lac_review
WHERE la = :la
ORDER BY child, held
