-- Each person's total mark, and of how many items.
SELECT person_no, sum(mark) AS total, count(*) AS n_items
FROM marks
GROUP BY person_no
