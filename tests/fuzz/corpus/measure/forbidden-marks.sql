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
SELECT la, "child", 'counted' AS part, starts::date AS starts, $1 AS ends, ?2,
  [rec], `rec`, rec -> 'a', rec ~ 'b', {d}, @x
FROM care_period /* which /* ends where? */
WHERE la = :la AND rec = E'it\'s'
