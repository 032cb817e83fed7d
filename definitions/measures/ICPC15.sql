/*---
id: ICPC15
title: >-
  Initial conferences within 15 working days
definition: >-
  Of the initial child protection conferences held since 1 April, the
  percentage held within 15 working days of the start of the latest section 47
  enquiry before them. Conferences of children who moved in are left out.
unit: percent
polarity: high
basis: year-to-date
numerator: >-
  conferences within 15 working days
denominator: >-
  conferences held
feeds: [cin, annex-a]
settings: >-
  working_day_convention
owner: >-
  Head of safeguarding and quality assurance
source: >-
  CIN census, S47ActualStartDate and DateOfInitialCPC; Working Together to
  Safeguard Children (15 working days of the strategy discussion)
---*/
SELECT s.la, s.child,
  CASE WHEN s.icpc_days + :first_day <= 15 THEN 'both' ELSE 'base' END AS part,
  s.icpc AS starts, s.icpc AS ends
FROM section47 AS s
WHERE s.la = :la AND s.feed = :feed AND s.icpc >= :from AND s.icpc <= :to
  AND NOT EXISTS (
    SELECT 1 FROM section47 AS q
    WHERE q.la = s.la AND q.feed = s.feed AND q.child = s.child
      AND q.icpc = s.icpc
      AND (q.started > s.started OR (q.started = s.started AND q.id > s.id)))

-- evidence
SELECT la, child, icpc AS day,
  'enquiry begun ' || started || ', conference after ' || icpc_days
    || ' working days' AS what
FROM section47
WHERE la = :la AND feed = :feed AND icpc IS NOT NULL
ORDER BY child, icpc, id
