"""Calibration: raters score the same recorded sessions, whose right levels are known."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import UnknownLevelError
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.proportions import wilson
from analytics.statistics.quantiles import t_quantile
from analytics.statistics.ratings import Ratings
from curriculum.phrases import N_


@dataclass(frozen=True, slots=True)
class RaterCalibration:
    """One rater against the key.

    Attributes:
        rater: Who.
        n: How many lines of the key the rater scored.
        exact: The share scored exactly as the key, with Wilson's interval.
        difference: Mean of rating minus key, in levels, with a t interval; above 0: more lenient than the key.
        shrunk: The same, drawn towards 0 by as much as chance may account for; the one to compare raters by.
    """

    rater: str
    n: int
    exact: Estimate
    difference: Estimate
    shrunk: Estimate


def calibrate(ratings: Ratings, key: Mapping[str, str]) -> list[RaterCalibration]:
    """Return each rater's agreement with the key, in the order of the raters.

    Args:
        ratings: Levels that are numbers.
        key: The right level of each subject; subjects without one are left out.

    Raises:
        UnknownLevelError: A level of the key is not on the scale.

    Source:
        Shrinkage as in Efron & Morris (1975), doi:10.1080/01621459.1975.10479864, towards 0.
    """
    if unknown := sorted(set(key.values()) - set(ratings.levels)):
        raise UnknownLevelError(unknown, list(ratings.levels))
    levels = dict(zip(ratings.levels, ratings.level_values, strict=True))
    right: Floats = np.array([levels[key[name]] if name in key else np.nan for name in ratings.subjects])
    gaps = ratings.values - right[:, None]
    counted = [gaps[~np.isnan(gaps[:, i]), i] for i in range(len(ratings.raters))]
    noise = _pooled_variance(counted)
    spread = _spread_between(counted, noise)
    return [_one(rater, gap, noise, spread) for rater, gap in zip(ratings.raters, counted, strict=True)]


def _pooled_variance(gaps: list[Floats]) -> float:
    df = sum(max(gap.size - 1, 0) for gap in gaps)
    return sum(float(((gap - gap.mean()) ** 2).sum()) for gap in gaps if gap.size) / df if df else 0.0


def _spread_between(gaps: list[Floats], noise: float) -> float:
    """Return how much raters' true differences spread around 0: what chance does not account for."""
    found = [float(gap.mean()) ** 2 - noise / gap.size for gap in gaps if gap.size]
    return max(sum(found) / len(found), 0.0) if found else 0.0


def _one(rater: str, gap: Floats, noise: float, spread: float) -> RaterCalibration:
    n = gap.size
    if n == 0:
        nothing = not_computable(0, Method.T, N_("nothing of the key was scored"))
        return RaterCalibration(rater, 0, nothing, nothing, nothing)
    mean = float(gap.mean())
    exact = wilson(int((gap == 0).sum()), n)
    share = spread / (spread + noise / n) if spread + noise > 0 else 1.0
    shrunk = Estimate(mean * share, n, Method.SHRUNK)
    if n == 1:
        return RaterCalibration(rater, n, exact, Estimate(mean, n, Method.T), shrunk)
    half = t_quantile(n - 1) * sqrt(float(gap.var(ddof=1)) / n)
    return RaterCalibration(
        rater, n, exact, Estimate(mean, n, Method.T, Interval(mean - half, mean + half, Method.T)), shrunk
    )
