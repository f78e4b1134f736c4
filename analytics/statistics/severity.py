"""How lenient or severe each rater is, on subjects that others rated too, and whether that changes over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import ShapeError
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import t_quantile
from analytics.statistics.rater_effects import (
    Contrast,
    Effects,
    contrasts,
    drift_effects,
    rater_groups,
    severity_effects,
    shared_ratings,
)
from analytics.statistics.ratings import Ratings
from analytics.statistics.thresholds import RATERS, RaterThresholds
from curriculum.phrases import N_, Phrase

MONTH_DAYS: Final = 30.0


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
        severity: Levels above (+, lenient) or below (-, severe) the raters of the group who do not stand out.
        leaning: Set for raters who stand out.
    """

    rater: str
    n: int
    group: int | None
    severity: Estimate
    leaning: Leaning | None


@dataclass(frozen=True, slots=True)
class RaterDrift:
    """How a rater's severity moves over time.

    Attributes:
        rater: Who.
        n: Ratings beside which somebody else's stands.
        drift: Levels a month, against the raters of the group who do not stand out; above 0: more lenient.
        is_drifting: Whether the rater stands out.
    """

    rater: str
    n: int
    drift: Estimate
    is_drifting: bool


def rater_severities(ratings: Ratings, thresholds: RaterThresholds = RATERS) -> list[RaterSeverity]:
    """Return how lenient or severe each rater is, in the order of the raters.

    Differences between subjects are taken out, so that whoever happened to see the stronger trainees is not called
    lenient.

    Args:
        ratings: Levels that are numbers.
        thresholds: How many shared ratings a severity needs.
    """
    effects, groups, n = severity_effects(ratings), rater_groups(ratings), shared_ratings(ratings).tolist()
    found = _all_contrasts(effects, groups, [count >= thresholds.severity for count in n])
    return [
        RaterSeverity(
            rater,
            n[i],
            groups[i] if groups.count(groups[i]) > 1 else None,
            _estimate(found.get(i), n[i], effects, _why_not(n[i], groups.count(groups[i]), thresholds.severity)),
            _leaning(found.get(i)),
        )
        for i, rater in enumerate(ratings.raters)
    ]


def rater_drifts(ratings: Ratings, days: Sequence[float], thresholds: RaterThresholds = RATERS) -> list[RaterDrift]:
    """Return how each rater's severity moves over time, in the order of the raters.

    Args:
        ratings: Levels that are numbers.
        days: The day of each subject, as a number.
        thresholds: How many shared ratings a drift needs.

    Raises:
        ShapeError: There is not one day for each subject.
    """
    if len(days) != len(ratings.subjects):
        raise ShapeError("Days of the subjects", f"{len(days)}", f"{len(ratings.subjects)}")
    times: Floats = np.array(days, dtype=np.float64) / MONTH_DAYS
    effects, groups, n = drift_effects(ratings, times), rater_groups(ratings), shared_ratings(ratings).tolist()
    found = _all_contrasts(effects, groups, [count >= thresholds.drift for count in n])
    return [
        RaterDrift(
            rater,
            n[i],
            _estimate(found.get(i), n[i], effects, _why_not(n[i], groups.count(groups[i]), thresholds.drift)),
            i in found and found[i].stands_out,
        )
        for i, rater in enumerate(ratings.raters)
    ]


def _all_contrasts(effects: Effects, groups: Sequence[int], has_enough: Sequence[bool]) -> dict[int, Contrast]:
    found: dict[int, Contrast] = {}
    for group in sorted(set(groups)):
        found |= contrasts(effects, [i for i, one in enumerate(groups) if one == group and has_enough[i]])
    return found


def _why_not(n: int, group_size: int, need: int) -> Phrase:
    if group_size == 1:
        return N_("nobody else rated the same subjects")
    if n < need:
        return N_("{need} ratings beside others' are needed; there are {n}", need=need, n=n)
    return N_("the ratings are too few or lie too close in time to tell")


def _estimate(contrast: Contrast | None, n: int, effects: Effects, reason: Phrase) -> Estimate:
    if contrast is None:
        return not_computable(n, Method.LEAST_SQUARES, reason)
    half = t_quantile(effects.df) * contrast.se
    interval = Interval(contrast.value - half, contrast.value + half, Method.LEAST_SQUARES)
    return Estimate(contrast.value, n, Method.LEAST_SQUARES, interval, contrast.se)


def _leaning(contrast: Contrast | None) -> Leaning | None:
    if contrast is None or not contrast.stands_out:
        return None
    return Leaning.LENIENT if contrast.value > 0 else Leaning.SEVERE
