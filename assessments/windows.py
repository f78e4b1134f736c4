"""When a trainee may start an attempt: how many are used, how long to wait, when a trainer has to unlock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessments.facts import Attempt, AttemptStarted, Unlock
from assessments.scoring import has_passed
from curriculum.models import Blueprint


@dataclass(frozen=True, slots=True)
class AttemptWindow:
    """Where a trainee stands with the counting attempts of one blueprint.

    `used` of `allowed` attempts were started since the last unlock; `open` is the form in progress; `passed` the newest
    passed attempt of all times; `last` the newest attempt; `opens_at` the UTC instant when the waiting time ends, while
    it runs; `is_locked` says that only a trainer can give another attempt.
    """

    used: int
    allowed: int
    open: AttemptStarted | None
    passed: Attempt | None
    last: Attempt | None
    may_start: bool
    opens_at: datetime | None
    is_locked: bool

    @property
    def is_over(self) -> bool:
        """Return whether no attempt is going on or still to come: passed, or locked. Then keys may be shown."""
        return self.open is None and not self.may_start and self.opens_at is None


def find_window(
    blueprint: Blueprint,
    started: Sequence[AttemptStarted],
    attempts: Sequence[Attempt],
    unlocks: Sequence[Unlock],
    now: datetime,
) -> AttemptWindow:
    """Return the window of one trainee, from the facts on the blueprint's counting forms, each oldest first."""
    submitted = {attempt.started_id for attempt in attempts}
    fresh = [one for one in started if not unlocks or one.occurred_at >= unlocks[-1].occurred_at]
    fresh_ids = {one.fact_id for one in fresh}
    tried = [attempt for attempt in attempts if attempt.started_id in fresh_ids]
    is_open = next((one for one in reversed(started) if one.fact_id not in submitted), None)
    is_passed = any(has_passed(attempt) for attempt in tried)
    is_locked = is_open is None and not is_passed and len(fresh) >= blueprint.max_attempts
    is_free = is_open is None and not is_passed and not is_locked
    opens_at = _waits_until(blueprint, tried, now) if is_free else None
    return AttemptWindow(
        used=len(fresh),
        allowed=blueprint.max_attempts,
        open=is_open,
        passed=next((attempt for attempt in reversed(attempts) if has_passed(attempt)), None),
        last=attempts[-1] if attempts else None,
        may_start=is_free and opens_at is None,
        opens_at=opens_at,
        is_locked=is_locked,
    )


def _waits_until(blueprint: Blueprint, failed: Sequence[Attempt], now: datetime) -> datetime | None:
    if not failed:
        return None
    opens_at = failed[-1].occurred_at + timedelta(hours=blueprint.wait_hours)
    return opens_at if opens_at > now else None
