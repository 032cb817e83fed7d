/*---
id: LACSUB
title: >-
  Substance misuse of looked-after children
definition: >-
  Of the children looked after for 12 months or longer at the last 31 March,
  the percentage identified as having a substance misuse problem.
unit: percent
polarity: low
basis: return-year
numerator: >-
  children identified
denominator: >-
  children looked after for 12 months
feeds: [ssda903]
owner: >-
  Designated nurse for looked-after children
source: >-
  SSDA903 OC2, at 31 March
---*/
SELECT o.la, o.child, 'base' AS part, y.last AS starts, add_months(y.last, 12) AS ends
FROM lac_outcome AS o
JOIN financial_year AS y ON y.year = o.year
WHERE o.la = :la
UNION ALL
SELECT o.la, o.child, 'counted' AS part, y.last AS starts, add_months(y.last, 12) AS ends
FROM lac_outcome AS o
JOIN financial_year AS y ON y.year = o.year
WHERE o.la = :la
  AND o.substance_misuse = 1
