/*---
id: LACSDC
title: >-
  Strengths and difficulties scores of concern
definition: >-
  Of the children with a strengths and difficulties score at the last 31
  March, the percentage with 17 or more, a cause for concern.
unit: percent
polarity: low
basis: return-year
numerator: >-
  children with 17 or more
denominator: >-
  children with a score
feeds: [ssda903]
owner: >-
  Designated nurse for looked-after children
source: >-
  SSDA903 OC2, at 31 March
---*/
SELECT o.la, o.child, CASE WHEN o.sdq_score >= 17 THEN 'both' ELSE 'base' END AS part,
  y.last AS starts, add_months(y.last, 12) AS ends
FROM lac_outcome AS o
JOIN financial_year AS y ON y.year = o.year
WHERE o.la = :la
  AND o.sdq_score IS NOT NULL
