/*---
id: EHASS
title: >-
  Early help assessments completed
definition: >-
  Early help assessments completed in the quarter.
unit: count
polarity: neutral
basis: quarter
numerator: >-
  assessments completed
feeds: [annex-a]
owner: >-
  Head of early help
source: >-
  Annex A list 2, assessment completion date
---*/
SELECT la, child, 'counted' AS part, completed AS starts, completed AS ends
FROM early_help
WHERE la = :la AND completed IS NOT NULL

-- evidence
SELECT la, child, completed AS day,
  'assessment by ' || COALESCE(organisation, 'an organisation not given') AS what,
  batch, 2 AS part, row_number
FROM early_help
WHERE la = :la AND completed IS NOT NULL
ORDER BY child, completed, id
