"""Time until something happens to people who are still waiting, or who leave: Kaplan-Meier and Aalen-Johansen."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import exp, log
from typing import Final

import numpy as np

from analytics.statistics.arrays import Flags, Floats, Ints
from analytics.statistics.errors import RangeError, ShapeError
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import normal_quantile
from curriculum.phrases import N_


class End(IntEnum):
    """How a person's waiting ended, as far as is known."""

    WAITING = 0
    READY = 1
    LEFT = 2


@dataclass(frozen=True, slots=True)
class Step:
    """What is known from one time on, until the next step.

    Attributes:
        time: In the unit of the data, such as weeks since enrolment.
        at_risk: How many were still waiting just before.
        n_events: How many became ready then.
        n_left: How many left then, without being ready.
        share: The share of people: still waiting (Kaplan-Meier) or ready by then (Aalen-Johansen).
        se: Its standard error.
        interval: Of the share; an end that is not known is None.
    """

    time: float
    at_risk: int
    n_events: int
    n_left: int
    share: float
    se: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Curve:
    """A step for each time at which something happened. Before the first nobody is ready.

    Attributes:
        steps: By time.
        n: How many people.
        last: The longest time that anybody was watched.
        is_over: Whether nobody waited any longer then, so that nothing can change beyond.
        is_falling: Whether shares are of those still waiting (from 1 down) or of those ready (from 0 up).
    """

    steps: tuple[Step, ...]
    n: int
    last: float
    is_over: bool
    is_falling: bool

    @property
    def n_events(self) -> int:
        """Return how many became ready."""
        return sum(step.n_events for step in self.steps)

    def at(self, time: float) -> Estimate:
        """Return the share at a time. Beyond the last time watched there is none, unless nobody waited any more."""
        start = 1.0 if self.is_falling else 0.0
        if self.n == 0:
            return not_computable(0, Method.LOG_LOG, N_("nobody has started"))
        n_passed = bisect_right(self.steps, time, key=lambda step: step.time)
        if time > self.last and not self.is_over:
            return not_computable(self.n, Method.LOG_LOG, N_("nobody was watched for so long"))
        if not n_passed:
            return Estimate(start, self.n, Method.LOG_LOG)
        step = self.steps[n_passed - 1]
        return Estimate(step.share, self.n, Method.LOG_LOG, step.interval, step.se)


@dataclass(frozen=True, slots=True)
class Shares:
    """The shares ready and waiting from each time on, without their intervals: fast, for drawing anew.

    Attributes:
        times: At which something happened, rising.
        ready: From 0, then from each time on, where leaving ends a person's chance.
        waiting: From 1, then from each time on: neither ready nor gone.
        last: The longest time that anybody was watched.
    """

    times: Floats
    ready: Floats
    waiting: Floats
    last: float

    def ready_at(self, times: Floats) -> Floats:
        """Return the share ready at each of some times."""
        return self.ready[np.searchsorted(self.times, times, side="right")]

    def waiting_at(self, times: Floats) -> Floats:
        """Return the share still waiting just after each of some times."""
        return self.waiting[np.searchsorted(self.times, times, side="right")]


@dataclass(frozen=True, slots=True)
class _Table:
    """People counted by the times at which something happened."""

    n: int
    last: float
    last_ends: frozenset[int]
    times: Floats
    at_risk: Floats
    ready: Floats
    left: Floats


def kaplan_meier(times: Sequence[float], ends: Sequence[End]) -> Curve:
    """Return the share still waiting. Leavers count as people of whom no more is known: right only if nobody leaves.

    Args:
        times: How long each person was watched, 0 or more.
        ends: How that ended.

    Raises:
        ShapeError: There are not as many times as ends.
        RangeError: A time is negative or no number.

    Source:
        Kaplan & Meier (1958), doi:10.1080/01621459.1958.10501452; Greenwood (1926); interval by log(-log): Kalbfleisch
        & Prentice (2002), The Statistical Analysis of Failure Time Data, 1.4.
    """
    table = _tabulate(times, ends)
    events = table.ready > 0
    at_risk, ready = table.at_risk[events], table.ready[events]
    share: Floats = np.cumprod(1 - ready / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore"):
        terms = np.where(at_risk > ready, ready / (at_risk * (at_risk - ready)), np.inf)
    se: Floats = share * np.sqrt(np.where(share > 0, np.cumsum(terms), 0.0))
    return _curve(table, events, share, se, is_falling=True)


def aalen_johansen(times: Sequence[float], ends: Sequence[End]) -> Curve:
    """Return the share ready by each time, where leaving ends a person's chance of becoming ready.

    Args, Raises: As `kaplan_meier`.

    Source:
        Aalen & Johansen (1978), Scandinavian Journal of Statistics 5, 141-150; variance by the delta method: Marubini &
        Valsecchi (1995), Analysing Survival Data, 10.2; interval by log(-log): Choudhury (2002), doi:10.1002/sim.1037.
    """
    table = _tabulate(times, ends)
    gone = table.ready + table.left
    waiting = np.cumprod(1 - gone / table.at_risk)
    before = np.concatenate([[1.0], waiting[:-1]])
    share = np.cumsum(before * table.ready / table.at_risk)
    se = np.sqrt(np.maximum(_incidence_variance(table, before, share), 0.0))
    events = table.ready > 0
    return _curve(table, events, share[events], se[events], is_falling=False)


def shares_by_time(times: Sequence[float], ends: Sequence[End]) -> Shares:
    """Return what `aalen_johansen` does of the share ready, and of the share still waiting, without intervals.

    Args, Raises: As `kaplan_meier`.
    """
    table = _tabulate(times, ends)
    waiting = np.concatenate([[1.0], np.cumprod(1 - (table.ready + table.left) / table.at_risk)])
    ready = np.concatenate([[0.0], np.cumsum(waiting[:-1] * table.ready / table.at_risk)])
    return Shares(table.times, ready, waiting, table.last)


def _incidence_variance(table: _Table, before: Floats, share: Floats) -> Floats:
    n, ready, gone = table.at_risk, table.ready, table.ready + table.left
    with np.errstate(divide="ignore"):
        waiting = np.where(n > gone, gone / (n * (n - gone)), 0.0)
    direct = before**2 * ready * (n - ready) / n**3
    mixed = before * ready / n**2
    first = share**2 * np.cumsum(waiting) - 2 * share * np.cumsum(waiting * share) + np.cumsum(waiting * share**2)
    third = share * np.cumsum(mixed) - np.cumsum(mixed * share)
    return first + np.cumsum(direct) - 2 * third


def _tabulate(times: Sequence[float], ends: Sequence[End]) -> _Table:
    if len(times) != len(ends):
        raise ShapeError("Times and how they ended", f"{len(times)} and {len(ends)}", "as many of both")
    if wrong := [time for time in times if not time >= 0 or time == float("inf")]:
        raise RangeError("A time of waiting", wrong[0], "0 or more")
    at: Floats = np.array(times, dtype=np.float64)
    how: Ints = np.array([int(end) for end in ends], dtype=np.int64)
    happened = np.unique(at[how != End.WAITING])
    ordered = np.sort(at)
    at_risk = at.size - np.searchsorted(ordered, happened, side="left").astype(np.float64)
    ready, left = (_count(at, how == end, happened) for end in (End.READY, End.LEFT))
    last = float(at.max(initial=0.0))
    return _Table(at.size, last, frozenset(how[at == last].tolist()), happened, at_risk, ready, left)


def _count(at: Floats, which: Flags, happened: Floats) -> Floats:
    return np.bincount(np.searchsorted(happened, at[which]), minlength=happened.size).astype(np.float64)


def _curve(table: _Table, events: Flags, share: Floats, se: Floats, *, is_falling: bool) -> Curve:
    columns = zip(
        table.times[events].tolist(),
        table.at_risk[events].tolist(),
        table.ready[events].tolist(),
        table.left[events].tolist(),
        share.tolist(),
        se.tolist(),
        strict=True,
    )
    steps = tuple(
        Step(time, int(at_risk), int(ready), int(left), value, error, _log_log(value, error))
        for time, at_risk, ready, left, value, error in columns
    )
    known = {End.READY} if is_falling else {End.READY, End.LEFT}
    return Curve(steps, table.n, table.last, table.last_ends <= known, is_falling)


_ROUNDING: Final = 1e-12
"""A share so near to none or all is none or all."""


def _log_log(share: float, se: float) -> Interval:
    if not _ROUNDING < share < 1 - _ROUNDING:
        return Interval(None, None, Method.LOG_LOG)
    reach = exp(normal_quantile() * se / (share * -log(share)))
    return Interval(share**reach, share ** (1 / reach), Method.LOG_LOG)
