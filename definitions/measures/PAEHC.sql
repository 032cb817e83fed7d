/*---
id: PAEHC
title: >-
  Persistent absence of pupils with an education, health and care plan
definition: >-
  Of the school enrolments of pupils with an education, health and care plan
  on the day, the percentage absent for 10% or more of their own possible
  sessions in the terms of the school year that have ended. As the latest
  school census before the day says; schools in the area, wherever the pupils
  live.
unit: percent
polarity: low
basis: terms
numerator: >-
  enrolments absent for 10% or more
denominator: >-
  enrolments of pupils with an education, health and care plan
feeds: [census, marks]
owner: >-
  School attendance lead
source: >-
  School census, SEN provision E and termly sessions by attendance reason
---*/
SELECT a.la, a.child, CASE WHEN a.status >= 1 THEN 'both' ELSE 'base' END AS part,
  greatest(a.starts, x.starts) AS starts, least(a.ends, x.ends) AS ends
FROM (
  SELECT la, child, sen, census AS starts,
    LEAD(census) OVER (PARTITION BY la, child ORDER BY census, school) AS ends
  FROM census_pupil
  WHERE la = :la AND sen IS NOT NULL) AS x
JOIN absence_state AS a ON a.la = x.la AND a.child = x.child
WHERE a.la = :la AND x.sen = 'E' AND (x.ends IS NULL OR x.ends > x.starts)
  AND (a.ends IS NULL OR a.ends > x.starts) AND (x.ends IS NULL OR x.ends > a.starts)
  AND (a.ends IS NULL OR a.ends > :from) AND a.starts <= :to
