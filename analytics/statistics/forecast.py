"""How many of those who wait now will be ready by a time, if they fare as past cohorts did."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.statistics.arrays import Floats
from analytics.statistics.bootstrap import SEED
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.thresholds import READY_TO_FORECAST
from analytics.statistics.waiting import End, shares_by_time
from curriculum.phrases import N_

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
    """Return how many of those who wait become ready within a time from now, as `forecast_ready_by`."""
    return forecast_ready_by(past, waited, [within])[0]


def forecast_ready_by(past: Sequence[PastCohort], waited: Sequence[float], within: Sequence[float]) -> list[Forecast]:
    """Return how many of those who wait become ready within each of some times from now.

    Args:
        past: Cohorts of the same programme, with leavers.
        waited: How long each person has waited so far.
        within: The times from now.

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
        return [Forecast(len(waited), n_unknown, not_computable(n_events, Method.BOOTSTRAP, because)) for _ in within]
    values = _expected(past, waited, within)
    drawn: list[list[int]] = np.random.default_rng(SEED).integers(0, len(past), (_DRAWS, len(past))).tolist()
    draws = [_expected([past[i] for i in chosen], waited, within) for chosen in drawn]
    ends: list[list[float]] = np.quantile(draws, [(1 - RANGE) / 2, (1 + RANGE) / 2], axis=0).tolist()
    intervals = [Interval(low, high, Method.BOOTSTRAP, RANGE) for low, high in zip(*ends, strict=True)]
    return [
        Forecast(len(waited), n_unknown, Estimate(value, n_events, Method.BOOTSTRAP, interval))
        for value, interval in zip(values, intervals, strict=True)
    ]


def _expected(past: Sequence[PastCohort], waited: Sequence[float], within: Sequence[float]) -> list[float]:
    """Return the sums of chances; who waited longer than anybody was watched, and what lies beyond, adds nothing."""
    shares = shares_by_time(
        [time for cohort in past for time in cohort.times], [end for cohort in past for end in cohort.ends]
    )
    at: Floats = np.array([time for time in waited if time <= shares.last], dtype=np.float64)
    now, still = shares.ready_at(at), shares.waiting_at(at)
    return [
        float(
            np.sum(np.where(still > 0, shares.ready_at(np.minimum(at + ahead, shares.last)) - now, 0.0) / _some(still))
        )
        for ahead in within
    ]


def _some(shares: Floats) -> Floats:
    return np.where(shares > 0, shares, 1.0)
