"""How many of those who wait now will be ready by a time, if they fare as past cohorts did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.phrases import N_
from analytics.statistics.bootstrap import SEED
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.thresholds import READY_TO_FORECAST
from analytics.statistics.waiting import Curve, End, aalen_johansen, kaplan_meier

RANGE: Final = 0.8
"""A forecast comes with an 80 % range; a wider one would say nothing at these numbers."""

_DRAWS: Final = 500


@dataclass(frozen=True, slots=True)
class PastCohort:
    """How long each person of a past cohort was watched, and how that ended."""

    times: tuple[float, ...]
    ends: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many become ready within a time from now.

    Attributes:
        n_waiting: How many wait.
        n_unknown: How many of them have waited longer than anybody in the past was watched: none of them is counted.
        ready: How many of the others, with an 80 % range by drawing the past cohorts anew.
    """

    n_waiting: int
    n_unknown: int
    ready: Estimate


def forecast_ready(past: Sequence[PastCohort], waited: Sequence[float], within: float) -> Forecast:
    """Return how many of those who wait become ready within a time from now.

    Args:
        past: Cohorts of the same programme, with leavers.
        waited: How long each person has waited so far.
        within: The time from now.

    Source:
        Conditional cumulative incidence, (F(w + h) - F(w)) / S(w), summed; F by Aalen-Johansen over the pooled past.
    """
    n_events = sum(end is End.READY for cohort in past for end in cohort.ends)
    last = max((time for cohort in past for time in cohort.times), default=0.0)
    n_unknown = sum(time >= last for time in waited)
    if n_events < READY_TO_FORECAST:
        because = N_(
            "{need} people of past cohorts must have become ready; {n} have", need=READY_TO_FORECAST, n=n_events
        )
        return Forecast(len(waited), n_unknown, not_computable(n_events, Method.BOOTSTRAP, because))
    value = _expected(past, waited, within)
    drawn: list[list[int]] = np.random.default_rng(SEED).integers(0, len(past), (_DRAWS, len(past))).tolist()
    draws = [_expected([past[i] for i in chosen], waited, within) for chosen in drawn]
    low, high = np.quantile(draws, [(1 - RANGE) / 2, (1 + RANGE) / 2])
    interval = Interval(float(low), float(high), Method.BOOTSTRAP, RANGE)
    return Forecast(len(waited), n_unknown, Estimate(value, n_events, Method.BOOTSTRAP, interval))


def _expected(past: Sequence[PastCohort], waited: Sequence[float], within: float) -> float:
    times = [time for cohort in past for time in cohort.times]
    ends = [end for cohort in past for end in cohort.ends]
    ready = aalen_johansen(times, ends)
    gone = kaplan_meier(times, [End.WAITING if end is End.WAITING else End.READY for end in ends])
    return sum(n * _chance(ready, gone, time, within) for time, n in Counter(waited).items())


def _chance(ready: Curve, gone: Curve, waited: float, within: float) -> float:
    """Return the chance to become ready within a time; what lies beyond the longest watch adds nothing."""
    now = ready.at(waited).value
    then = ready.at(min(waited + within, ready.last)).value
    still = gone.at(waited).value
    return 0.0 if now is None or then is None or not still else (then - now) / still
