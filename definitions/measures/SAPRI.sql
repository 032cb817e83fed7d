/*---
id: SAPRI
title: >-
  Severe absence, primary
definition: >-
  Of the enrolments in primary schools in the area with at least one possible
  session in the terms of the school year that have ended, the percentage
  absent for 50% or more of their own possible sessions. Schools in the area,
  wherever the pupils live; a pupil at two schools counts twice.
unit: percent
polarity: low
basis: terms
numerator: >-
  enrolments absent for 50% or more
denominator: >-
  pupil enrolments
feeds: [census, marks]
of: [primary]
counted: [severe]
owner: >-
  School attendance lead
source: >-
  School census, termly sessions by attendance reason; pupil absence in
  schools in England: methodology (DfE)
---*/
SELECT la, child,
  CASE status WHEN 0 THEN phase WHEN 1 THEN phase || ' persistent'
    ELSE phase || ' persistent severe' END AS part,
  starts, ends
FROM absence_state
WHERE la = :la
  AND (ends IS NULL OR ends > :from) AND starts <= :to

-- evidence
SELECT la, child, starts AS day,
  'absence at school ' || school || ': '
    || CASE status WHEN 2 THEN 'severe' WHEN 1 THEN 'persistent' ELSE 'neither' END
    AS what
FROM absence_state
WHERE la = :la
ORDER BY child, starts, school
