/*---
id: PACIN
title: >-
  Persistent absence of children in need
definition: >-
  Of the school enrolments of children in need on the day, the percentage
  absent for 10% or more of their own possible sessions in the terms of the
  school year that have ended. Children known to us with an open episode of
  need, at schools in the area; not to be compared with figures for schools.
unit: percent
polarity: low
basis: terms
numerator: >-
  enrolments absent for 10% or more
denominator: >-
  enrolments of children in need
feeds: [census, marks]
owner: >-
  Virtual School head
source: >-
  School census linked with social care records by UPN and date of birth
---*/
SELECT a.la, a.child, CASE WHEN a.status >= 1 THEN 'both' ELSE 'base' END AS part,
  greatest(a.starts, x.starts) AS starts, least(a.ends, x.ends) AS ends
FROM need_period AS x
CROSS JOIN absence_state AS a
WHERE x.la = :la AND a.la = x.la AND a.child = x.child
  AND (x.ends IS NULL OR x.ends > :from) AND x.starts <= :to
  AND (a.ends IS NULL OR a.ends > x.starts) AND (x.ends IS NULL OR x.ends > a.starts)
  AND (a.ends IS NULL OR a.ends > :from) AND a.starts <= :to
