/*---
title: Made-up measure
polarity: neutral
basis: snapshot
numerator: invented children
feeds: [ssda903]
---*/
SELECT la, child, 'counted' AS part, starts, ends
FROM care_period
WHERE la = :la
