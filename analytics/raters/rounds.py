"""A rater beside the gold levels, round by round: whether their eye has moved since their first round."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import mean, variance
from typing import NamedTuple

from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.proportions import wilson
from analytics.statistics.quantiles import t_quantile
from analytics.statistics.thresholds import RATERS, RaterThresholds
from curriculum.phrases import N_


class GoldLine(NamedTuple):
    """One line of one round: its name, the level given, the gold level, and the day the round was whole."""

    round_no: int
    day: date
    subject: str
    level: int
    gold: int


@dataclass(frozen=True, slots=True)
class GoldRound:
    """One whole round.

    Attributes:
        number: From 1.
        day: When it was whole.
        exact: The share of lines at the gold level.
        difference: Mean of level minus gold; above 0: more lenient than the panel.
    """

    number: int
    day: date
    exact: Estimate
    difference: Estimate


@dataclass(frozen=True, slots=True)
class GoldDrift:
    """A rater's rounds, oldest first, and how far their eye has moved from the first to the newest.

    Attributes:
        rounds: The whole rounds.
        change: Levels by which the same lines are rated higher (+) or lower (-) than in the first round, each beside
            the gold level of its own round.
        is_drifting: Whether that cannot well be chance.
    """

    rounds: tuple[GoldRound, ...]
    change: Estimate
    is_drifting: bool


def drift_from_gold(lines: Iterable[GoldLine], thresholds: RaterThresholds = RATERS) -> GoldDrift:
    """Return how a rater's whole rounds compare with the gold levels and with one another."""
    by_round: dict[int, list[GoldLine]] = defaultdict(list)
    for line in lines:
        by_round[line.round_no].append(line)
    ordered = [by_round[number] for number in sorted(by_round)]
    change = _change(ordered, thresholds)
    return GoldDrift(tuple(_round(one) for one in ordered), change, _is_off_zero(change))


def _round(lines: Sequence[GoldLine]) -> GoldRound:
    n_exact = sum(1 for line in lines if line.level == line.gold)
    gaps = [float(line.level - line.gold) for line in lines]
    return GoldRound(lines[0].round_no, lines[0].day, wilson(n_exact, len(lines)), _mean(gaps))


def _change(rounds: Sequence[Sequence[GoldLine]], thresholds: RaterThresholds) -> Estimate:
    if len(rounds) < 2:
        return not_computable(0, Method.T, N_("it takes two rounds; there is {n}", n=len(rounds)))
    first = {line.subject: line.level - line.gold for line in rounds[0]}
    gaps = [float(line.level - line.gold - first[line.subject]) for line in rounds[-1] if line.subject in first]
    if len(gaps) < thresholds.drift:
        reason = N_("{need} lines in both rounds are needed; there are {n}", need=thresholds.drift, n=len(gaps))
        return not_computable(len(gaps), Method.T, reason)
    return _mean(gaps)


def _mean(gaps: Sequence[float]) -> Estimate:
    n = len(gaps)
    if n < 2:
        return Estimate(mean(gaps), n, Method.T)
    half = t_quantile(n - 1) * sqrt(variance(gaps) / n)
    return Estimate(mean(gaps), n, Method.T, Interval(mean(gaps) - half, mean(gaps) + half, Method.T))


def _is_off_zero(change: Estimate) -> bool:
    return change.interval is not None and not change.interval.holds(0.0)
