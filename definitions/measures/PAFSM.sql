/*---
id: PAFSM
title: >-
  Persistent absence of pupils eligible for free school meals
definition: >-
  Of the school enrolments of pupils eligible for free school meals on the
  day, the percentage absent for 10% or more of their own possible sessions in
  the terms of the school year that have ended. Schools in the area, wherever
  the pupils live.
unit: percent
polarity: low
basis: terms
numerator: >-
  enrolments absent for 10% or more
denominator: >-
  enrolments of pupils eligible for free school meals
feeds: [census, marks]
owner: >-
  School attendance lead
source: >-
  School census, free school meal periods and termly sessions by attendance
  reason
---*/
SELECT a.la, a.child, CASE WHEN a.status >= 1 THEN 'both' ELSE 'base' END AS part,
  greatest(a.starts, x.starts) AS starts, least(a.ends, x.ends) AS ends
FROM (
  SELECT la, child, ends AS ends,
    greatest(starts, MAX(COALESCE(ends, '9999-12-31')) OVER (PARTITION BY la, child
      ORDER BY starts ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)) AS starts
  FROM fsm
  WHERE la = :la) AS x
JOIN absence_state AS a ON a.la = x.la AND a.child = x.child
WHERE a.la = :la AND (x.ends IS NULL OR x.ends > x.starts)
  AND (a.ends IS NULL OR a.ends > x.starts) AND (x.ends IS NULL OR x.ends > a.starts)
  AND (a.ends IS NULL OR a.ends > :from) AND a.starts <= :to
