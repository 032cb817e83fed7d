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
WITH gone AS (DELETE FROM child WHERE la = :la RETURNING la, id)
SELECT la, id AS child, 'counted' AS part, NULL AS starts, NULL AS ends FROM gone
