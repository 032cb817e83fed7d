/*---
id: LACSGB
title: >-
  Care begun after a special guardianship order
definition: >-
  Children who started to be looked after since 1 April and had left care
  before through a special guardianship order.
unit: count
polarity: low
basis: year-to-date
numerator: >-
  children back in care after special guardianship
feeds: [ssda903]
owner: >-
  Permanency Team manager
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE), PREV_PERM P2
---*/
SELECT p.la, p.child, 'counted' AS part, p.starts, p.starts AS ends
FROM care_period AS p
JOIN financial_year AS y ON y.first <= p.starts AND y.last >= p.starts
JOIN previous_permanence AS v ON v.la = p.la AND v.child = p.child
  AND v.year = y.year
WHERE p.la = :la AND v.prev_perm = 'P2'
