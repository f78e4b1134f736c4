-- How many people reached each total.
SELECT total, count(*) AS n
FROM totals
GROUP BY total
ORDER BY total
