/*---
id: CLPATH
title: >-
  Pathway plans in date
definition: >-
  Of the care leavers in the extract, the percentage whose pathway plan was
  reviewed in the 6 months before. Young people who qualify only for advice
  have no pathway plan and are left out. The figure is of the day of the
  extract.
unit: percent
polarity: high
basis: extract
numerator: >-
  care leavers with a plan reviewed in 6 months
denominator: >-
  care leavers
feeds: [annex-a]
owner: >-
  Leaving care manager
source: >-
  Annex A list 9, latest pathway plan review date; Care Leavers (England)
  Regulations 2010, regulation 7
---*/
SELECT l.la, l.child, 'base' AS part, b.covers_last AS starts, NULL AS ends
FROM leaver_snapshot AS l
JOIN batch AS b ON b.la = l.la AND b.id = l.batch
WHERE l.la = :la AND strpos(COALESCE(l.eligibility, ''), 'Qualifying') = 0
UNION ALL
SELECT l.la, l.child, 'counted' AS part, b.covers_last AS starts,
  add_days(add_months(l.pathway_review, 6), 1) AS ends
FROM leaver_snapshot AS l
JOIN batch AS b ON b.la = l.la AND b.id = l.batch
WHERE l.la = :la AND strpos(COALESCE(l.eligibility, ''), 'Qualifying') = 0
  AND add_months(l.pathway_review, 6) >= b.covers_last

-- evidence
SELECT la, child, pathway_review AS day, 'latest review of the pathway plan' AS what,
  batch, 9 AS part, row_number
FROM leaver_snapshot
WHERE la = :la AND pathway_review IS NOT NULL
ORDER BY child, pathway_review, id
