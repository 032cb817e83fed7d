/*---
id: EXAMPLE2
title: >-
  Made-up percentage that uses every name
  there is
definition: A line with "quotes", 10% and a colon in it.
unit: percent
polarity: band
basis: rolling-12
numerator: those counted
denominator: all of them
feeds: [cin, annex-a, census, marks]
history-months: 24
population: POP017
targets:
  - from: 2022-04-01
    to: 2023-03-31
    goal: band
    low: 10
    high: 15.5
    source: invented plan of 2022
  - from: 2023-04-01
    to: 2024-03-31
    goal: at-least
    value: -0.5
    source: invented plan of 2023
  - from: 2024-04-01
    goal: comparator
    source: invented plan of 2024
comparator:
  name: Outer Nowhere
  area: E13999999
  indicator: invented_percent
  filters: school_type=Invented
owner: Head of inventions
source: invented for a test
settings: placement_break_rule
suppression: usual
---*/
-- A comment may stand before the statement: it's dropped, :this too.
WITH recent AS (
  SELECT la, child, referred, 'it''s :not one' AS words
  FROM referral
  WHERE la = :la AND feed = :feed AND referred >= :from)
SELECT la, child, 'base' AS part, referred AS starts, referred AS ends
FROM recent
WHERE la = :la AND COALESCE(words, '--') <> ':id' AND referred <= :to
-- evidence
SELECT la, child, referred AS day, words || :id || :basis AS what
FROM referral
WHERE la = :la
ORDER BY child, referred
