"""What is to be learned: manual, modules, competencies, items, checklists and readiness rules, as typed data."""
