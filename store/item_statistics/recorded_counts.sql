-- As `counts`, where the rest stands beside each mark.
SELECT item_no, response, mark, rest, count(*) AS n
FROM marks
GROUP BY item_no, response, mark, rest
