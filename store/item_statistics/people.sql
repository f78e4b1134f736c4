-- The people of a file, in numbers, each with the number of the first attempt.
SELECT person, min(attempt) AS first_attempt, row_number() OVER () AS person_no
FROM given
GROUP BY person
