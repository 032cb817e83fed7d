/*---
id: CPP2
title: >-
  Repeat child protection plans
definition: >-
  Of the children who became the subject of a child protection plan since 1
  April, the percentage for whom it was a second or later plan, however long
  ago the earlier one was. A child who starts twice counts twice.
unit: percent
polarity: low
basis: year-to-date
numerator: >-
  plans that were a second or later one
denominator: >-
  plans started
feeds: [cin, annex-a]
targets:
  - from: 2024-04-01
    goal: at-most
    value: 22
    source: Islington Together 2030 Plan, report to scrutiny of 25 November 2024
owner: >-
  Head of safeguarding and quality assurance
source: >-
  CIN census, CPPstartDate and NumberOfPreviousCPP; old National Indicator 65
---*/
SELECT la, child, 'base' AS part, starts, starts AS ends
FROM cp_plan
WHERE la = :la AND feed = :feed
UNION ALL
SELECT la, child, 'counted' AS part, starts, starts AS ends
FROM cp_plan
WHERE la = :la AND feed = :feed
  AND greatest(previous_supplied, previous_counted) >= 1

-- evidence
SELECT p.la, p.child, p.starts AS day,
  'plan began: ' || COALESCE(p.initial_category, 'category not given')
    || ', earlier plans ' || greatest(p.previous_supplied, p.previous_counted) AS what
FROM cp_plan AS p
WHERE p.la = :la AND p.feed = :feed
ORDER BY p.child, p.starts, p.id
