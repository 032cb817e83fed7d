/*---
id: CLCON
title: >-
  Care leavers in contact in the last 8 weeks
definition: >-
  Of the care leavers in the extract, the percentage with a contact in the 8
  weeks before. The figure is of the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  care leavers with a contact in 8 weeks
denominator: >-
  care leavers
feeds: [annex-a]
owner: >-
  Leaving care manager
source: >-
  Annex A list 9, latest date of contact; the interval is a local choice
---*/
SELECT l.la, l.child, 'base' AS part, b.covers_last AS starts, NULL AS ends
FROM leaver_snapshot AS l
JOIN batch AS b ON b.la = l.la AND b.id = l.batch
WHERE l.la = :la
UNION ALL
SELECT l.la, l.child, 'counted' AS part, b.covers_last AS starts,
  add_days(l.latest_contact, 57) AS ends
FROM leaver_snapshot AS l
JOIN batch AS b ON b.la = l.la AND b.id = l.batch
WHERE l.la = :la
  AND add_days(l.latest_contact, 56) >= b.covers_last

-- evidence
SELECT la, child, latest_contact AS day, 'latest contact' AS what,
  batch, 9 AS part, row_number
FROM leaver_snapshot
WHERE la = :la AND latest_contact IS NOT NULL
ORDER BY child, latest_contact, id
