"""How many raters would be enough: Spearman-Brown turned round, as a range."""

from dataclasses import dataclass
from math import ceil
from typing import Final

from analytics.statistics.errors import RangeError
from analytics.statistics.estimates import Estimate
from analytics.statistics.intraclass import spearman_brown

GOOD: Final = 0.75
"""From here on a reliability is called good, judged on its whole interval: Koo & Li (2016)."""

MOST_RATERS: Final = 100
"""More than anybody would ask: no bound is told beyond."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The reliability to expect of the mean of so many ratings by different raters, and its range; None: not known."""

    n_raters: int
    value: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class RaterNeed:
    """How many different raters of each subject are enough for a reliability.

    Attributes:
        target: The reliability asked for.
        likely: By the estimate; None when it is no more than chance.
        fewest: If the truth stands at the upper end of the interval; None when that is not known.
        most: If it stands at the lower end; None for "not yet known".
        more_observations: How many more observations that is for the subjects rated so far, from `fewest` to `most`.
        expected: What 1, 2, 3 … raters would give.
    """

    target: float
    likely: int | None
    fewest: int | None
    most: int | None
    more_observations: tuple[int | None, int | None]
    expected: tuple[Expected, ...]


def rater_need(single: Estimate, n_subjects: int, n_ratings: int, target: float = GOOD) -> RaterNeed | None:
    """Return how many raters would be enough; None when the reliability of one is not known.

    Args:
        single: The reliability of a single rating with its interval: ICC(1,1), because further raters will be others.
        n_subjects: How many subjects have been rated.
        n_ratings: By how many ratings.
        target: The reliability asked for, between 0 and 1.

    Raises:
        RangeError: `target` is not between 0 and 1.
    """
    if not 0 < target < 1:
        raise RangeError("The reliability asked for", target, "between 0 and 1")
    if single.value is None:
        return None
    low = single.interval.low if single.interval else None
    high = single.interval.high if single.interval else None
    likely, fewest, most = (_enough(one, target) for one in (single.value, high, low))
    more = tuple(None if k is None else max(k * n_subjects - n_ratings, 0) for k in (fewest, most))
    expected = tuple(
        Expected(k, _mean_of(single.value, k) or 0.0, _mean_of(low, k), _mean_of(high, k)) for k in range(1, 6)
    )
    return RaterNeed(target, likely, fewest, most, (more[0], more[1]), expected)


def _enough(reliability: float | None, target: float) -> int | None:
    if reliability is None or reliability <= 0:
        return None
    if reliability >= target:
        return 1
    n = ceil(target * (1 - reliability) / (reliability * (1 - target)) - 1e-9)
    return n if n <= MOST_RATERS else None


def _mean_of(reliability: float | None, k: int) -> float | None:
    """Return the reliability of the mean of k; one below 0 stays as it is not better than chance."""
    return None if reliability is None else spearman_brown(max(reliability, 0.0), k)
