"""Single figures of how long people wait: by when half are ready, how long on average within a horizon."""

from collections.abc import Sequence
from math import sqrt

import numpy as np

from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.bootstrap import bootstrap_interval
from analytics.statistics.errors import RangeError
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import normal_quantile
from analytics.statistics.waiting import Curve, End, aalen_johansen
from curriculum.phrases import N_


def median_time(curve: Curve) -> Estimate:
    """Return the time by which half of the people are ready.

    An end of the interval that the data do not reach is None: "weeks 9 to not yet known". Of a Kaplan-Meier curve it is
    the time by which half would be ready if nobody left.

    Source: Brookmeyer & Crowley (1982), doi:10.2307/2530286, on the log(-log) interval.
    """
    value = _crossing(curve, [step.share for step in curve.steps])
    lows, highs = [step.interval.low for step in curve.steps], [step.interval.high for step in curve.steps]
    first, last = (lows, highs) if curve.is_falling else (highs, lows)
    interval = Interval(_crossing(curve, first), _crossing(curve, last), Method.LOG_LOG)
    because = N_("fewer than half are ready yet") if value is None else None
    return Estimate(value, curve.n, Method.LOG_LOG, interval, because=because)


def _crossing(curve: Curve, shares: Sequence[float | None]) -> float | None:
    """Return the first time at which the shares have come to one half; where they stay there, the middle of it."""
    for i, (step, share) in enumerate(zip(curve.steps, shares, strict=True)):
        if share is None:
            continue
        if abs(share - 0.5) < 1e-9 and i + 1 < len(curve.steps):
            return (step.time + curve.steps[i + 1].time) / 2
        if (share <= 0.5) if curve.is_falling else (share >= 0.5):
            return step.time
    return None


def mean_time_waiting(curve: Curve, until: float) -> Estimate:
    """Return the mean time spent waiting within the first `until`, from a Kaplan-Meier curve.

    Unlike the median it is known even when fewer than half are ready.

    Raises:
        RangeError: `until` is not above 0, or the curve is not one of those still waiting.

    Source:
        Restricted mean, Klein & Moeschberger (2003), Survival Analysis, 4.5; the same as R's `survfit` with `rmean`.
    """
    _require_horizon(until)
    if not curve.is_falling:
        raise RangeError("The share at the start", 0, "1: a curve of those still waiting")
    if (reason := curve.at(until).because) is not None:
        return not_computable(curve.n, Method.LARGE_SAMPLE, reason)
    inside = [step for step in curve.steps if step.time < until]
    times = [0.0, *(step.time for step in inside), until]
    areas = [share * (times[i + 1] - times[i]) for i, share in enumerate([1.0, *(step.share for step in inside)])]
    variance = sum(
        sum(areas[i + 1 :]) ** 2 * step.n_events / (step.at_risk * (step.at_risk - step.n_events))
        for i, step in enumerate(inside)
        if step.at_risk > step.n_events
    )
    value, se = sum(areas), sqrt(variance)
    half = normal_quantile() * se
    interval = Interval(max(value - half, 0.0), min(value + half, until), Method.LARGE_SAMPLE)
    return Estimate(value, curve.n, Method.LARGE_SAMPLE, interval, se)


def mean_time_ready(times: Sequence[float], ends: Sequence[End], until: float) -> Estimate:
    """Return the mean time spent ready within the first `until`, leavers never becoming so.

    Args:
        times: How long each person was watched, 0 or more.
        ends: How that ended.
        until: The time looked at.

    Returns:
        In the unit of the times, with a bootstrap interval over people.

    Raises:
        ShapeError: There are not as many times as ends.
        RangeError: A time is negative or no number, or `until` is not above 0.

    Source:
        The area under the Aalen-Johansen curve: Andersen (2013), doi:10.1002/sim.5903.
    """
    _require_horizon(until)
    curve = aalen_johansen(times, ends)
    if (reason := curve.at(until).because) is not None:
        return not_computable(curve.n, Method.BOOTSTRAP, reason)
    at: Floats = np.array(times, dtype=np.float64)
    how: Ints = np.array([int(end) for end in ends], dtype=np.int64)
    happened = np.unique(at[(how != End.WAITING) & (at < until)])
    same = at[:, None] == happened
    is_at_risk, is_ready = (at[:, None] >= happened).astype(np.float64), (same & (how == End.READY)[:, None])
    is_gone = same & (how != End.WAITING)[:, None]

    def area(drawn: Floats) -> Floats:
        at_risk = np.maximum(drawn @ is_at_risk, 1e-9)
        waiting: Floats = np.cumprod(1 - drawn @ is_gone / at_risk, axis=1, dtype=np.float64)
        before = np.concatenate([np.ones((drawn.shape[0], 1)), waiting[:, :-1]], axis=1)
        return (before * (drawn @ is_ready) / at_risk) @ (until - happened)

    value = float(area(np.ones((1, curve.n)))[0])
    return Estimate(value, curve.n, Method.BOOTSTRAP, bootstrap_interval(curve.n, area))


def _require_horizon(until: float) -> None:
    if not until > 0:
        raise RangeError("The time looked at", until, "above 0")
