"""Refreshers: when a section is asked about again, worked out anew from the log of its answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, assert_never

from fsrs import Card, Rating, Scheduler

from curriculum.ids import SectionId
from curriculum.models import Refreshers, Schedule

RETENTION: Final = 0.95
"""The chance to still know it at which FSRS asks again."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A section that is refreshed.

    Attributes:
        section_id: The section.
        since: When it came in.
        is_critical: Whether it carries a safeguarding theme.
        is_missed: Whether it came in by a wrong answer in a quiz.
        was_sure: Whether that answer was given as sure.
        due_at: When it is asked about next.
        n_answers: How often it was refreshed.
    """

    section_id: SectionId
    since: datetime
    is_critical: bool
    is_missed: bool
    was_sure: bool
    due_at: datetime
    n_answers: int


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One answer of the log of a section."""

    at: datetime
    is_right: bool


def next_due(since: datetime, log: Sequence[LogEntry], plan: Refreshers) -> datetime:
    """Return when a section is due next; the same log gives the same instant.

    Args:
        since: When the section came in.
        log: Its answers, oldest first.
        plan: How the programme refreshes. Nothing is ever due later than its ceiling.
    """
    last = log[-1].at if log else since
    match plan.schedule:
        case Schedule.FIXED:
            due = _fixed(since, log, plan)
        case Schedule.FSRS:
            due = _by_fsrs(since, log, plan)
        case _:
            assert_never(plan.schedule)
    return min(due, last + timedelta(days=plan.ceiling_days))


def _fixed(since: datetime, log: Sequence[LogEntry], plan: Refreshers) -> datetime:
    n_right = 0
    for entry in log:
        n_right = n_right + 1 if entry.is_right else 0
    at = log[-1].at if log else since
    return at + timedelta(days=plan.days[min(n_right, len(plan.days) - 1)])


def _by_fsrs(since: datetime, log: Sequence[LogEntry], plan: Refreshers) -> datetime:
    """Replay the log: coming in counts as one answer that was right, each further one as it was.

    Source:
        FSRS-6 with its default weights; no minute steps and no chance, so that a log has one outcome.
    """
    scheduler = Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=plan.ceiling_days,
        enable_fuzzing=False,
    )
    card = Card(card_id=1)
    for entry in (LogEntry(since, is_right=True), *log):
        card, _ = scheduler.review_card(card, Rating.Good if entry.is_right else Rating.Again, entry.at)
    return card.due


def worst_first(topic: Topic) -> tuple[bool, bool, bool, datetime]:
    """Sort by safeguarding first, then by what was sure and wrong, then by what was missed, then by time."""
    return not topic.is_critical, not topic.was_sure, not topic.is_missed, topic.due_at
