/*---
id: CPPREV
title: >-
  Child protection reviews up to date
definition: >-
  Of the child protection plans open for 3 months or more on the day, the
  percentage whose first review was held within 91 days of the start and whose
  latest was held no longer than 183 days ago.
unit: percent
polarity: high
basis: snapshot
numerator: >-
  plans with reviews up to date
denominator: >-
  plans open for 3 months or more
feeds: [cin]
owner: >-
  Head of safeguarding and quality assurance
source: >-
  CIN census, CPPreviewDate; Working Together to Safeguard Children (first
  review within 3 months, then at most every 6 months)
---*/
SELECT la, child, 'base' AS part, months_reached(starts, 3) AS starts, ends
FROM cp_plan
WHERE la = :la AND feed = 'cin'
  AND (ends IS NULL OR ends > months_reached(starts, 3))
UNION ALL
SELECT p.la, p.child, 'counted' AS part,
  greatest(r.held, months_reached(p.starts, 3)) AS starts,
  least(p.ends, r.next_held, add_days(r.held, 184)) AS ends
FROM cp_plan AS p
JOIN (
  SELECT la, plan, held,
    LEAD(held) OVER (PARTITION BY la, plan ORDER BY held) AS next_held,
    MIN(held) OVER (PARTITION BY la, plan) AS first_held
  FROM cp_review
  WHERE la = :la) AS r ON r.la = p.la AND r.plan = p.id
WHERE p.la = :la AND p.feed = 'cin'
  AND r.first_held <= add_days(p.starts, 91)
  AND greatest(r.held, months_reached(p.starts, 3))
    < least(p.ends, r.next_held, add_days(r.held, 184))

-- evidence
SELECT p.la, p.child, p.starts AS day,
  'plan began: ' || COALESCE(p.initial_category, 'category not given')
    || ', earlier plans ' || greatest(p.previous_supplied, p.previous_counted) AS what
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
ORDER BY p.child, p.starts, p.id
