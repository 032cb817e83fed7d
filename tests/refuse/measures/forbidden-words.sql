/*---
id: EXAMPLE
title: Made-up measure
definition: Invented, to be refused.
unit: count
polarity: neutral
basis: snapshot
numerator: invented children
feeds: [ssda903]
source: invented for a test
---*/
SELECT la, child, 'counted' AS part, CAST(starts AS DATE) AS starts,
  MAX(ends, starts) AS ends, round(avg(1)), lower(rec), date('now'),
  rec LIKE 'E%', coalesc(rec, 'x'), add_day(starts, 1),
  CURRENT_DATE
FROM care_period
WHERE la = :la AND pg_sleep(10) IS NULL AND MIN((starts), (SELECT 1, 2)) = 1
LIMIT 10
