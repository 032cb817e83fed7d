/*---
id: LACUAS
title: >-
  Unaccompanied asylum-seeking children looked after
definition: >-
  Unaccompanied asylum-seeking children looked after on the day, under 18,
  until the day they ceased to be unaccompanied or asylum-seeking.
unit: count
polarity: neutral
basis: snapshot
numerator: >-
  unaccompanied children looked after
feeds: [ssda903]
owner: >-
  Head of corporate parenting
source: >-
  SSDA903 UASC
---*/
SELECT p.la, p.child, 'counted' AS part, p.starts,
  least(p.ends, u.until, months_reached(c.born, 216)) AS ends
FROM care_period AS p
JOIN child AS c ON c.la = p.la AND c.id = p.child
JOIN uasc AS u ON u.la = p.la AND u.child = p.child
WHERE p.la = :la AND (u.until IS NULL OR u.until > p.starts)
