/*---
id: REFNFA
title: >-
  Referrals with no further action
definition: >-
  Of the referrals since 1 April, the percentage that led to no further
  action.
unit: percent
polarity: neutral
basis: year-to-date
numerator: >-
  referrals with no further action
denominator: >-
  referrals
feeds: [cin, annex-a]
owner: >-
  Head of the front door
source: >-
  CIN census, ReferralNFA
---*/
SELECT la, child, 'base' AS part, referred AS starts, referred AS ends
FROM referral
WHERE la = :la AND feed = :feed
UNION ALL
SELECT la, child, 'counted' AS part, referred AS starts, referred AS ends
FROM referral
WHERE la = :la AND feed = :feed AND nfa = 1
