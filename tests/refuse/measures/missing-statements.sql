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
-- only a comment
-- evidence
