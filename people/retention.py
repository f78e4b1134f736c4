"""How long what is kept: categories, periods, reasons, and what happens then. One table for all that act on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from people.facts import CohortOpened, RetentionCategory


class RetentionAction(StrEnum):
    """What happens when the time is over: rows are deleted, or a person's name is taken off what stays."""

    DELETE = "delete"
    ANONYMISE = "anonymise"


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """One category. `default_days` holds where the programme says nothing; `what` and `basis` are plain sentences."""

    category: RetentionCategory
    default_days: int
    action: RetentionAction
    what: str
    basis: str


RULES: Final[Mapping[RetentionCategory, RetentionRule]] = {
    rule.category: rule
    for rule in (
        RetentionRule(
            RetentionCategory.SESSIONS,
            30,
            RetentionAction.DELETE,
            "Where and when somebody was signed in.",
            "Needed to keep accounts safe; of no use once the session has ended.",
        ),
        RetentionRule(
            RetentionCategory.WELLBEING,
            90,
            RetentionAction.DELETE,
            "Check-ins on how somebody is.",
            "Given freely, to be supported while in training; of no use afterwards.",
        ),
        RetentionRule(
            RetentionCategory.COMMENTS,
            365,
            RetentionAction.DELETE,
            "Comments, reflections and other words about practice.",
            "They help while somebody learns; the results stand without them.",
        ),
        RetentionRule(
            RetentionCategory.SIGNOFF,
            2190,
            RetentionAction.ANONYMISE,
            "The name on results and decisions.",
            "The organisation has to be able to show whom it let lead groups, and why.",
        ),
    )
}
"""In the order in which their times usually end."""


def clock_start(cohort: CohortOpened) -> date | None:
    """Return the day from which the times of a cohort's records run; None while its end is not known."""
    return cohort.ends_on


def period_days(category: RetentionCategory, days: Mapping[str, int]) -> int:
    """Return how many days a category is kept; `days` is the programme's `privacy.retention_days`."""
    return days.get(category, RULES[category].default_days)


def due_on(start: date, n_days: int) -> date:
    """Return the first day on which the time is over."""
    return start + timedelta(days=n_days + 1)
