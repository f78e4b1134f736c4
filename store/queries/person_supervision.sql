-- The supervision meetings of a person in a programme, newest first.
-- record: supervision
-- right: see
-- reach: person
SELECT f.fact_id, v.day, v.minutes, v.mode, v.supervisor_no,
       coalesce(p.name, 'Person ' || v.supervisor_no) AS supervisor_name
FROM supervision v
JOIN fact_key f ON f.org_id = v.org_id AND f.fact_no = v.fact_no
LEFT JOIN person_private p ON p.org_id = v.org_id AND p.person_no = v.supervisor_no
WHERE v.org_id = $org_no AND v.person_no = $person_no AND v.programme_no = $programme_no
  AND v.fact_no NOT IN (
    SELECT a.target_no FROM amendment a
    WHERE a.org_id = $org_no AND a.person_no = $person_no AND a.change IN ('void', 'replaced')
  )
ORDER BY v.occurred_at DESC, v.fact_no DESC
