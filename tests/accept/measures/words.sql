/*---
id: WORDS
title: Made-up percentage that counts by words
definition: Referrals by post, those of them that were late.
unit: percent
polarity: low
basis: rolling-12
numerator: late referrals by post
denominator: referrals by post
feeds: [cin]
of: [post, courier]
counted: [late]
source: invented for a test
---*/
SELECT la, child, source || CASE WHEN nfa = 1 THEN ' late' ELSE '' END AS part,
  referred AS starts, referred AS ends
FROM referral
WHERE la = :la
