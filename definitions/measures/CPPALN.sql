/*---
id: CPPALN
title: >-
  Children seen alone at their last child protection visit
definition: >-
  Of the child protection plans open on the day with a visit, the percentage
  whose child was seen alone at the latest one.
unit: percent
polarity: high
basis: extract
numerator: >-
  plans whose child was seen alone
denominator: >-
  plans open with a visit
feeds: [annex-a]
owner: >-
  Head of safeguarding and quality assurance
source: >-
  Annex A list 7, was the child seen alone
---*/
SELECT la, child, 'base' AS part, greatest(starts, last_visit) AS starts, ends
FROM cp_plan
WHERE la = :la AND feed = 'annex-a' AND last_visit IS NOT NULL
  AND (ends IS NULL OR ends > last_visit)
UNION ALL
SELECT la, child, 'counted' AS part, greatest(starts, last_visit) AS starts, ends
FROM cp_plan
WHERE la = :la AND feed = 'annex-a' AND last_visit IS NOT NULL
  AND (ends IS NULL OR ends > last_visit) AND seen_alone = 1

-- evidence
SELECT la, child, last_visit AS day, 'last visit' AS what
FROM cp_plan
WHERE la = :la AND feed = 'annex-a' AND last_visit IS NOT NULL
ORDER BY child, last_visit, id
