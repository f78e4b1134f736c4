-- How often a mark and a response to an item came with the same rest: the other marks of that person. All statistics
-- of items follow from this small table; the marks are read once and never sorted. Rounding joins sums that differ
-- only by the order in which they were added.
SELECT m.item_no, m.response, m.mark, round(t.total - m.mark, 12) AS rest, count(*) AS n
FROM marks m
JOIN totals t ON t.person_no = m.person_no
GROUP BY m.item_no, m.response, m.mark, round(t.total - m.mark, 12)
