/*---
id: CIN
title: >-
  Open episodes of need
definition: >-
  Episodes of need open on the day: referred, not closed, and not ended with
  no further action.
unit: count
polarity: neutral
basis: snapshot
numerator: >-
  episodes open
feeds: [cin, annex-a]
owner: >-
  Head of the front door
source: >-
  Children in need census guide (DfE)
---*/
SELECT la, child, 'counted' AS part, referred AS starts, closed AS ends
FROM referral
WHERE la = :la AND feed = :feed AND COALESCE(nfa, 0) <> 1
  AND (closed IS NULL OR closed > :from) AND referred <= :to
