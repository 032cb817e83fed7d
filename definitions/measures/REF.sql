/*---
id: REF
title: >-
  Referrals to children's social care
definition: >-
  Children referred since 1 April. Two referrals of one child on one day are
  one.
unit: count
polarity: neutral
basis: year-to-date
numerator: >-
  referrals
feeds: [cin, annex-a]
owner: >-
  Head of the front door
source: >-
  Children in need census guide (DfE)
---*/
SELECT DISTINCT la, child, 'counted' AS part, referred AS starts, referred AS ends
FROM referral
WHERE la = :la AND feed = :feed
