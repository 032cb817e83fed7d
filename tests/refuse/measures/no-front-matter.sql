SELECT la, child, 'counted' AS part, starts, ends
FROM care_period
WHERE la = :la
