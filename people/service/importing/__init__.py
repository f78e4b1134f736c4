"""A CSV roster goes into a cohort: what it would do, and doing it."""

from people.service.importing.roster import import_roster, plan_import
from people.service.importing.steps import ImportPlan, Planned, Step

__all__ = ["ImportPlan", "Planned", "Step", "import_roster", "plan_import"]
