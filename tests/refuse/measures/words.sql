/*---
id: WORDS
title: Words that are none
definition: Made up.
unit: percent
polarity: low
basis: rolling-12
numerator: some
denominator: all
feeds: [cin]
of: late
counted: ["two words", a, b, c, d, e, f, g, h]
source: invented for a test
---*/
SELECT la, child, 'late' AS part, referred AS starts, referred AS ends
FROM referral
WHERE la = :la
