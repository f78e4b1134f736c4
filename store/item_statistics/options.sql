-- A response to an item a row: how often, by thirds of the rest score, and how its givers did on the other items.
-- People with the same rest stay in one third: the one in which their middle stands.
WITH rest_counts AS (
  SELECT item_no, rest, sum(n) AS n FROM counts GROUP BY item_no, rest
), middles AS (
  SELECT item_no, rest, sum(n) OVER (PARTITION BY item_no ORDER BY rest) - n / 2.0 AS middle,
         sum(n) OVER (PARTITION BY item_no) AS total
  FROM rest_counts
), thirds AS (
  SELECT item_no, rest, CASE WHEN 3 * middle < total THEN 1 WHEN 3 * middle <= 2 * total THEN 2 ELSE 3 END AS third
  FROM middles
), means AS (
  SELECT item_no, response, sum(n) AS n, sum(n * rest) / sum(n) AS mean_rest
  FROM counts
  GROUP BY item_no, response
)
SELECT
  i.item,
  c.response,
  i.key,
  max(m.n) AS n,
  sum(CASE WHEN c.mark = i.max_mark THEN c.n ELSE 0 END) AS n_full,
  max(m.mean_rest) AS mean_rest,
  sum(c.n * (c.rest - m.mean_rest) * (c.rest - m.mean_rest)) / nullif(max(m.n) - 1, 0) AS rest_variance,
  sum(CASE WHEN t.third = 1 THEN c.n ELSE 0 END) AS n_low,
  sum(CASE WHEN t.third = 2 THEN c.n ELSE 0 END) AS n_middle,
  sum(CASE WHEN t.third = 3 THEN c.n ELSE 0 END) AS n_high
FROM counts c
JOIN items i ON i.item_no = c.item_no
JOIN means m ON m.item_no = c.item_no AND m.response = c.response
JOIN thirds t ON t.item_no = c.item_no AND t.rest = c.rest
GROUP BY i.item_no, i.item, c.response, i.key
ORDER BY i.item_no, c.response
