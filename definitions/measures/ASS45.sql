/*---
id: ASS45
title: >-
  Assessments completed within 45 working days
definition: >-
  Of the assessments authorised since 1 April, the percentage authorised
  within 45 working days of their start. The day of the start is day 0;
  England's bank holidays are not working days.
unit: percent
polarity: high
basis: year-to-date
numerator: >-
  assessments authorised within 45 working days
denominator: >-
  assessments authorised
feeds: [cin, annex-a]
settings: >-
  working_day_convention
counted: [in-time]
owner: >-
  Head of assessment
source: >-
  CIN census, AssessmentActualStartDate and AssessmentAuthorisationDate;
  Working Together to Safeguard Children (45 working days)
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
  'assessment begun ' || started || ' authorised after ' || days
    || ' working days' AS what
FROM assessment
WHERE la = :la AND feed = :feed AND authorised IS NOT NULL
ORDER BY child, authorised, id
