/*---
id: ASS45R
title: >-
  Assessments completed within 45 working days of referral
definition: >-
  Of the assessments authorised since 1 April, the percentage authorised
  within 45 working days of the referral, as the statutory guidance counts.
  The published statistics count from the assessment's start: see ASS45.
unit: percent
polarity: high
basis: year-to-date
numerator: >-
  assessments authorised within 45 working days of referral
denominator: >-
  assessments authorised
feeds: [cin]
settings: >-
  working_day_convention
counted: [in-time-from-referral]
owner: >-
  Head of assessment
source: >-
  CIN census, CINreferralDate and AssessmentAuthorisationDate; Working
  Together to Safeguard Children (45 working days from the point of referral)
---*/
SELECT la, child,
  CASE WHEN days + :first_day <= 45 THEN 'in-time ' ELSE '' END
    || CASE WHEN days_from_referral + :first_day <= 45
      THEN 'in-time-from-referral' ELSE '' END AS part,
  authorised AS starts, authorised AS ends
FROM assessment
WHERE la = :la AND feed = :feed AND authorised >= :from AND authorised <= :to

-- evidence
SELECT la, child, authorised AS day,
  'referred ' || COALESCE('' || referred, 'on a day not known')
    || ', assessment authorised after '
    || COALESCE('' || days_from_referral, 'an unknown number of')
    || ' working days' AS what
FROM assessment
WHERE la = :la AND feed = 'cin' AND authorised IS NOT NULL
ORDER BY child, authorised, id
