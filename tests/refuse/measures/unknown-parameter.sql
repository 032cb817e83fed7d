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
SELECT la, child, 'counted' AS part, starts, ends
FROM care_period
WHERE la = :la AND starts > :form AND ends > :banana
