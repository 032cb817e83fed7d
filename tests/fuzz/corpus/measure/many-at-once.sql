/*---

title: Made-up measure
definition: Invented, to be refused.
unit: count
colour: neutral
basis: sometimes
numerator: invented children
feeds: [ssda903]
source: invented for a test
---*/
SELECT la, child, 'counted' AS part, now(), starts, ends
FROM care_period
WHERE la = :area
