-- The published versions of all programmes, newest first, with who published them and who approved the safeguarding text.
-- record: programme
-- right: see
-- reach: anywhere
WITH approval AS (
  SELECT s.programme_no, s.version_no, s.approver_name, s.qualification, s.day,
         row_number() OVER (PARTITION BY s.programme_no, s.version_no ORDER BY s.occurred_at, s.fact_no) AS first
  FROM safeguarding_approved s
  WHERE s.org_id = $org_no AND s.fact_no NOT IN (
    SELECT a.target_no FROM amendment a WHERE a.org_id = $org_no AND a.change IN ('void', 'replaced')
  )
)
SELECT t.term AS programme_id, d.version_no, d.version, d.digest, d.day AS published_on,
       coalesce(p.name, 'Person ' || d.actor_no) AS publisher_name,
       v.approver_name, v.qualification, v.day AS approved_on
FROM programme_published d
JOIN term t ON t.term_no = d.programme_no
LEFT JOIN person_private p ON p.org_id = d.org_id AND p.person_no = d.actor_no
LEFT JOIN approval v ON v.programme_no = d.programme_no AND v.version_no = d.version_no AND v.first = 1
WHERE d.org_id = $org_no
ORDER BY t.term, d.version_no DESC
