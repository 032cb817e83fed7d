/*---
id: CPP2W2
title: >-
  Repeat child protection plans within 2 years
definition: >-
  Of the child protection plans started since 1 April, the percentage where an
  earlier plan of the same child held here ended in the 24 months before.
unit: percent
polarity: low
basis: year-to-date
numerator: >-
  plans within 2 years of an earlier one
denominator: >-
  plans started
feeds: [cin, annex-a]
history-months: 24
owner: >-
  Head of safeguarding and quality assurance
source: >-
  CIN census, CPPstartDate and CPPendDate
---*/
SELECT la, child, 'base' AS part, starts, starts AS ends
FROM cp_plan
WHERE la = :la AND feed = :feed
UNION ALL
SELECT p.la, p.child, 'counted' AS part, p.starts, p.starts AS ends
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
  AND EXISTS (
    SELECT 1 FROM cp_plan AS q
    WHERE q.la = p.la AND q.feed = p.feed AND q.child = p.child
      AND q.starts < p.starts AND q.ends <= p.starts
      AND q.ends >= add_months(p.starts, -24))

-- evidence
SELECT p.la, p.child, p.starts AS day,
  'plan began: ' || COALESCE(p.initial_category, 'category not given')
    || ', earlier plans ' || greatest(p.previous_supplied, p.previous_counted) AS what
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
ORDER BY p.child, p.starts, p.id
