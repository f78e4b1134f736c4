-- The items of a file, in numbers, in the order in which they first stand there; `key` is NULL where none is given.
SELECT item, max_mark, key, row_number() OVER (ORDER BY first_row) AS item_no
FROM (
  SELECT item, max(max_mark) AS max_mark, max(key) AS key, min(row_no) AS first_row
  FROM given
  GROUP BY item
) AS named
