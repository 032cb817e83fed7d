SELECT lower(name), group_concat(code), avg(days), x::TEXT, max(a, b),
    CAST(code AS INTEGER), ifnull(a, 0), "name"
FROM child
WHERE name LIKE 'a%' AND seen > CURRENT_DATE
