/*---
id: EHEPRS
title: >-
  Withdrawals that a school is said to have suggested
definition: >-
  Of the children whom a school took off its roll for home education in the
  twelve months to the day, the percentage of whom it is said that the
  school suggested or pressed for it. What is said is not yet proved.
unit: percent
polarity: low
basis: rolling-12
numerator: >-
  children of whom that is said
denominator: >-
  children withdrawn
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  DfE, Working together to improve school attendance, 2024
---*/
SELECT la, child, 'base' AS part, deleted_on AS starts, deleted_on AS ends
FROM reg_ehe
WHERE la = :la AND arrangement = 'EHE' AND deleted_on IS NOT NULL
  AND COALESCE(close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')
UNION ALL
SELECT la, child, 'counted' AS part, deleted_on AS starts, deleted_on AS ends
FROM reg_ehe
WHERE la = :la AND arrangement = 'EHE' AND deleted_on IS NOT NULL
  AND COALESCE(close_reason, '') NOT IN ('NOT_EHE_ERROR', 'CONSENT_REFUSED')
  AND (school_pressure = 'YES' OR reason_primary = 'SUGG'
    OR reason_secondary = 'SUGG')

-- evidence
SELECT la, child, deleted_on AS day, 'from school ' || last_school AS what
FROM reg_ehe
WHERE la = :la AND deleted_on IS NOT NULL AND last_school IS NOT NULL
ORDER BY child, deleted_on, entry
