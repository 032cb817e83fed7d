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
targets:
  - goal: at-most
    source: a
  - goal: at-least
    value: 1.25
    source: b
  - goal: band
    low: 5
    source: c
  - value: 3
  - goal: band
    low: 5
    high: 4
    from: 2024-31-01
    source: d
  - goal: at-most
    value: 3
    from: 2024-04-01
    to: 2023-04-01
    source: e
  - goal: at-most
    value: 4
    source: f
  - goal: at-most
    value: 5
    from: 2024-04-01
    source: g
---*/
SELECT la, child, 'counted' AS part, starts, ends
FROM care_period
WHERE la = :la
