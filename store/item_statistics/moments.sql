-- An item a row: means, variances and covariance (all over n - 1) of its mark and the rest, and the covariance that the
-- same marks and rests would have if each were in rising order. That order needs no sorting of people: a mark and a rest
-- meet as often as their ranges of cumulated counts overlap.
WITH pairs AS (
  SELECT item_no, mark, rest, sum(n) AS n FROM counts GROUP BY item_no, mark, rest
), means AS (
  SELECT item_no, sum(n) AS n, sum(n * mark) / sum(n) AS mean, sum(n * rest) / sum(n) AS mean_rest
  FROM pairs
  GROUP BY item_no
), spread AS (
  SELECT
    p.item_no,
    sum(p.n * (p.mark - m.mean) * (p.mark - m.mean)) AS marks,
    sum(p.n * (p.rest - m.mean_rest) * (p.rest - m.mean_rest)) AS rests,
    sum(p.n * (p.mark - m.mean) * (p.rest - m.mean_rest)) AS both
  FROM pairs p
  JOIN means m ON m.item_no = p.item_no
  GROUP BY p.item_no
), mark_counts AS (
  SELECT item_no, mark, sum(n) AS n FROM pairs GROUP BY item_no, mark
), rest_counts AS (
  SELECT item_no, rest, sum(n) AS n FROM pairs GROUP BY item_no, rest
), mark_ranges AS (
  SELECT item_no, mark, sum(n) OVER (PARTITION BY item_no ORDER BY mark) - n AS low,
         sum(n) OVER (PARTITION BY item_no ORDER BY mark) AS high
  FROM mark_counts
), rest_ranges AS (
  SELECT item_no, rest, sum(n) OVER (PARTITION BY item_no ORDER BY rest) - n AS low,
         sum(n) OVER (PARTITION BY item_no ORDER BY rest) AS high
  FROM rest_counts
), ordered AS (
  SELECT a.item_no,
         sum((least(a.high, b.high) - greatest(a.low, b.low)) * (a.mark - m.mean) * (b.rest - m.mean_rest)) AS both
  FROM mark_ranges a
  JOIN rest_ranges b ON b.item_no = a.item_no AND a.low < b.high AND b.low < a.high
  JOIN means m ON m.item_no = a.item_no
  GROUP BY a.item_no
), ends AS (
  SELECT c.item_no, sum(CASE WHEN c.mark = i.max_mark THEN c.n ELSE 0 END) AS n_full,
         sum(CASE WHEN c.mark = 0 THEN c.n ELSE 0 END) AS n_zero
  FROM mark_counts c
  JOIN items i ON i.item_no = c.item_no
  GROUP BY c.item_no
)
SELECT
  i.item,
  i.max_mark,
  m.n,
  e.n_full,
  e.n_zero,
  m.mean,
  m.mean_rest,
  s.marks / nullif(m.n - 1, 0) AS mark_variance,
  s.rests / nullif(m.n - 1, 0) AS rest_variance,
  s.both / nullif(m.n - 1, 0) AS covariance,
  o.both / nullif(m.n - 1, 0) AS largest_covariance
FROM items i
JOIN means m ON m.item_no = i.item_no
JOIN spread s ON s.item_no = i.item_no
JOIN ordered o ON o.item_no = i.item_no
JOIN ends e ON e.item_no = i.item_no
ORDER BY i.item_no
