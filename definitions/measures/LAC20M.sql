/*---
id: LAC20M
title: >-
  Placed more than 20 miles from home
definition: >-
  Of the children looked after on the day whose home and placement are known,
  the percentage placed more than 20 miles from home. Unaccompanied asylum-
  seeking children are left out.
unit: percent
polarity: low
basis: snapshot
numerator: >-
  children placed more than 20 miles from home
denominator: >-
  children whose distance is known
feeds: [ssda903]
of: [measured]
counted: [far]
owner: >-
  Head of corporate parenting
source: >-
  SSDA903, Children looked-after by local authorities in England: guide to the
  SSDA903 collection (DfE), HOME_POST and PL_POST; ONS Postcode Directory
---*/
SELECT e.la, e.child,
  CASE WHEN e.distance_tenths = 9999 THEN ''
    WHEN e.distance_tenths > 200 THEN 'measured far '
    WHEN e.distance_tenths IS NOT NULL THEN 'measured '
    ELSE '' END
    || CASE WHEN e.pl_location = 'OUT' THEN 'located outside'
    WHEN e.pl_location IS NOT NULL THEN 'located'
    ELSE '' END AS part,
  e.decom AS starts, least(e.dec, months_reached(c.born, 216)) AS ends
FROM episode AS e
JOIN child AS c ON c.la = e.la AND c.id = e.child
WHERE e.la = :la AND COALESCE(e.ls, '') NOT IN ('V3', 'V4') AND c.is_uasc = 0
  AND COALESCE(e.dec, '9999-12-31') > :from AND e.decom <= :to
