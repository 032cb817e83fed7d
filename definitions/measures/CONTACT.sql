/*---
id: CONTACT
title: >-
  Contacts with children's social care
definition: >-
  Contacts made in the quarter, each counted, whatever became of it.
unit: count
polarity: neutral
basis: quarter
numerator: >-
  contacts
feeds: [annex-a]
owner: >-
  Head of the front door
source: >-
  Annex A list 1, date of contact
---*/
SELECT la, child, 'counted' AS part, made AS starts, made AS ends
FROM contact
WHERE la = :la

-- evidence
SELECT la, child, made AS day, 'contact, source ' || COALESCE(source, 'not given') AS what,
  batch, 1 AS part, row_number
FROM contact
WHERE la = :la
ORDER BY child, made, id
