/*---
id: CINVIS
title: >-
  Child in need visits up to date
definition: >-
  Of the child in need plans open on the day, the percentage whose child was
  seen in the 6 weeks before. The extract holds only the latest date, so the
  figure is of the day of the extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  plans with a visit in the last 6 weeks
denominator: >-
  plans open
feeds: [annex-a]
owner: >-
  Head of the front door
source: >-
  Annex A list 6, date child was last seen; the interval is a local choice
---*/
SELECT la, child, 'base' AS part, starts, ends
FROM cin_plan
WHERE la = :la AND feed = 'annex-a'
UNION ALL
SELECT la, child, 'counted' AS part, greatest(starts, last_visit) AS starts,
  least(ends, add_days(last_visit, 43)) AS ends
FROM cin_plan
WHERE la = :la AND feed = 'annex-a' AND last_visit IS NOT NULL
  AND (ends IS NULL OR ends > last_visit)

-- evidence
SELECT la, child, last_visit AS day, 'last visit' AS what
FROM cin_plan
WHERE la = :la AND feed = 'annex-a' AND last_visit IS NOT NULL
ORDER BY child, last_visit, id
