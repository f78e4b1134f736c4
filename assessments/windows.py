"""When a trainee may start an attempt: how many are used, how long to wait, when a trainer has to unlock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assessments.facts import Attempt, AttemptStarted, Unlock
from assessments.scoring import has_passed
from curriculum.blueprints import Blueprint, Purpose


@dataclass(frozen=True, slots=True)
class AttemptWindow:
    """Where a trainee stands with the counting attempts of one blueprint.

    `used` of `allowed` attempts were started since the last unlock; `open` is the form in progress; `passed` the newest
    passed attempt of all times; `last` the newest attempt; `opens_at` the UTC instant when the waiting time ends, while
    it runs; `is_locked` says that only a trainer can give another attempt; `is_unmarked` that the newest attempt may
    yet pass, once a text is marked; `is_done` that a quiz that cannot be passed was handed in. A quiz for practice
    alone has no counting attempts: none may be started, and nothing is locked.
    """

    used: int
    allowed: int
    open: AttemptStarted | None
    passed: Attempt | None
    last: Attempt | None
    may_start: bool
    opens_at: datetime | None
    is_locked: bool
    is_unmarked: bool = False
    is_done: bool = False

    @property
    def is_over(self) -> bool:
        """Return whether no attempt is going on or still to come: passed, or locked. Then keys may be shown.

        Never for a quiz before or after teaching: its items are asked again.
        """
        is_waiting = self.may_start or self.opens_at is not None or self.is_unmarked
        return self.open is None and not is_waiting and not self.is_done


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
    is_gate = blueprint.purpose is Purpose.GATE
    is_passed = is_gate and any(has_passed(attempt) for attempt in tried)
    is_done = not is_gate and bool(attempts)
    is_unmarked = is_gate and not is_passed and bool(tried) and tried[-1].n_unmarked > 0
    is_settled = is_open is not None or is_passed or is_done or is_unmarked or blueprint.is_practice
    is_locked = not is_settled and len(fresh) >= blueprint.n_attempts
    opens_at = _waits_until(blueprint, tried, now) if not is_settled and not is_locked else None
    return AttemptWindow(
        used=len(fresh),
        allowed=blueprint.n_attempts,
        open=is_open,
        passed=next((attempt for attempt in reversed(attempts) if is_gate and has_passed(attempt)), None),
        last=attempts[-1] if attempts else None,
        may_start=not is_settled and not is_locked and opens_at is None,
        opens_at=opens_at,
        is_locked=is_locked,
        is_unmarked=is_unmarked,
        is_done=is_done,
    )


def _waits_until(blueprint: Blueprint, failed: Sequence[Attempt], now: datetime) -> datetime | None:
    if not failed:
        return None
    opens_at = failed[-1].occurred_at + timedelta(hours=blueprint.wait_hours)
    return opens_at if opens_at > now else None
