"""Rater analysis: how far raters of the same subjects agree, who is lenient or severe, and what would be enough."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Final

import numpy as np

from analytics.statistics.agreement import (
    CategoryKappa,
    adjacent_weights,
    category_kappas,
    fleiss_kappa,
    gwet_ac,
    percent_agreement,
)
from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.errors import StatisticsError
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.intraclass import intraclass_correlations
from analytics.statistics.kappa import cohens_kappa, kappa_interval
from analytics.statistics.krippendorff import Metric, krippendorff_alpha
from analytics.statistics.proportions import wilson
from analytics.statistics.rater_needs import GOOD, RaterNeed, rater_need
from analytics.statistics.ratings import MISSING, Ratings
from analytics.statistics.severity import RaterDrift, RaterSeverity, rater_drifts, rater_severities
from analytics.statistics.thresholds import RATERS, Bearing, RaterThresholds
from analytics.statistics.weights import Weighting, agreement_weights
from curriculum.phrases import N_, Phrase
from store.rating_files import RatingRow, read_ratings

LARGEST: Final = 20_000_000
"""So many places a table of subjects by raters may have."""

MOST_PAIRS: Final = 45
"""Pairs of raters are compared one by one up to this many: those of ten raters."""


class TooManyRatersError(StatisticsError):
    """Subjects by raters would make too large a table."""

    def __init__(self, n_subjects: int, n_raters: int) -> None:
        """Keep the numbers."""
        self.n_subjects = n_subjects
        self.n_raters = n_raters
        super().__init__(
            "{n_subjects} subjects by {n_raters} raters make too large a table; expected at most {LARGEST} "
            "places. Give the ratings of one hub or one year at a time.",
            n_subjects=n_subjects,
            n_raters=n_raters,
            LARGEST=LARGEST,
        )


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two raters side by side."""

    one: str
    other: str
    n: int
    exact: Estimate
    kappa: Estimate
    weighted: Estimate


@dataclass(frozen=True, slots=True)
class RaterReport:
    """All that ratings show about their raters.

    Attributes:
        ratings: Who rated whom.
        bearing: What so many doubly rated subjects bear.
        counts: Shape (level, level): how often two ratings of one subject were these; with two raters the first one's
            level is the row, with more each pair counts in both orders.
        coefficients: By name; below the threshold each says why there is none.
        categories: Fleiss' kappa of each level; empty below the threshold.
        pairs: Raters two by two, where they share enough subjects.
        severities: Of each rater; empty where levels are no numbers.
        drifts: Of each rater; empty without days.
        need: How many raters would be enough; None where the reliability of one is not known.
        unused: Columns of the file that nothing was made of.
    """

    ratings: Ratings
    bearing: Bearing
    counts: Ints
    coefficients: Mapping[str, Estimate]
    categories: tuple[CategoryKappa, ...]
    pairs: tuple[PairAgreement, ...]
    severities: tuple[RaterSeverity, ...]
    drifts: tuple[RaterDrift, ...]
    need: RaterNeed | None
    unused: tuple[str, ...] = ()


def analyse_file(
    path: Path, levels: Sequence[str] = (), target: float = GOOD, thresholds: RaterThresholds = RATERS
) -> RaterReport:
    """Return the rater analysis of a file of ratings.

    Args:
        path: Columns `subject,rater,rating`, and `on` when the days are known.
        levels: The whole scale, rising; without it the levels that were used.
        target: The reliability that would be enough, between 0 and 1.
        thresholds: What each sample size bears.

    Raises:
        FileMissingError: There is no such file.
        CsvProblemsError: It cannot be used; each problem has its line.
        UnknownLevelError: A rating is not on the scale.
        TooManyRatersError: The table would be too large.
    """
    rows, unused = read_ratings(path)
    n_subjects, n_raters = len({row.subject for row in rows}), len({row.rater for row in rows})
    if n_subjects * n_raters > LARGEST:
        raise TooManyRatersError(n_subjects, n_raters)
    ratings = Ratings.of(((row.subject, row.rater, row.rating) for row in rows), levels)
    return analyse(ratings, _days(ratings, rows), target=target, thresholds=thresholds, unused=unused)


def analyse(
    ratings: Ratings,
    days: Sequence[float] = (),
    *,
    target: float = GOOD,
    thresholds: RaterThresholds = RATERS,
    unused: tuple[str, ...] = (),
) -> RaterReport:
    """Return the rater analysis of ratings; `days` holds each subject's day as a number, or nothing.

    Raises:
        RangeError: `target` is not between 0 and 1.
    """
    n = ratings.n_doubly_rated
    bearing = thresholds.bearing(n)
    coefficients = {name: _coefficient(name, ratings, bearing, thresholds) for name in COEFFICIENTS}
    is_borne = bearing is not Bearing.COUNTS
    return RaterReport(
        ratings=ratings,
        bearing=bearing,
        counts=count_levels(ratings),
        coefficients=coefficients,
        categories=tuple(category_kappas(ratings)) if is_borne else (),
        pairs=tuple(agree_in_pairs(ratings, thresholds)),
        severities=tuple(rater_severities(ratings, thresholds)) if ratings.is_numeric else (),
        drifts=tuple(rater_drifts(ratings, days, thresholds)) if ratings.is_numeric and len(days) else (),
        need=rater_need(coefficients["icc_1_1"], len(ratings.subjects), ratings.n_ratings, target),
        unused=unused,
    )


def _days(ratings: Ratings, rows: Sequence[RatingRow]) -> list[float]:
    """Return the day of each subject, the first where its ratings have several; nothing when any has none."""
    found: dict[str, float] = {}
    for row in rows:
        if row.on is not None:
            found[row.subject] = min(found.get(row.subject, float("inf")), float(row.on.toordinal()))
    return [found[name] for name in ratings.subjects] if len(found) == len(ratings.subjects) else []


# ---------------------------------------------------------------- coefficients


def _weights(ratings: Ratings, weighting: Weighting) -> Floats:
    return agreement_weights(ratings.level_values, weighting)


def _cohen(ratings: Ratings, weighting: Weighting) -> Estimate:
    if len(ratings.raters) != 2:
        reason = N_("it takes exactly two raters; there are {n}", n=len(ratings.raters))
        return not_computable(ratings.n_doubly_rated, Method.COHEN, reason)
    return _kappa(ratings, 0, 1, _weights(ratings, weighting))


def _kappa(ratings: Ratings, one: int, other: int, weights: Floats) -> Estimate:
    """Return Cohen's kappa of two raters; where subjects belong together, with an interval that knows it."""
    found = cohens_kappa(ratings.pair_counts(one, other), weights)
    if ratings.clusters is None or found.value is None:
        return found
    return replace(found, interval=kappa_interval(ratings.pair_tables(one, other), weights), se=None)


def _icc(ratings: Ratings, name: str) -> Estimate:
    if not ratings.is_numeric:
        return not_computable(ratings.n_doubly_rated, Method.VARIANCE_RATIO, N_("the levels are no numbers"))
    found: Estimate = getattr(intraclass_correlations(ratings.values), name)
    return found


COEFFICIENTS: Final[Mapping[str, Callable[[Ratings], Estimate]]] = {
    "exact_agreement": lambda ratings: percent_agreement(ratings, _weights(ratings, Weighting.NONE)),
    "adjacent_agreement": lambda ratings: percent_agreement(ratings, adjacent_weights(len(ratings.levels))),
    "gwet_ac1": gwet_ac,
    "gwet_ac2_quadratic": lambda ratings: gwet_ac(ratings, _weights(ratings, Weighting.QUADRATIC)),
    "cohen_kappa": lambda ratings: _cohen(ratings, Weighting.NONE),
    "cohen_kappa_linear": lambda ratings: _cohen(ratings, Weighting.LINEAR),
    "cohen_kappa_quadratic": lambda ratings: _cohen(ratings, Weighting.QUADRATIC),
    "fleiss_kappa": fleiss_kappa,
    "krippendorff_alpha_nominal": lambda ratings: krippendorff_alpha(ratings, Metric.NOMINAL),
    "krippendorff_alpha_ordinal": lambda ratings: krippendorff_alpha(ratings, Metric.ORDINAL),
    "krippendorff_alpha_interval": lambda ratings: krippendorff_alpha(ratings, Metric.INTERVAL),
    "krippendorff_alpha_ratio": lambda ratings: krippendorff_alpha(ratings, Metric.RATIO),
    "icc_1_1": lambda ratings: _icc(ratings, "one_way"),
    "icc_2_1": lambda ratings: _icc(ratings, "random"),
    "icc_3_1": lambda ratings: _icc(ratings, "fixed"),
    "icc_1_k": lambda ratings: _icc(ratings, "one_way_mean"),
    "icc_2_k": lambda ratings: _icc(ratings, "random_mean"),
    "icc_3_k": lambda ratings: _icc(ratings, "fixed_mean"),
}
"""What agreement is said in, in the order of showing."""


def _coefficient(name: str, ratings: Ratings, bearing: Bearing, thresholds: RaterThresholds) -> Estimate:
    if bearing is Bearing.COUNTS:
        n = ratings.n_doubly_rated
        return not_computable(n, Method.COUNTED, _too_few(n, thresholds.coefficients))
    return COEFFICIENTS[name](ratings)


def _too_few(n: int, need: int) -> Phrase:
    return N_("{need} subjects rated by two are needed; there are {n}", need=need, n=n)


def count_levels(ratings: Ratings) -> Ints:
    """Return how often two ratings of one subject were which levels: shape (level, level), as in `RaterReport`."""
    if len(ratings.raters) == 2:
        return ratings.pair_counts(0, 1)
    counts = ratings.counts
    met = counts.T @ counts - np.diag(counts.sum(axis=0))
    return met.astype(np.int64)


def agree_in_pairs(ratings: Ratings, thresholds: RaterThresholds) -> list[PairAgreement]:
    """Return raters two by two, where there are three or more and they share enough subjects."""
    n_raters = len(ratings.raters)
    if n_raters < 3 or n_raters * (n_raters - 1) // 2 > MOST_PAIRS:
        return []
    rated = (ratings.codes != MISSING).astype(np.int64)
    shared = rated.T @ rated
    return [
        _pair(ratings, one, other)
        for one, other in combinations(range(n_raters), 2)
        if shared[one, other] >= thresholds.coefficients
    ]


def _pair(ratings: Ratings, one: int, other: int) -> PairAgreement:
    counts = ratings.pair_counts(one, other)
    n = int(counts.sum())
    return PairAgreement(
        ratings.raters[one],
        ratings.raters[other],
        n,
        wilson(int(np.trace(counts)), n),
        _kappa(ratings, one, other, _weights(ratings, Weighting.NONE)),
        _kappa(ratings, one, other, _weights(ratings, Weighting.QUADRATIC)),
    )
