"""How a rater's levels on the vignettes agree with the gold levels: on lines, not on vignettes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from analytics.statistics.agreement import gwet_ac
from analytics.statistics.arrays import Ints
from analytics.statistics.calibration import calibrate
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.kappa import cohens_kappa
from analytics.statistics.proportions import wilson
from analytics.statistics.ratings import Ratings
from analytics.statistics.thresholds import RATERS, Bearing
from analytics.statistics.weights import Weighting, agreement_weights
from curriculum.phrases import N_

_GOLD: Final = "gold"
_RATER: Final = "rater"


class GoldPair(NamedTuple):
    """One line of one vignette: the level that it was given, and the gold level."""

    subject: str
    level: int
    gold: int


@dataclass(frozen=True, slots=True)
class GoldAgreement:
    """One rater beside the gold levels.

    Attributes:
        n: Lines rated.
        levels: The scale, rising.
        counts: Shape (gold level, level given): how many lines.
        exact: The share with the gold level, with Wilson's interval.
        kappa: Cohen's kappa with quadratic weights.
        ac1: Gwet's AC1, which holds where nearly all lines have one level.
        difference: Mean of level minus gold; above 0: more lenient.
    """

    n: int
    levels: tuple[str, ...]
    counts: Ints
    exact: Estimate
    kappa: Estimate
    ac1: Estimate
    difference: Estimate


def agree_with_gold(pairs: Sequence[GoldPair], n_levels: int) -> GoldAgreement:
    """Return how one rater's levels agree with the gold levels.

    Args:
        pairs: At least one; each subject once.
        n_levels: The highest level of the scale.
    """
    levels = [str(level) for level in range(1, n_levels + 1)]
    given = [(pair.subject, _RATER, str(pair.level)) for pair in pairs]
    gold = [(pair.subject, _GOLD, str(pair.gold)) for pair in pairs]
    [against] = calibrate(Ratings.of(given, levels), {subject: level for subject, _, level in gold})
    both = Ratings.of([*gold, *given], levels)
    counts = both.pair_counts(0, 1)
    is_borne = RATERS.bearing(len(pairs)) is not Bearing.COUNTS
    weights = agreement_weights(both.level_values, Weighting.QUADRATIC)
    return GoldAgreement(
        n=against.n,
        levels=both.levels,
        counts=counts,
        exact=against.exact,
        kappa=cohens_kappa(counts, weights) if is_borne else _too_few(len(pairs), Method.COHEN),
        ac1=gwet_ac(both) if is_borne else _too_few(len(pairs), Method.GWET),
        difference=against.difference,
    )


def exact_share(n_exact: int, n_lines: int) -> Estimate:
    """Return the share of lines of several raters with the gold level; lines of one rater are taken to stand alone."""
    return wilson(n_exact, n_lines)


def _too_few(n: int, method: Method) -> Estimate:
    return not_computable(n, method, N_("{need} lines are needed; there are {n}", need=RATERS.coefficients, n=n))
