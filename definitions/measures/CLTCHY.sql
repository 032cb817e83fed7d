/*---
id: CLTCHY
title: >-
  Care leavers in touch, aged 17 to 18
definition: >-
  Of the former looked-after young people aged 17 to 18 whose birthday fell in
  the year to the last 31 March, the percentage in touch with the authority.
  Young people who have died or returned home are left out; those whose
  circumstances are not known stay in.
unit: percent
polarity: high
basis: return-year
numerator: >-
  young people in touch with the authority
denominator: >-
  young people aged 17 to 18
feeds: [ssda903]
of: [aged-17-18]
counted: [in-touch]
owner: >-
  Leaving care manager
source: >-
  SSDA903 OC3
---*/
SELECT l.la, l.child,
  CASE WHEN age_at(c.born, y.last) >= 19 THEN 'aged-19-21' ELSE 'aged-17-18' END
    || CASE WHEN l.in_touch = 'YES' THEN ' in-touch' ELSE '' END
    || CASE WHEN l.activ IN ('F1', 'P1', 'F2', 'P2', 'F4', 'P4', 'F5', 'P5')
      THEN ' occupied' ELSE '' END
    || CASE WHEN substr(l.accom, 2, 1) = '1' THEN ' suitable' ELSE '' END AS part,
  y.last AS starts, add_months(y.last, 12) AS ends
FROM care_leaver AS l
JOIN financial_year AS y ON y.year = l.year
JOIN child AS c ON c.la = l.la AND c.id = l.child
WHERE l.la = :la AND COALESCE(l.in_touch, '') NOT IN ('DIED', 'RHOM')
  AND age_at(c.born, y.last) >= 17 AND age_at(c.born, y.last) <= 21
