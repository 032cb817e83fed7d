/*---
id: REREF
title: >-
  Re-referrals within 12 months
definition: >-
  Of the referrals in the twelve months to the day, the percentage of children
  who had been referred before within 12 months. Referrals with no further
  action count on both sides.
unit: percent
polarity: low
basis: rolling-12
numerator: >-
  referrals within 12 months of an earlier one
denominator: >-
  referrals
feeds: [cin, annex-a]
history-months: 12
counted: [again]
owner: >-
  Head of the front door
source: >-
  Children in need census guide (DfE); published re-referral measure of
  Characteristics of children in need
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

-- evidence
SELECT la, child, referred AS day,
  'referred, source ' || COALESCE(source, 'not given') AS what
FROM referral
WHERE la = :la AND feed = :feed
ORDER BY child, referred, id
