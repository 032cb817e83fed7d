/*---
id: CPPREV
title: >-
  Child protection reviews up to date
definition: >-
  Of the child protection plans open for 3 months or more on the day, the
  percentage whose first review was held within 91 days of the start, each
  later one within 183 days of the one before, and the latest no longer than
  183 days ago.
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
  SELECT g.la, g.plan, g.held, g.next_held, g.first_held,
    MAX(CASE WHEN g.held > add_days(g.last_held, 183) THEN 1 ELSE 0 END)
      OVER (PARTITION BY g.la, g.plan ORDER BY g.held) AS was_late
  FROM (
    SELECT la, plan, held,
      LAG(held) OVER (PARTITION BY la, plan ORDER BY held) AS last_held,
      LEAD(held) OVER (PARTITION BY la, plan ORDER BY held) AS next_held,
      MIN(held) OVER (PARTITION BY la, plan) AS first_held
    FROM cp_review
    WHERE la = :la) AS g) AS r ON r.la = p.la AND r.plan = p.id
WHERE p.la = :la AND p.feed = 'cin'
  AND r.first_held <= add_days(p.starts, 91) AND r.was_late = 0
  AND greatest(r.held, months_reached(p.starts, 3))
    < least(p.ends, r.next_held, add_days(r.held, 184))

-- evidence
SELECT p.la, p.child, p.starts AS day,
  'plan began: ' || COALESCE(p.initial_category, 'category not given')
    || ', earlier plans ' || greatest(p.previous_supplied, p.previous_counted) AS what
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
ORDER BY p.child, p.starts, p.id
