"""What people answered to an item: who chose which option, and whether those who know more chose the key."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.proportions import wilson
from analytics.statistics.quantiles import t_quantile
from assessments.item_sums import OptionSums
from curriculum.phrases import N_

Thirds = tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """One response to an item.

    Attributes:
        response: What was given; empty when nothing was.
        is_key: Whether it is the right answer.
        n: How many gave it.
        n_full: How many of them got the full mark.
        share: Of all who had the item, 0 to 1, with Wilson's interval.
        groups: The share of the lowest, middle and highest third by rest score that gave it; None for an empty third.
        mean_rest: The mean rest score of those who gave it, in marks.
        gap: How far that lies above the key's, in marks. Above 0 is a reason to look at the key.
    """

    response: str
    is_key: bool
    n: int
    n_full: int
    share: Estimate
    groups: Thirds
    mean_rest: Estimate
    gap: Estimate


def option_statistics(options: Sequence[OptionSums], n: int, known: Sequence[str] = ()) -> tuple[OptionStatistics, ...]:
    """Return the statistics of an item's responses: of those given in the order given, then of those nobody gave.

    Args:
        options: What was counted of one item.
        n: How many people had the item.
        known: The options that the item offers, when they are known.
    """
    key = _key(options)
    thirds = tuple(sum(column) for column in zip(*((o.n_low, o.n_middle, o.n_high) for o in options), strict=True))
    given = {option.response for option in options}
    return (
        *(_given(option, key, n, thirds) for option in options),
        *(_never(response, n) for response in known if response not in given),
    )


def _key(options: Sequence[OptionSums]) -> OptionSums | None:
    """Return the key that most people gave: an item may have several right answers."""
    return max((option for option in options if option.is_key), key=lambda option: option.n, default=None)


def _given(option: OptionSums, key: OptionSums | None, n: int, thirds: Sequence[int]) -> OptionStatistics:
    counts = (option.n_low, option.n_middle, option.n_high)
    low, middle, high = (k / of if of else None for k, of in zip(counts, thirds, strict=True))
    return OptionStatistics(
        response=option.response,
        is_key=option.is_key,
        n=option.n,
        n_full=option.n_full,
        share=wilson(option.n, n),
        groups=(low, middle, high),
        mean_rest=Estimate(option.mean_rest, option.n, Method.COUNTED),
        gap=_gap(option, key),
    )


def _never(response: str, n: int) -> OptionStatistics:
    nobody = not_computable(0, Method.COUNTED, N_("nobody chose it"))
    return OptionStatistics(response, False, 0, 0, wilson(0, n), (None, None, None), nobody, nobody)


def _gap(option: OptionSums, key: OptionSums | None) -> Estimate:
    if key is None:
        return not_computable(option.n, Method.T, N_("nobody gave the right answer, or it is not known"))
    if option.is_key:
        return not_computable(option.n, Method.T, N_("this is the right answer"))
    gap = option.mean_rest - key.mean_rest
    return Estimate(gap, option.n, Method.T, _welch(gap, option, key))


def _welch(gap: float, one: OptionSums, other: OptionSums) -> Interval | None:
    """Return the interval of a difference of two means. Source: Welch (1947), doi:10.1093/biomet/34.1-2.28."""
    if one.rest_variance is None or other.rest_variance is None:
        return None
    a, b = one.rest_variance / one.n, other.rest_variance / other.n
    if a + b == 0:
        return None
    df = (a + b) ** 2 / (a**2 / (one.n - 1) + b**2 / (other.n - 1))
    half = t_quantile(df) * sqrt(a + b)
    return Interval(gap - half, gap + half, Method.T)
