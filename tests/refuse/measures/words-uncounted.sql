/*---
id: WORDS
title: Some, but which count
definition: Made up.
unit: percent
polarity: low
basis: rolling-12
numerator: some
denominator: all
feeds: [cin]
of: [late]
source: invented for a test
---*/
SELECT la, child, 'late' AS part, referred AS starts, referred AS ends
FROM referral
WHERE la = :la
