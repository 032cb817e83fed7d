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
counted: [nfa, action]
owner: >-
  Head of the front door
source: >-
  Children in need census guide (DfE)
---*/
SELECT r.la, r.child,
  CASE WHEN MIN(COALESCE(r.nfa, 0)) = 1 THEN 'nfa' ELSE 'action' END
    || CASE WHEN EXISTS (
      SELECT 1 FROM referral AS q
      WHERE q.la = r.la AND q.feed = r.feed AND q.child = r.child
        AND q.referred < r.referred
        AND q.referred > add_months(r.referred, -12)) THEN ' again' ELSE '' END
    AS part,
  r.referred AS starts, r.referred AS ends
FROM referral AS r
WHERE r.la = :la AND r.feed = :feed
  AND r.referred >= :from AND r.referred <= :to
GROUP BY r.la, r.feed, r.child, r.referred
