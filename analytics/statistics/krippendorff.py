"""Krippendorff's alpha: agreement of any number of raters on any kind of scale, with missing ratings."""

from enum import StrEnum

import numpy as np

from analytics.statistics.agreement import NOBODY_TWICE
from analytics.statistics.arrays import Floats
from analytics.statistics.bootstrap import bootstrap_interval
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.ratings import Ratings
from curriculum.phrases import N_


class Metric(StrEnum):
    """What the distance of two levels means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(ratings: Ratings, metric: Metric) -> Estimate:
    """Return Krippendorff's alpha with a bootstrap interval over subjects.

    Args:
        ratings: Any number of raters; subjects with a single rating are left out.
        metric: Ordinal for rating levels. Interval and ratio need levels that are numbers; ratio none below 0.

    Returns:
        At most 1; below 0 when raters disagree more than chance.

    Source:
        Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", University of Pennsylvania.
    """
    counts = ratings.counts
    is_paired = (counts.sum(axis=1) >= 2).astype(np.float64)
    counts = counts[is_paired > 0]
    n = counts.shape[0]
    if n == 0:
        return not_computable(0, Method.KRIPPENDORFF, NOBODY_TWICE)
    if metric in (Metric.INTERVAL, Metric.RATIO) and not ratings.is_numeric:
        return not_computable(n, Method.KRIPPENDORFF, N_("the levels are no numbers"))
    if metric is Metric.RATIO and ratings.level_values.min() < 0:
        return not_computable(n, Method.KRIPPENDORFF, N_("a level is below zero"))
    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return not_computable(n, Method.KRIPPENDORFF, N_("every rating is the same level"))
    values, meetings = ratings.level_values, _meetings(counts)

    def alpha(drawn: Floats) -> Floats:
        return _alpha(np.tensordot(drawn, meetings, axes=1), values, metric)

    value = float(alpha(np.ones((1, n)))[0])
    interval = bootstrap_interval(n, alpha, clusters=ratings.clusters_of(is_paired))
    return Estimate(value, n, Method.KRIPPENDORFF, interval)


def _meetings(counts: Floats) -> Floats:
    """Return how often levels meet within each subject: shape (subject, level, level), a subject's sum its ratings."""
    products = counts[:, :, None] * counts[:, None, :] - counts[:, :, None] * np.eye(counts.shape[1])
    return products / (counts.sum(axis=1) - 1)[:, None, None]


def _alpha(meetings: Floats, values: Floats, metric: Metric) -> Floats:
    """Return the alpha of each table of meetings: shape (draw, level, level)."""
    given = meetings.sum(axis=2)
    distance = _distance(given, values, metric)
    seen = (meetings * distance).sum(axis=(1, 2))
    chance = (given[:, :, None] * given[:, None, :] * distance).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(chance > 0, 1 - (given.sum(axis=1) - 1) * seen / chance, np.nan)


def _distance(given: Floats, values: Floats, metric: Metric) -> Floats:
    """Return the squared distance of each pair of levels; the ordinal one counts the ratings between, in each draw."""
    match metric:
        case Metric.NOMINAL:
            return 1 - np.eye(values.size)
        case Metric.ORDINAL:
            places = np.cumsum(given, axis=1) - given / 2
            return (places[:, :, None] - places[:, None, :]) ** 2
        case Metric.INTERVAL:
            return np.subtract.outer(values, values) ** 2
        case Metric.RATIO:
            sums, differences = np.add.outer(values, values), np.subtract.outer(values, values)
            return np.divide(differences, sums, out=np.zeros_like(sums), where=sums > 0) ** 2
