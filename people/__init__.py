"""Who takes part: persons, accounts, offices, cohorts, enrolments, and what each office may do."""
