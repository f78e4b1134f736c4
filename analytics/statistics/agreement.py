"""Several raters, some ratings missing: share of agreement, Fleiss' kappa and Gwet's AC1 and AC2."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from analytics.statistics.arrays import Floats
from analytics.statistics.bootstrap import bootstrap_interval
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import t_quantile
from analytics.statistics.ratings import Ratings
from curriculum.phrases import N_, Phrase

NOBODY_TWICE = N_("no subject was rated by two")
ONE_LEVEL = N_("every rating is the same level, and the scale is not known")


@dataclass(frozen=True, slots=True)
class _Shares:
    """What the multi-rater coefficients are made of, a subject a row.

    Attributes:
        is_paired: Whether a subject has two ratings or more.
        agreement: The share of its pairs of ratings that agree, by weights; 0 where there is no pair.
        levels: Shape (subject, level): the share of its ratings at each level.
    """

    is_paired: Floats
    agreement: Floats
    levels: Floats


def _shares(ratings: Ratings, weights: Floats) -> _Shares:
    counts = ratings.counts
    n_raters = counts.sum(axis=1)
    counts, n_raters = counts[n_raters > 0], n_raters[n_raters > 0]
    pairs = n_raters * (n_raters - 1)
    agreeing = (counts * (counts @ weights - 1)).sum(axis=1)
    is_paired = n_raters >= 2
    agreement = np.divide(agreeing, pairs, out=np.zeros_like(pairs), where=is_paired)
    return _Shares(is_paired.astype(np.float64), agreement, counts / n_raters[:, None])


def percent_agreement(ratings: Ratings, weights: Floats) -> Estimate:
    """Return the share of pairs of ratings of the same subject that agree, each subject counting alike.

    Args:
        ratings: Any number of raters; subjects with one rating are left out.
        weights: What counts as agreement: shape (level, level).

    Returns:
        0 to 1, with a bootstrap interval over subjects.
    """
    shares = _shares(ratings, weights)
    n = int(shares.is_paired.sum())
    if n == 0:
        return not_computable(0, Method.COUNTED, NOBODY_TWICE)
    paired = shares.agreement[shares.is_paired > 0]
    clusters = ratings.clusters_of(shares.is_paired)

    def share(drawn: Floats) -> Floats:
        return drawn @ paired / drawn.sum(axis=1)

    interval = bootstrap_interval(n, share, clusters=clusters)
    return Estimate(float(paired.mean()), n, Method.COUNTED, interval)


def adjacent_weights(n_levels: int) -> Floats:
    """Return weights by which the same level and its neighbours agree: "within one level"."""
    return (np.abs(np.subtract.outer(np.arange(n_levels), np.arange(n_levels))) <= 1).astype(np.float64)


# ---------------------------------------------------------------- Fleiss


def fleiss_kappa(ratings: Ratings) -> Estimate:
    """Return Fleiss' kappa, generalised to missing ratings, with a bootstrap interval over subjects.

    Source:
        Fleiss (1971), doi:10.1037/h0031619; with missing ratings as in Gwet (2014), Handbook of Inter-Rater
        Reliability, ch. 3.
    """
    shares = _shares(ratings, np.eye(len(ratings.levels)))
    n = int(shares.is_paired.sum())
    if reason := _not_defined(n, ratings):
        return not_computable(n, Method.FLEISS, reason)

    def kappa(drawn: Floats) -> Floats:
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = drawn @ shares.agreement / (drawn @ shares.is_paired)
            chance = ((drawn @ shares.levels / drawn.sum(axis=1, keepdims=True)) ** 2).sum(axis=1)
            return np.where(1 - chance > 1e-12, (observed - chance) / (1 - chance), np.nan)

    n_subjects = shares.is_paired.size
    value = float(kappa(np.ones((1, n_subjects)))[0])
    interval = bootstrap_interval(n_subjects, kappa, clusters=ratings.clusters)
    return Estimate(value, n, Method.FLEISS, interval)


@dataclass(frozen=True, slots=True)
class CategoryKappa:
    """How well raters agree on one level against all others."""

    level: str
    kappa: Estimate


def category_kappas(ratings: Ratings) -> list[CategoryKappa]:
    """Return Fleiss' kappa of each level, where every subject has the same number of ratings.

    Source: Fleiss (1971), formula 17.
    """
    counts = ratings.counts
    n_raters = _common_number(counts)
    n = counts.shape[0]
    return [CategoryKappa(level, _category_kappa(counts[:, i], n_raters, n)) for i, level in enumerate(ratings.levels)]


def _category_kappa(given: Floats, n_raters: int, n: int) -> Estimate:
    if n_raters < 2:
        return not_computable(n, Method.FLEISS, N_("not every subject has the same number of ratings"))
    share = float(given.sum()) / (n * n_raters)
    if share in (0.0, 1.0):
        return not_computable(n, Method.FLEISS, N_("this level was given always or never"))
    different = float((given * (n_raters - given)).sum())
    return Estimate(1 - different / (n * n_raters * (n_raters - 1) * share * (1 - share)), n, Method.FLEISS)


def fleiss_z(ratings: Ratings) -> Estimate:
    """Return how many standard errors Fleiss' kappa lies above what chance alone gives.

    Source: Fleiss, Nee & Landis (1979), doi:10.1037/0033-2909.86.5.974.
    """
    counts = ratings.counts
    n_raters, n = _common_number(counts), counts.shape[0]
    kappa = fleiss_kappa(ratings)
    if kappa.value is None:
        return kappa
    if n_raters < 2:
        return not_computable(n, Method.FLEISS, N_("not every subject has the same number of ratings"))
    share = counts.sum(axis=0) / counts.sum()
    uneven = float((share * (1 - share)).sum())
    skew = float((share * (1 - share) * (1 - 2 * share)).sum())
    se = sqrt(2 / (n * n_raters * (n_raters - 1))) * sqrt(max(uneven**2 - skew, 0.0)) / uneven
    return Estimate(kappa.value / se, n, Method.FLEISS, se=se)


def _common_number(counts: Floats) -> int:
    """Return how many ratings every subject has; 0 when they differ or there is none."""
    numbers = np.unique(counts.sum(axis=1))
    return int(numbers[0]) if numbers.size == 1 else 0


# ---------------------------------------------------------------- Gwet


def gwet_ac(ratings: Ratings, weights: Floats | None = None) -> Estimate:
    """Return Gwet's AC1, or AC2 with weights: agreement beyond chance that holds where nearly all is one level.

    Args:
        ratings: Any number of raters; ratings may be missing.
        weights: Agreement of each pair of levels; by default only the same level agrees, which is AC1.

    Returns:
        At most 1, with the linearised standard error and a t interval over subjects (or their clusters),
        cut at 1.

    Source:
        Gwet (2008), doi:10.1348/000711006X126600; missing ratings and weights: Gwet (2014), ch. 5.
    """
    size = len(ratings.levels)
    agree = np.eye(size) if weights is None else weights
    shares = _shares(ratings, agree)
    n, n_paired = shares.is_paired.size, int(shares.is_paired.sum())
    if n_paired == 0 or size < 2:
        return not_computable(n_paired, Method.GWET, NOBODY_TWICE if n_paired == 0 else ONE_LEVEL)
    factor = float(agree.sum()) / (size * (size - 1))
    prevalence = shares.levels.mean(axis=0)
    observed = float(shares.agreement.sum()) / n_paired
    chance = factor * float((prevalence * (1 - prevalence)).sum())
    value = (observed - chance) / (1 - chance)
    m = n if ratings.clusters is None else int(ratings.clusters.max(initial=-1)) + 1
    if m < 2:
        return Estimate(value, n_paired, Method.GWET)
    own = shares.is_paired * (n / n_paired) * (shares.agreement - chance) / (1 - chance)
    own_chance = factor * (shares.levels @ (1 - prevalence))
    spread = own - 2 * (1 - value) * (own_chance - chance) / (1 - chance) - value
    together = spread if ratings.clusters is None else np.bincount(ratings.clusters, weights=spread)
    se = sqrt(float((together**2).sum()) * m / (m - 1)) / n
    half = t_quantile(m - 1) * se
    return Estimate(value, n_paired, Method.GWET, Interval(value - half, min(value + half, 1.0), Method.GWET), se)


def _not_defined(n_paired: int, ratings: Ratings) -> Phrase | None:
    if n_paired == 0:
        return NOBODY_TWICE
    return N_("every rating is the same level") if ratings.n_levels_used < 2 else None
