"""Time limits: when a form is over, how long after that an answer on its way still counts, and what is left."""

from datetime import datetime, timedelta

from assessments.facts import AttemptStarted, TimeAllowed
from curriculum.blueprints import Blueprint


def limit_of(blueprint: Blueprint, time: TimeAllowed) -> int | None:
    """Return a person's time limit in seconds; None without one."""
    if blueprint.minutes is None or time.factor is None:
        return None
    return round(blueprint.minutes * 60 * time.factor)


def ends_at(started: AttemptStarted) -> datetime | None:
    """Return when the time of a form is up; None without a limit."""
    return None if started.limit_s is None else started.occurred_at + timedelta(seconds=started.limit_s)


def is_late(started: AttemptStarted, blueprint: Blueprint, now: datetime) -> bool:
    """Return whether an answer that arrives now is too late: after the limit and the grace for slow connections."""
    over = ends_at(started)
    return over is not None and now > over + timedelta(seconds=blueprint.grace_seconds)


def minutes_left(started: AttemptStarted, now: datetime) -> int | None:
    """Return the minutes left, rounded up; 0 once the time is up, None without a limit."""
    over = ends_at(started)
    if over is None:
        return None
    return max(0, -int((now - over).total_seconds() // 60))
