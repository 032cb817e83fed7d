/*---
id: EXAMPLE3
title: Made-up targets of every kind of year
definition: A count with a profile, then one that must improve.
unit: count
polarity: high
basis: year-to-date
numerator: those counted
feeds: [cin]
targets:
  - from: 2023-04-01
    to: 2024-03-31
    goal: at-least
    quarters: [10, 20.5, 30, 40]
    source: invented plan of 2023
  - from: 2024-04-01
    to: 2025-03-31
    goal: at-most
    quarters: [5, 10, 15, 20]
    source: invented plan of 2024
  - from: 2025-04-01
    goal: improve-on-last-year
    source: invented plan of 2025
source: invented for a test
---*/
SELECT la, child, 'counted' AS part, referred AS starts, referred AS ends
FROM referral
WHERE la = :la
