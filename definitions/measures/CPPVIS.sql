/*---
id: CPPVIS
title: >-
  Child protection visits up to date
definition: >-
  Of the child protection plans open on the day, the percentage whose child
  was visited in the 4 weeks before. The extract holds only the latest visit,
  so the figure is right on the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  plans with a visit in the last 4 weeks
denominator: >-
  plans open
feeds: [annex-a]
owner: >-
  Head of safeguarding and quality assurance
source: >-
  Annex A list 7, date of the latest visit; the interval is a local choice
---*/
SELECT la, child, 'base' AS part, starts, ends
FROM cp_plan
WHERE la = :la AND feed = 'annex-a'
UNION ALL
SELECT la, child, 'counted' AS part, greatest(starts, last_visit) AS starts,
  least(ends, add_days(last_visit, 29)) AS ends
FROM cp_plan
WHERE la = :la AND feed = 'annex-a' AND last_visit IS NOT NULL
  AND (ends IS NULL OR ends > last_visit)

-- evidence
SELECT la, child, last_visit AS day, 'last visit' AS what
FROM cp_plan
WHERE la = :la AND feed = 'annex-a' AND last_visit IS NOT NULL
ORDER BY child, last_visit, id
