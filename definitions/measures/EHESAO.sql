/*---
id: EHESAO
title: >-
  School attendance orders served
definition: >-
  School attendance orders served in the twelve months to the day.
unit: count
polarity: neutral
basis: rolling-12
numerator: >-
  school attendance orders served
feeds: [register ehe]
owner: >-
  Elective home education officer
source: >-
  Education Act 1996 s437(3) and s436I; DfE, elective home education and
  children missing education collection, 2025/26
---*/
SELECT la, child, 'counted' AS part, received_on AS starts,
  received_on AS ends
FROM reg_ehe_notices
WHERE la = :la AND notice_type IN ('SAO', 'SAO_436I') AND received_on IS NOT NULL

-- evidence
SELECT la, child, received_on AS day, notice_type AS what
FROM reg_ehe_notices
WHERE la = :la AND notice_type IN ('SAO', 'SAO_436I') AND received_on IS NOT NULL
ORDER BY child, received_on, entry, place
