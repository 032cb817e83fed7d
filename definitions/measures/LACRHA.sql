/*---
id: LACRHA
title: >-
  Return home interviews accepted
definition: >-
  Of the children looked after on the day who were offered an interview after
  they last went missing in the twelve months before, the percentage who
  accepted it. The figure is of the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  children who accepted an interview
denominator: >-
  children looked after offered an interview
feeds: [annex-a]
owner: >-
  Head of corporate parenting
source: >-
  Annex A list 8, return interview offered and accepted; Statutory guidance on
  children who run away or go missing from home or care (DfE, 2014)
---*/
SELECT s.la, s.child, 'base' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND s.missing > 0 AND s.interview_offered = 1
UNION ALL
SELECT s.la, s.child, 'counted' AS part, s.starts,
  least(s.ends, months_reached(c.born, 216)) AS ends
FROM care_snapshot AS s
JOIN child AS c ON c.la = s.la AND c.id = s.child
WHERE s.la = :la AND COALESCE(s.legal_status, '') NOT IN ('V3', 'V4')
  AND s.missing > 0 AND s.interview_offered = 1 AND s.interview_accepted = 1
