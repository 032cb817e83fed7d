/*---
id: LACSDM
title: >-
  Strengths and difficulties, mean score
definition: >-
  The mean strengths and difficulties score of the children looked after for 12
  months or longer at the last 31 March who have one. From 0 to 40; 17 and more
  is a cause for concern.
unit: mean
polarity: low
basis: return-year
numerator: >-
  points
denominator: >-
  children with a score
feeds: [ssda903]
owner: >-
  Designated nurse for looked-after children
source: >-
  SSDA903 OC2, at 31 March
---*/
SELECT o.la, o.child, 'both' AS part, y.last AS starts, add_months(y.last, 12) AS ends,
  o.sdq_score AS amount
FROM lac_outcome AS o
JOIN financial_year AS y ON y.year = o.year
WHERE o.la = :la
  AND o.sdq_score IS NOT NULL
