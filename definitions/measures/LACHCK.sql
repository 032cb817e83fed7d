/*---
id: LACHCK
title: >-
  Development checks of looked-after children under 5
definition: >-
  Of the children looked after for 12 months or longer at the last 31 March,
  under 5, the percentage whose development checks were up to date.
unit: percent
polarity: high
basis: return-year
numerator: >-
  children with development checks
denominator: >-
  children under 5 looked after for 12 months
feeds: [ssda903]
owner: >-
  Designated nurse for looked-after children
source: >-
  SSDA903 OC2, at 31 March
---*/
SELECT o.la, o.child, CASE WHEN o.health_check = 1 THEN 'both' ELSE 'base' END AS part,
  y.last AS starts, add_months(y.last, 12) AS ends
FROM lac_outcome AS o
JOIN financial_year AS y ON y.year = o.year
JOIN child AS c ON c.la = o.la AND c.id = o.child
WHERE o.la = :la
  AND age_at(c.born, y.last) < 5
