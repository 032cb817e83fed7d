/*---
# A comment, and names in another order.
source: 'invented for a test'
feeds:
  - cin
unit: rate
basis: year-to-date
polarity: low
population: POP017
history-months: 0
targets:
  - {goal: at-most, value: 22, source: "invented plan"}
title: Made-up rate
definition: For every 10,000 invented children.
numerator: plans
id: EXAMPLE3
---*/
select la, child, 'counted' as part, starts, starts as ends
from cp_plan where la = :la and feed = :feed and greatest(starts, ends) > starts
