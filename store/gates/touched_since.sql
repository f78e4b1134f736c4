-- The people whose readiness the facts after a position may have changed. A calibration changes what is said about
-- everybody whom that observer watched. Reading a module changes something only for who had not begun.
SELECT a.person_no FROM amendment a WHERE a.org_id = $org_no AND a.fact_no > $position
UNION
SELECT n.person_no FROM enrolment n WHERE n.org_id = $org_no AND n.fact_no > $position
UNION
SELECT p.person_no FROM pause p WHERE p.org_id = $org_no AND p.fact_no > $position
UNION
SELECT d.person_no FROM attendance d WHERE d.org_id = $org_no AND d.fact_no > $position
UNION
SELECT m.person_no FROM milestone m WHERE m.org_id = $org_no AND m.fact_no > $position
UNION
SELECT q.person_no FROM attempt q WHERE q.org_id = $org_no AND q.fact_no > $position
UNION
SELECT o.person_no FROM observation o WHERE o.org_id = $org_no AND o.fact_no > $position
UNION
SELECT h.person_no FROM hold h WHERE h.org_id = $org_no AND h.fact_no > $position
UNION
SELECT s.person_no FROM supervision s WHERE s.org_id = $org_no AND s.fact_no > $position
UNION
SELECT c.person_no FROM certificate c WHERE c.org_id = $org_no AND c.fact_no > $position
UNION
SELECT g.person_no FROM participant_summary g WHERE g.org_id = $org_no AND g.fact_no > $position
UNION
SELECT f.person_no FROM sign_off f WHERE f.org_id = $org_no AND f.fact_no > $position
UNION
SELECT k.person_no FROM countersign k WHERE k.org_id = $org_no AND k.fact_no > $position
UNION
SELECT r.person_no FROM module_progress r
WHERE r.org_id = $org_no AND r.fact_no > $position
  AND r.person_no IN (SELECT t.person_no FROM person_status t WHERE t.org_id = $org_no AND t.status = 'not_started')
UNION
SELECT w.person_no FROM observation w
WHERE w.org_id = $org_no AND w.actor_no IN (
  SELECT l.person_no FROM calibration l
  WHERE l.org_id = $org_no AND (l.fact_no > $position OR l.fact_no IN (
    SELECT x.target_no FROM amendment x WHERE x.org_id = $org_no AND x.fact_no > $position
  ))
)
