"""Intraclass correlations: how much of the spread of ratings is a difference between subjects."""

from dataclasses import dataclass
from math import isfinite
from typing import Final

import numpy as np

from analytics.statistics.arrays import Floats
from analytics.statistics.estimates import CONFIDENCE, Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import f_quantile
from curriculum.phrases import N_, Phrase

_UPPER: Final = (1 + CONFIDENCE) / 2


@dataclass(frozen=True, slots=True)
class IntraclassCorrelations:
    """The six forms of Shrout & Fleiss.

    A sign-off rests on one rater: look at the single ones first. Averages hide raters who are weak alone.

    Attributes:
        one_way: ICC(1,1): each subject rated by other raters.
        one_way_mean: ICC(1,k): of the mean of k raters.
        random: ICC(2,1): the same raters for all, drawn from many, who must agree in level.
        random_mean: ICC(2,k).
        fixed: ICC(3,1): just these raters; how severe each is does not count.
        fixed_mean: ICC(3,k).
        k: Raters in the averages: of each subject; on average (harmonically weighted) where the numbers differ.
    """

    one_way: Estimate
    one_way_mean: Estimate
    random: Estimate
    random_mean: Estimate
    fixed: Estimate
    fixed_mean: Estimate
    k: float


def intraclass_correlations(ratings: Floats) -> IntraclassCorrelations:
    """Return the intraclass correlations with intervals from F.

    The one-way forms take all subjects with two ratings or more. The others take the subjects that every rater rated.

    Args:
        ratings: Shape (subject, rater), NaN where there is no rating.

    Source:
        Shrout & Fleiss (1979), doi:10.1037/0033-2909.86.2.420; McGraw & Wong (1996), doi:10.1037/1082-989X.1.1.30.
        One-way with unequal numbers of ratings: Snedecor & Cochran (1989), 13.3; its interval is approximate.
    """
    one_way, one_way_mean, k = _one_way(ratings)
    complete = ratings[~np.isnan(ratings).any(axis=1)]
    return IntraclassCorrelations(one_way, one_way_mean, *_two_way(complete), k)


# ---------------------------------------------------------------- each subject its own raters


def _one_way(ratings: Floats) -> tuple[Estimate, Estimate, float]:
    given = ~np.isnan(ratings)
    paired = given.sum(axis=1) >= 2
    ratings, given = ratings[paired], given[paired]
    n = ratings.shape[0]
    if n < 2:
        return *_neither(n, N_("fewer than two subjects were rated by two")), 0.0
    numbers = given.sum(axis=1).astype(np.float64)
    total = float(numbers.sum())
    filled = np.where(given, ratings, 0.0)
    means = filled.sum(axis=1) / numbers
    grand = float(filled.sum()) / total
    k = (total - float((numbers**2).sum()) / total) / (n - 1)
    between = float((numbers * (means - grand) ** 2).sum()) / (n - 1)
    within = float((np.where(given, ratings - means[:, None], 0.0) ** 2).sum()) / (total - n)
    if _is_flat(between, within, grand):
        return *_neither(n, _ALL_SAME), k
    single = (between - within) / (between + (k - 1) * within)
    mean = (between - within) / between if between > 0 else float("-inf")
    df, df_error = n - 1, total - n
    ratio = between / within if within > 0 else float("inf")
    low = ratio / f_quantile(df, df_error, _UPPER)
    high = ratio * f_quantile(df_error, df, _UPPER)
    return _estimate(single, n, _single(low, k), _single(high, k)), _estimate(mean, n, _of_mean(low), _of_mean(high)), k


# ---------------------------------------------------------------- every subject the same raters


def _two_way(ratings: Floats) -> tuple[Estimate, Estimate, Estimate, Estimate]:
    n, k = ratings.shape
    if k < 2 or n < 2:
        reason = N_("fewer than two subjects were rated by every rater")
        return *_neither(n, reason), *_neither(n, reason)
    grand = float(ratings.mean())
    rows, columns = ratings.mean(axis=1), ratings.mean(axis=0)
    between = k * float(((rows - grand) ** 2).sum()) / (n - 1)
    judges = n * float(((columns - grand) ** 2).sum()) / (k - 1)
    left = ratings - rows[:, None] - columns[None, :] + grand
    error = float((left**2).sum()) / ((n - 1) * (k - 1))
    if _is_flat(between, error, grand) or between == 0:
        return *_neither(n, _ALL_SAME), *_neither(n, _ALL_SAME)
    return *_random(between, judges, error, n, k), *_fixed(between, error, n, k)


def _random(between: float, judges: float, error: float, n: int, k: int) -> tuple[Estimate, Estimate]:
    single = (between - error) / (between + (k - 1) * error + k * (judges - error) / n)
    mean = (between - error) / (between + (judges - error) / n)
    if error == 0:
        return Estimate(single, n, Method.VARIANCE_RATIO), Estimate(mean, n, Method.VARIANCE_RATIO)
    ratio = judges / error
    rest = n * (1 + (k - 1) * single) - k * single
    top = (k - 1) * (n - 1) * (k * single * ratio + rest) ** 2
    df = top / ((n - 1) * k**2 * single**2 * ratio**2 + rest**2)
    upper, lower = f_quantile(n - 1, df, _UPPER), f_quantile(df, n - 1, _UPPER)
    others = k * judges + (k * n - k - n) * error
    low = n * (between - upper * error) / (upper * others + n * between)
    high = n * (lower * between - error) / (others + n * lower * between)
    return _estimate(single, n, low, high), _estimate(mean, n, spearman_brown(low, k), spearman_brown(high, k))


def _fixed(between: float, error: float, n: int, k: int) -> tuple[Estimate, Estimate]:
    single, mean = (between - error) / (between + (k - 1) * error), (between - error) / between
    df, df_error = n - 1, (n - 1) * (k - 1)
    ratio = between / error if error > 0 else float("inf")
    low = ratio / f_quantile(df, df_error, _UPPER)
    high = ratio * f_quantile(df_error, df, _UPPER)
    return _estimate(single, n, _single(low, k), _single(high, k)), _estimate(mean, n, _of_mean(low), _of_mean(high))


def spearman_brown(reliability: float, k: float) -> float:
    """Return the reliability of the mean of k ratings, from that of one.

    Source: Spearman (1910), doi:10.1111/j.2044-8295.1910.tb00206.x; Brown (1910), same issue.
    """
    return k * reliability / (1 + (k - 1) * reliability)


# ---------------------------------------------------------------- ends


_ALL_SAME: Final = N_("every rating is the same level")


def _neither(n: int, reason: Phrase) -> tuple[Estimate, Estimate]:
    return not_computable(n, Method.VARIANCE_RATIO, reason), not_computable(n, Method.VARIANCE_RATIO, reason)


def _is_flat(between: float, error: float, mean: float) -> bool:
    return between + error <= (1e-12 * max(1.0, abs(mean))) ** 2


def _single(ratio: float, k: float) -> float:
    return 1.0 if ratio == float("inf") else (ratio - 1) / (ratio + k - 1)


def _of_mean(ratio: float) -> float:
    return 1 - 1 / ratio if ratio > 0 else float("-inf")


def _estimate(value: float, n: int, low: float, high: float) -> Estimate:
    if value == float("-inf"):
        return not_computable(n, Method.VARIANCE_RATIO, N_("the subjects do not differ at all"))
    interval = Interval(low if isfinite(low) else None, high if isfinite(high) else None, Method.VARIANCE_RATIO)
    return Estimate(value, n, Method.VARIANCE_RATIO, interval)
