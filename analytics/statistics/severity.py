"""How severe each rater is, where they rated the same subjects, and whether that changes over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from scipy.linalg import pinvh

from analytics.phrases import N_
from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.errors import ShapeError
from analytics.statistics.estimates import CONFIDENCE, Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import t_quantile
from analytics.statistics.ratings import Ratings
from analytics.statistics.thresholds import RATERS, RaterThresholds

MONTH_DAYS = 30.0


class Leaning(StrEnum):
    """What a rater's severity says, when it says anything."""

    LENIENT = "lenient"
    SEVERE = "severe"


@dataclass(frozen=True, slots=True)
class RaterSeverity:
    """One rater beside others on the same subjects.

    Attributes:
        rater: Who.
        n: Ratings beside which somebody else's stands.
        group: The number, from 1, of the group within which severities can be compared; None for a rater alone.
        severity: Levels above (+, lenient) or below (-, severe) the raters of the group.
        leaning: Set when the interval, made wide enough for all raters at once, shuts out 0.
    """

    rater: str
    n: int
    group: int | None
    severity: Estimate
    leaning: Leaning | None


@dataclass(frozen=True, slots=True)
class RaterDrift:
    """How a rater's ratings move against those of others over time, in levels a month; above 0: more lenient."""

    rater: str
    n: int
    drift: Estimate
    is_drifting: bool


def rater_groups(ratings: Ratings) -> list[int]:
    """Return the group, from 1, of each rater: raters joined by subjects they share, directly or through others.

    Severities of different groups cannot be compared: nothing tells a severe rater from a weak trainee.
    """
    parent = list(range(len(ratings.raters)))

    def root(rater: int) -> int:
        while parent[rater] != rater:
            parent[rater] = parent[parent[rater]]
            rater = parent[rater]
        return rater

    for row in ratings.codes >= 0:
        together = np.flatnonzero(row)
        for rater in together[1:]:
            parent[root(int(rater))] = root(int(together[0]))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root(rater), len(numbers) + 1) for rater in range(len(ratings.raters))]


@dataclass(frozen=True, slots=True)
class _Fit:
    """Least squares of rating = subject + rater, raters of a group summing to 0."""

    severities: Floats
    variances: Floats
    df: int
    beside: Ints


def _fit(ratings: Ratings, groups: Sequence[int]) -> _Fit:
    values = ratings.values
    shared = (~np.isnan(values)).sum(axis=1) >= 2
    values = values[shared]
    given = ~np.isnan(values)
    numbers = given.sum(axis=1)
    means = np.where(given, values, 0.0).sum(axis=1) / np.maximum(numbers, 1)
    own = np.where(given, values - means[:, None], 0.0)
    laplacian = np.diag(given.sum(axis=0).astype(np.float64)) - given.T.astype(np.float64) @ (given / numbers[:, None])
    inverse: Floats = np.array(pinvh(laplacian), dtype=np.float64)
    severities: Floats = inverse @ own.sum(axis=0)
    fitted: Floats = (
        severities[None, :] - (np.where(given, severities[None, :], 0.0).sum(axis=1) / np.maximum(numbers, 1))[:, None]
    )
    residuals = np.where(given, own - fitted, 0.0)
    joined = {group for group, n in zip(groups, given.sum(axis=0), strict=True) if n}
    n_raters = int((given.sum(axis=0) > 0).sum())
    df = int(given.sum()) - values.shape[0] - (n_raters - len(joined))
    error = float((residuals**2).sum()) / df if df > 0 else float("nan")
    return _Fit(severities, np.diag(inverse) * error, df, given.sum(axis=0))


def rater_severities(ratings: Ratings, thresholds: RaterThresholds = RATERS) -> list[RaterSeverity]:
    """Return how lenient or severe each rater is, from subjects that others rated too.

    Differences between subjects are taken out, so that whoever happened to see the stronger trainees is not called
    lenient.

    Args:
        ratings: Levels that are numbers.
        thresholds: How many shared ratings a severity needs.

    Source:
        Additive two-way model by least squares, Searle (1971), Linear Models, ch. 7; Bonferroni for the leaning.
    """
    groups = rater_groups(ratings)
    fit = _fit(ratings, groups)
    return [
        _severity(rater, i, fit, groups[i] if groups.count(groups[i]) > 1 else None, thresholds)
        for i, rater in enumerate(ratings.raters)
    ]


def _severity(rater: str, i: int, fit: _Fit, group: int | None, thresholds: RaterThresholds) -> RaterSeverity:
    n, value = int(fit.beside[i]), float(fit.severities[i])
    if group is None:
        reason = N_("nobody else rated the same subjects")
        return RaterSeverity(rater, n, group, not_computable(n, Method.LEAST_SQUARES, reason), None)
    if n < thresholds.severity or fit.df <= 0:
        reason = N_("{need} ratings beside others' are needed; there are {n}", need=thresholds.severity, n=n)
        return RaterSeverity(rater, n, group, not_computable(n, Method.LEAST_SQUARES, reason), None)
    se = sqrt(max(float(fit.variances[i]), 0.0))
    half = t_quantile(fit.df) * se
    wide = t_quantile(fit.df, 1 - (1 - CONFIDENCE) / len(fit.severities)) * se
    interval = Interval(value - half, value + half, Method.LEAST_SQUARES)
    leaning = (Leaning.LENIENT if value > 0 else Leaning.SEVERE) if abs(value) > wide else None
    return RaterSeverity(rater, n, group, Estimate(value, n, Method.LEAST_SQUARES, interval, se), leaning)


# ---------------------------------------------------------------- over time


def rater_drifts(ratings: Ratings, days: Sequence[float], thresholds: RaterThresholds = RATERS) -> list[RaterDrift]:
    """Return how each rater's ratings move against the others' on the same subjects, over time.

    A rating is compared with the mean of the other ratings of the subject, each freed of its rater's mean severity; the
    slope of that difference over the days is the drift.

    Args:
        ratings: Levels that are numbers.
        days: The day of each subject, as a number.
        thresholds: How many shared ratings a drift needs.

    Raises:
        ShapeError: There is not one day for each subject.

    Source:
        Simple regression; Bonferroni over the raters for `is_drifting`.
    """
    if len(days) != len(ratings.subjects):
        raise ShapeError("Days of the subjects", f"{len(days)}", f"{len(ratings.subjects)}")
    freed = ratings.values - _fit(ratings, rater_groups(ratings)).severities[None, :]
    when: Floats = np.array(days, dtype=np.float64) / MONTH_DAYS
    return [_drift(rater, freed, i, when, thresholds) for i, rater in enumerate(ratings.raters)]


def _drift(rater: str, freed: Floats, i: int, when: Floats, thresholds: RaterThresholds) -> RaterDrift:
    others = np.delete(freed, i, axis=1)
    shared = ~np.isnan(freed[:, i]) & (~np.isnan(others)).any(axis=1)
    n = int(shared.sum())
    if n < thresholds.drift:
        reason = N_("{need} ratings beside others' are needed; there are {n}", need=thresholds.drift, n=n)
        return RaterDrift(rater, n, not_computable(n, Method.LEAST_SQUARES, reason), False)
    gap, at = freed[shared, i] - _row_means(others[shared]), when[shared]
    at = at - at.mean()
    spread = float(at @ at)
    if spread == 0:
        return RaterDrift(rater, n, not_computable(n, Method.LEAST_SQUARES, N_("all were rated on one day")), False)
    slope = float(at @ gap) / spread
    left = gap - gap.mean() - slope * at
    se = sqrt(float(left @ left) / (n - 2) / spread)
    half = t_quantile(n - 2) * se
    wide = t_quantile(n - 2, 1 - (1 - CONFIDENCE) / freed.shape[1]) * se
    interval = Interval(slope - half, slope + half, Method.LEAST_SQUARES)
    return RaterDrift(rater, n, Estimate(slope, n, Method.LEAST_SQUARES, interval, se), abs(slope) > wide)


def _row_means(values: Floats) -> Floats:
    """Return the mean of each row's numbers; every row has one."""
    given = ~np.isnan(values)
    return np.where(given, values, 0.0).sum(axis=1) / given.sum(axis=1)
