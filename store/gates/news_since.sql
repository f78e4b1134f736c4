-- How many facts after a position may change what is kept about readiness. Most facts may not: answers, ticks, visits.
SELECT count(*) AS n
FROM fact_key k
WHERE k.org_id = $org_no AND k.fact_no > $position AND k.kind IN (
  'amendment', 'attempt', 'attendance', 'calibration', 'certificate', 'countersign', 'enrolment', 'hold', 'milestone',
  'module_progress', 'observation', 'participant_summary', 'pause', 'sign_off', 'supervision'
)
