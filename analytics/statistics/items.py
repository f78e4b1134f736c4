"""How each item did: Moodle's quiz statistics, and beside each figure what the number of people bears."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atanh, sqrt, tanh
from typing import Final

from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.options import OptionStatistics, option_statistics
from analytics.statistics.proportions import wilson
from analytics.statistics.quantiles import normal_quantile, t_quantile
from analytics.statistics.thresholds import ITEMS, Bearing, ItemThresholds
from assessments.item_sums import ItemSums, OptionSums
from curriculum.phrases import N_, Phrase

_TINY: Final = 1e-12
"""A spread this small beside the mean is what rounding leaves of none."""


@dataclass(frozen=True, slots=True)
class ItemDesign:
    """What the programme says of an item: its options, and the score that pure guessing gives, where there is one."""

    options: tuple[str, ...] = ()
    guess: float | None = None


@dataclass(frozen=True, slots=True)
class ItemStatistics:
    """One item.

    Attributes:
        item: Its id.
        n: How many people have a mark.
        max_mark: The full mark.
        bearing: What so many people bear.
        facility: Mean mark as a share of the full mark.
        sd: Of the marks, in marks.
        discrimination_index: Correlation of mark and rest, in per cent.
        discriminative_efficiency: Covariance of mark and rest, in per cent of the largest that these marks allow.
        effective_weight: The item's share in the spread of the totals, in per cent.
        random_guess_score: What guessing gives, as a share of the full mark.
        has_negative_covariance: Whether a better mark here goes with a worse total.
        alpha_if_dropped: Alpha of the form without the item.
        options: The responses, in the order of their names.
    """

    item: str
    n: int
    max_mark: float
    bearing: Bearing
    facility: Estimate
    sd: Estimate
    discrimination_index: Estimate
    discriminative_efficiency: Estimate
    effective_weight: Estimate
    random_guess_score: Estimate
    has_negative_covariance: bool
    alpha_if_dropped: Estimate
    options: tuple[OptionStatistics, ...]


@dataclass(frozen=True, slots=True)
class _Context:
    """What an item's figures need of the form around it."""

    n_items: int
    sum_of_variances: float
    sum_of_weights: float
    total_variance: float
    is_fixed: bool
    thresholds: ItemThresholds


def item_statistics(
    items: Sequence[ItemSums],
    options: Sequence[OptionSums] = (),
    *,
    total_variance: float = 0.0,
    is_fixed: bool = True,
    designs: Mapping[str, ItemDesign] | None = None,
    thresholds: ItemThresholds = ITEMS,
) -> list[ItemStatistics]:
    """Return the statistics of the items of one form, in the order given.

    Args:
        items: What was counted of them.
        options: What was counted of their responses; may be empty.
        total_variance: Of the totals; alpha without an item needs it.
        is_fixed: Whether everybody had the same questions.
        designs: What the programme says of the items, by id.
        thresholds: What each sample size bears.

    Source:
        Moodle, quiz statistics calculations; reproduced here from the published formulas.
    """
    by_item: dict[str, list[OptionSums]] = {sums.item: [] for sums in items}
    for option in options:
        by_item[option.item].append(option)
    context = _Context(
        n_items=len(items),
        sum_of_variances=sum(sums.mark_variance or 0.0 for sums in items),
        sum_of_weights=sum(sqrt(max(_total_covariance(sums) or 0.0, 0.0)) for sums in items),
        total_variance=total_variance,
        is_fixed=is_fixed,
        thresholds=thresholds,
    )
    designs = designs or {}
    return [_one(sums, by_item[sums.item], designs.get(sums.item, ItemDesign()), context) for sums in items]


def _one(sums: ItemSums, options: Sequence[OptionSums], design: ItemDesign, context: _Context) -> ItemStatistics:
    covariance = _total_covariance(sums)
    return ItemStatistics(
        item=sums.item,
        n=sums.n,
        max_mark=sums.max_mark,
        bearing=context.thresholds.bearing(sums.n),
        facility=_facility(sums),
        sd=_sd(sums),
        discrimination_index=_discrimination_index(sums),
        discriminative_efficiency=_discriminative_efficiency(sums),
        effective_weight=_effective_weight(sums, context),
        random_guess_score=_guess(sums, design),
        has_negative_covariance=covariance is not None and covariance < 0,
        alpha_if_dropped=_alpha_if_dropped(sums, context),
        options=option_statistics(options, sums.n, design.options),
    )


# ---------------------------------------------------------------- Moodle's figures


def _facility(sums: ItemSums) -> Estimate:
    if sums.max_mark == 0:
        return not_computable(sums.n, Method.MOODLE, N_("the item carries no marks"))
    value = sums.mean / sums.max_mark
    if sums.n_full + sums.n_zero == sums.n:
        return Estimate(value, sums.n, Method.MOODLE, wilson(sums.n_full, sums.n).interval)
    return Estimate(value, sums.n, Method.MOODLE, _t_interval(value, sums))


def _t_interval(value: float, sums: ItemSums) -> Interval | None:
    if sums.mark_variance is None or _is_none(sums.mark_variance, sums.mean):
        return None
    half = t_quantile(sums.n - 1) * sqrt(sums.mark_variance / sums.n) / sums.max_mark
    return Interval(value - half, min(value + half, 1.0), Method.T)


def _sd(sums: ItemSums) -> Estimate:
    if sums.mark_variance is None:
        return not_computable(sums.n, Method.MOODLE, N_("it takes at least two people"))
    return Estimate(sqrt(sums.mark_variance), sums.n, Method.MOODLE)


def _discrimination_index(sums: ItemSums) -> Estimate:
    reason = _no_spread(sums)
    if reason or not (sums.mark_variance and sums.rest_variance) or sums.covariance is None:
        return not_computable(sums.n, Method.MOODLE, reason or N_("it takes at least two people"))
    r = max(-1.0, min(1.0, sums.covariance / sqrt(sums.mark_variance * sums.rest_variance)))
    interval = fisher_interval(r, sums.n)
    return Estimate(100 * r, sums.n, Method.MOODLE, interval and interval.map(lambda end: 100 * end))


def fisher_interval(r: float, n: int) -> Interval | None:
    """Return the interval of a correlation; None below four people, or when it is perfect.

    Source: Fisher (1921), "On the probable error of a coefficient of correlation", Metron 1, 3-32.
    """
    if n < 4 or abs(r) >= 1:
        return None
    half = normal_quantile() / sqrt(n - 3)
    return Interval(tanh(atanh(r) - half), tanh(atanh(r) + half), Method.FISHER_Z)


def _discriminative_efficiency(sums: ItemSums) -> Estimate:
    reason = _no_spread(sums)
    if reason or sums.covariance is None or not sums.largest_covariance:
        return not_computable(sums.n, Method.MOODLE, reason or N_("it takes at least two people"))
    return Estimate(100 * sums.covariance / sums.largest_covariance, sums.n, Method.MOODLE)


def _total_covariance(sums: ItemSums) -> float | None:
    """Return the covariance of mark and total: that with the rest, and the mark's own variance."""
    if sums.covariance is None or sums.mark_variance is None:
        return None
    return sums.covariance + sums.mark_variance


def _effective_weight(sums: ItemSums, context: _Context) -> Estimate:
    covariance = _total_covariance(sums)
    if covariance is None:
        return not_computable(sums.n, Method.MOODLE, N_("it takes at least two people"))
    if covariance < 0:
        return not_computable(sums.n, Method.MOODLE, N_("a better mark here goes with a worse total"))
    if context.sum_of_weights == 0:
        return not_computable(sums.n, Method.MOODLE, N_("everybody has the same total"))
    return Estimate(100 * sqrt(covariance) / context.sum_of_weights, sums.n, Method.MOODLE)


def _no_spread(sums: ItemSums) -> Phrase | None:
    if sums.mark_variance is None or sums.rest_variance is None:
        return N_("it takes at least two people")
    if _is_none(sums.mark_variance, sums.mean):
        return N_("everybody has the same mark")
    return N_("everybody has the same rest score") if _is_none(sums.rest_variance, sums.mean_rest) else None


def _is_none(variance: float, mean: float) -> bool:
    return variance <= (_TINY * max(1.0, abs(mean))) ** 2


def _guess(sums: ItemSums, design: ItemDesign) -> Estimate:
    if design.guess is None:
        return not_computable(sums.n, Method.MOODLE, N_("it is not known which options there were"))
    return Estimate(design.guess, sums.n, Method.MOODLE)


def random_guess_score(fractions: Sequence[float]) -> float | None:
    """Return what guessing scores on a single-choice item: the mean of its options' fractions; None without options.

    Source: Moodle, multiple choice.
    """
    return sum(fractions) / len(fractions) if fractions else None


# ---------------------------------------------------------------- beyond them


def _alpha_if_dropped(sums: ItemSums, context: _Context) -> Estimate:
    covariance, left = _total_covariance(sums), context.n_items - 1
    if not context.is_fixed:
        return not_computable(sums.n, Method.FELDT, N_("not everybody had the same questions"))
    if covariance is None or sums.mark_variance is None:
        return not_computable(sums.n, Method.FELDT, N_("it takes at least two people"))
    if left < 2:
        return not_computable(sums.n, Method.FELDT, N_("it takes at least two other items"))
    variance = context.total_variance - 2 * covariance + sums.mark_variance
    if _is_none(variance, sums.mean_rest):
        return not_computable(sums.n, Method.FELDT, N_("everybody has the same rest score"))
    others = context.sum_of_variances - sums.mark_variance
    return Estimate(left / (left - 1) * (1 - others / variance), sums.n, Method.FELDT)
