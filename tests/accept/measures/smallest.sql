/*---
id: EXAMPLE1
title: Made-up count
definition: Invented children, counted to try the reader.
unit: count
polarity: neutral
basis: snapshot
numerator: invented children
feeds: [ssda903]
source: invented for a test
---*/
SELECT la, child, 'counted' AS part, starts, ends
FROM care_period
WHERE la = :la;
