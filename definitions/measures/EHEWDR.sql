/*---
id: EHEWDR
title: >-
  Withdrawals from school for home education
definition: >-
  Children whom a school took off its roll for home education in the twelve
  months to the day. By school it shows where they came from.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  children withdrawn
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  School Attendance (Pupil Registration) (England) Regulations 2024 reg 9(1)
---*/
SELECT la, child, 'counted' AS part, deleted_on AS starts, deleted_on AS ends
FROM reg_ehe
WHERE la = :la AND arrangement = 'EHE' AND deleted_on IS NOT NULL
  AND COALESCE(close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')

-- evidence
SELECT la, child, deleted_on AS day, 'from school ' || last_school AS what
FROM reg_ehe
WHERE la = :la AND deleted_on IS NOT NULL AND last_school IS NOT NULL
ORDER BY child, deleted_on, entry
