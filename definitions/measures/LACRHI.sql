/*---
id: LACRHI
title: >-
  Return home interviews offered
definition: >-
  Of the children looked after on the day who went missing in the twelve
  months before, the percentage who were offered an interview after the last
  time. The extract says whether, not when, so it cannot show how many were
  within 72 hours. The figure is of the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  children offered an interview
denominator: >-
  children looked after who went missing
feeds: [annex-a]
owner: >-
  Head of corporate parenting
source: >-
  Annex A list 8, missing episodes and return interview offered; Statutory
  guidance on children who run away or go missing from home or care (DfE,
  2014)
---*/
SELECT s.la, s.child, 'base' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND s.missing > 0
UNION ALL
SELECT s.la, s.child, 'counted' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND s.missing > 0 AND s.interview_offered = 1
