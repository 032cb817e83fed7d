/*---
id: EXAMPLE4
title: Made-up targets that cannot be
definition: Profiles and improvements where they mean nothing.
unit: count
polarity: neutral
basis: year-to-date
numerator: those counted
feeds: [cin]
targets:
  - from: 2022-04-01
    to: 2023-03-31
    goal: at-least
    quarters: [10, 20, 30]
    source: invented plan of 2022
  - from: 2023-04-01
    to: 2024-03-31
    goal: at-least
    value: 40
    quarters: [10, 20, 30, 40]
    source: invented plan of 2023
  - from: 2024-04-01
    to: 2025-03-31
    goal: comparator
    quarters: [10, 20, 30, many]
    source: invented plan of 2024
  - from: 2025-04-01
    goal: improve-on-last-year
    source: invented plan of 2025
source: invented for a test
---*/
SELECT la, child, 'counted' AS part, referred AS starts, referred AS ends
FROM referral
WHERE la = :la
