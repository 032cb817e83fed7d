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
  AND (ends IS NULL OR ends > :from) AND starts <= :to
UNION ALL
SELECT p.la, p.child, 'counted' AS part,
  greatest(r.first_held, months_reached(p.starts, 3)) AS starts,
  least(p.ends, add_days(r.last_held, 184)) AS ends
FROM (
  SELECT v.la, v.plan, MIN(v.held) AS first_held,
    MIN(CASE WHEN EXISTS (
      SELECT 1 FROM cp_review AS n
      WHERE n.la = v.la AND n.plan = v.plan AND n.held > v.held
        AND n.held <= add_days(v.held, 183)) THEN NULL ELSE v.held END)
      AS last_held
  FROM cp_review AS v
  WHERE v.la = :la
  GROUP BY v.la, v.plan) AS r
JOIN cp_plan AS p ON p.la = r.la AND p.id = r.plan
WHERE p.la = :la AND p.feed = 'cin' AND r.first_held <= add_days(p.starts, 91)
  AND (p.ends IS NULL OR p.ends > :from)

-- evidence
SELECT p.la, p.child, p.starts AS day,
  'plan began: ' || COALESCE(p.initial_category, 'category not given')
    || ', earlier plans ' || greatest(p.previous_supplied, p.previous_counted) AS what
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
ORDER BY p.child, p.starts, p.id
