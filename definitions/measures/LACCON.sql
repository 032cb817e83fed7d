/*---
id: LACCON
title: >-
  Convictions of looked-after children
definition: >-
  Of the children looked after for 12 months or longer at the last 31 March,
  aged 10 or over, the percentage convicted or finally warned in the year.
unit: percent
polarity: low
basis: return-year
numerator: >-
  children convicted
denominator: >-
  children aged 10 or over looked after for 12 months
feeds: [ssda903]
owner: >-
  Designated nurse for looked-after children
source: >-
  SSDA903 OC2, at 31 March
---*/
SELECT o.la, o.child, CASE WHEN o.convicted = 1 THEN 'both' ELSE 'base' END AS part,
  y.last AS starts, add_months(y.last, 12) AS ends
FROM lac_outcome AS o
JOIN financial_year AS y ON y.year = o.year
JOIN child AS c ON c.la = o.la AND c.id = o.child
WHERE o.la = :la
  AND age_at(c.born, y.last) >= 10
