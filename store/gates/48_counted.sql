-- Which observations the gates count, by number.
SELECT c.fact_no FROM counted c ORDER BY c.fact_no
