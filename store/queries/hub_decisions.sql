-- Who in a hub is ready for decision, and who was signed and waits for the countersignature.
-- record: sign_off
-- right: countersign
-- reach: hub
-- with: ended, revoked, asking
SELECT t.person_no, coalesce(p.name, 'Person ' || t.person_no) AS name, r.term AS programme_id, t.status,
       w.person_no IS NOT NULL AS waits_for_countersign, w.signer_no, a.day AS asked_on
FROM person_status t
JOIN cohort_opened k ON k.org_id = t.org_id AND k.cohort_no = t.cohort_no
JOIN term r ON r.term_no = t.programme_no
LEFT JOIN waiting w ON w.person_no = t.person_no AND w.programme_no = t.programme_no
LEFT JOIN asked a ON a.person_no = t.person_no AND a.programme_no = t.programme_no
LEFT JOIN person_private p ON p.org_id = t.org_id AND p.person_no = t.person_no
WHERE t.org_id = $org_no AND k.hub_no = $hub_no
  AND (w.person_no IS NOT NULL OR t.status IN ('ready_for_decision', 'due_soon', 'lapsed', 'revoked', 'signed_off'))
ORDER BY w.person_no IS NULL, name, t.person_no
