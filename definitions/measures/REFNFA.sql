/*---
id: REFNFA
title: >-
  Referrals with no further action
definition: >-
  Of the referrals since 1 April, the percentage that led to no further
  action. Two referrals of one child on one day are one, and led to no further
  action if both did.
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
SELECT la, child,
  CASE WHEN MIN(COALESCE(nfa, 0)) = 1 THEN 'both' ELSE 'base' END AS part,
  referred AS starts, referred AS ends
FROM referral
WHERE la = :la AND feed = :feed
GROUP BY la, child, referred
