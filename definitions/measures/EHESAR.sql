/*---
id: EHESAR
title: >-
  School attendance orders revoked
definition: >-
  School attendance orders revoked in the twelve months to the day.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  school attendance orders revoked
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  Education Act 1996 s442; DfE, elective home education and children missing
  education collection, 2025/26
---*/
SELECT la, child, 'counted' AS part, received_on AS starts,
  received_on AS ends
FROM reg_ehe_notices
WHERE la = :la AND notice_type IN ('SAO_REVOKE') AND received_on IS NOT NULL

-- evidence
SELECT la, child, received_on AS day, notice_type AS what
FROM reg_ehe_notices
WHERE la = :la AND notice_type IN ('SAO_REVOKE') AND received_on IS NOT NULL
ORDER BY child, received_on, entry, place
