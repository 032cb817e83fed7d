/*---
id: PEX
title: >-
  Permanent exclusions
definition: >-
  Permanent exclusions from schools in the area in the twelve months to the
  day. Schools report them a term or more later, so the latest figures will
  rise.
unit: count
polarity: low
basis: rolling-12
numerator: >-
  permanent exclusions
feeds: [census]
of: [PERM]
owner: >-
  Head of school inclusion
source: >-
  School census, termly exclusions
---*/
SELECT la, child, category AS part, starts, starts AS ends
FROM exclusion
WHERE la = :la AND starts >= :from AND starts <= :to

-- evidence
SELECT la, child, starts AS day,
  category || COALESCE(', ' || reasons, '') || COALESCE(', ' || sessions || ' sessions', '') AS what
FROM exclusion
WHERE la = :la
ORDER BY child, starts, school
