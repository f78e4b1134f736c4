-- What people gave at their first attempt, people and items in numbers.
SELECT p.person_no, i.item_no, g.mark, coalesce(g.response, '') AS response
FROM given g
JOIN people p ON p.person = g.person AND p.first_attempt = g.attempt
JOIN items i ON i.item = g.item
