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
counted: [substances]
owner: >-
  Designated nurse for looked-after children
source: >-
  SSDA903 OC2, at 31 March
---*/
SELECT o.la, o.child,
  CASE WHEN o.health_assessment = 1 THEN 'health ' ELSE '' END
    || CASE WHEN o.teeth_check = 1 THEN 'teeth ' ELSE '' END
    || CASE WHEN o.immunisations = 1 THEN 'immunised ' ELSE '' END
    || CASE WHEN o.substance_misuse = 1 THEN 'substances' ELSE '' END AS part,
  y.last AS starts, add_months(y.last, 12) AS ends
FROM lac_outcome AS o
JOIN financial_year AS y ON y.year = o.year
WHERE o.la = :la
