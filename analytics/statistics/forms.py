"""A form as a whole: its totals, how well its items agree, and how far a total may be off."""

from dataclasses import dataclass

from analytics.statistics.covariances import PairSums, mean_inter_item_covariance, no_pairs
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.reliability import (
    cronbach_alpha,
    error_ratio,
    no_factor,
    one_factor_omega,
    standard_error_of_measurement,
)
from analytics.statistics.thresholds import ITEMS, Bearing, ItemThresholds
from analytics.statistics.totals import TotalStatistics, total_statistics
from assessments.item_sums import FormSums
from curriculum.phrases import N_, Phrase


@dataclass(frozen=True, slots=True)
class FormStatistics:
    """One form.

    Attributes:
        n: How many people.
        n_items: How many items.
        n_incomplete: How many people do not have a mark for every item.
        bearing: What so many people bear.
        totals: Where the totals lie.
        alpha: Cronbach's alpha, a proportion; Feldt's interval. Fixed forms only.
        error_ratio: The share of the SD that is error, in per cent. Fixed forms only.
        sem: The standard error of a total, in marks. Fixed forms only.
        omega: One-factor omega. Fixed forms only.
        mean_covariance: Of pairs of items, in squared marks: what is left to say where the form is not fixed.
    """

    n: int
    n_items: int
    n_incomplete: int
    bearing: Bearing
    totals: TotalStatistics
    alpha: Estimate
    error_ratio: Estimate
    sem: Estimate
    omega: Estimate
    mean_covariance: Estimate


def form_statistics(sums: FormSums, pairs: PairSums | None, thresholds: ItemThresholds = ITEMS) -> FormStatistics:
    """Return the statistics of a form.

    Args:
        sums: What was counted of it.
        pairs: The covariances of its items; without them neither omega nor the mean covariance is computed.
        thresholds: What each sample size bears.
    """
    totals = total_statistics(sums.totals)
    alpha = _alpha(sums, totals)
    return FormStatistics(
        n=sums.n_people,
        n_items=len(sums.items),
        n_incomplete=sums.n_incomplete,
        bearing=thresholds.bearing(sums.n_people),
        totals=totals,
        alpha=alpha,
        error_ratio=error_ratio(alpha),
        sem=standard_error_of_measurement(alpha, totals.sd.value or 0.0),
        omega=_omega(sums, pairs, thresholds),
        mean_covariance=_mean_covariance(sums, totals, pairs, thresholds),
    )


_NO_PAIRS = N_("there are too many items to look at in pairs")


def _alpha(sums: FormSums, totals: TotalStatistics) -> Estimate:
    if not sums.is_fixed:
        return not_computable(sums.n_people, Method.FELDT, _not_fixed(sums))
    variances = sum(item.mark_variance or 0.0 for item in sums.items)
    return cronbach_alpha(sums.n_people, len(sums.items), variances, totals.variance)


def _omega(sums: FormSums, pairs: PairSums | None, thresholds: ItemThresholds) -> Estimate:
    if not sums.is_fixed:
        return not_computable(sums.n_people, Method.FACTOR, _not_fixed(sums))
    reason = no_factor(sums.n_people, len(sums.items), thresholds)
    if reason or pairs is None:
        return not_computable(sums.n_people, Method.FACTOR, reason or _NO_PAIRS)
    return one_factor_omega(pairs.covariance, sums.n_people, thresholds)


def _mean_covariance(
    sums: FormSums, totals: TotalStatistics, pairs: PairSums | None, thresholds: ItemThresholds
) -> Estimate:
    """Return it from the pairs, or in a fixed form from what the totals spread more than the items do."""
    n_pairs = len(sums.items) * (len(sums.items) - 1) // 2
    if sums.is_fixed and sums.n_people >= thresholds.pairs and n_pairs:
        shared = totals.variance - sum(item.mark_variance or 0.0 for item in sums.items)
        return Estimate(shared / (2 * n_pairs), n_pairs, Method.COUNTED)
    if sums.is_fixed:
        return not_computable(0, Method.COUNTED, no_pairs(thresholds))
    if pairs is None:
        return not_computable(0, Method.COUNTED, _NO_PAIRS)
    return mean_inter_item_covariance(pairs, thresholds)


def _not_fixed(sums: FormSums) -> Phrase:
    return N_(
        "not everybody had the same questions ({n_incomplete} of {n} lack some)",
        n_incomplete=sums.n_incomplete,
        n=sums.n_people,
    )
