"""Where a cut comes from: judges who look at items (Angoff), or what borderline people scored."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import RangeError, ShapeError
from analytics.statistics.estimates import Estimate, Interval, Method
from analytics.statistics.quantiles import t_quantile
from analytics.statistics.thresholds import CANDIDATES_FOR_BORDERLINE, JUDGES_FOR_A_CUT


@dataclass(frozen=True, slots=True)
class AngoffRound:
    """One round of judging.

    Attributes:
        judge_cuts: The points that a just ready person gets, by each judge.
        cut: Their mean, in points; the standard error is between judges.
        share: The same as a share of the items, 0 to 1.
        points: The points that pass: the cut, rounded up.
        spread: The range between the lowest and the highest judge, in points.
        is_provisional: Whether there are too few judges to rest on.
    """

    judge_cuts: tuple[float, ...]
    cut: Estimate
    share: float
    points: int
    spread: float
    is_provisional: bool


def angoff_round(judgements: Sequence[Sequence[float]]) -> AngoffRound:
    """Return the cut of one round.

    Args:
        judgements: Shape (judge, item): the share of just ready people who would get the item right, 0 to 1.

    Raises:
        ShapeError: Judges judged different numbers of items, or there are none.
        RangeError: A judgement is not within 0 and 1.

    Source:
        Angoff (1971), in Thorndike, Educational Measurement; standard error: SD of the judges' sums / sqrt(judges).
    """
    sizes = sorted({len(row) for row in judgements})
    if len(sizes) != 1 or sizes[0] == 0:
        raise ShapeError("Items judged by each judge", str(sizes), "one number, the same for all")
    table: Floats = np.array(judgements, dtype=np.float64)
    if not ((table >= 0) & (table <= 1)).all():
        raise RangeError("A judgement", float(table[~((table >= 0) & (table <= 1))][0]), "0 to 1")
    cuts = table.sum(axis=1)
    n, cut = cuts.size, float(cuts.mean())
    se = float(cuts.std(ddof=1)) / sqrt(n) if n > 1 else None
    half = t_quantile(n - 1) * se if se is not None else None
    interval = Interval(cut - half, cut + half, Method.T) if half is not None else None
    return AngoffRound(
        judge_cuts=tuple(cuts.tolist()),
        cut=Estimate(cut, n, Method.T, interval, se),
        share=cut / sizes[0],
        points=ceil(round(cut, 9)),
        spread=float(np.ptp(cuts)),
        is_provisional=n < JUDGES_FOR_A_CUT,
    )


def angoff_rounds(rounds: Sequence[Sequence[Sequence[float]]]) -> list[AngoffRound]:
    """Return each round's cut, in order; the last one holds. The spread should shrink from round to round.

    Raises:
        ShapeError: As `angoff_round`.
        RangeError: As `angoff_round`.
    """
    return [angoff_round(judgements) for judgements in rounds]


@dataclass(frozen=True, slots=True)
class BorderlineRegression:
    """The checklist total that goes with a global grade of "borderline".

    Attributes:
        cut: In points, with the interval of the fitted line there.
        slope: Points for each grade.
        intercept: Points at grade 0.
        r2: The share of the totals' spread that the grade accounts for.
        residual_sd: How far totals lie from the line, in points.
        is_provisional: Whether there are so few candidates that the interval decides.
    """

    cut: Estimate
    slope: float
    intercept: float
    r2: float
    residual_sd: float
    is_provisional: bool


def borderline_regression(
    grades: Sequence[float], totals: Sequence[float], borderline: float
) -> BorderlineRegression | None:
    """Return the cut by borderline regression; None when all have the same grade.

    Args:
        grades: The one global grade of each candidate, as a number.
        totals: Each candidate's checklist total.
        borderline: The grade that says "borderline".

    Raises:
        ShapeError: There are not as many grades as totals, or fewer than three.

    Source:
        Wood, Humphrey-Murto & Norman (2006), doi:10.1007/s10459-005-7853-1; least squares.
    """
    n = len(grades)
    if n != len(totals) or n < 3:
        raise ShapeError("Grades and totals", f"{n} and {len(totals)}", "as many of both, three at the least")
    x: Floats = np.array(grades, dtype=np.float64)
    y: Floats = np.array(totals, dtype=np.float64)
    spread = float(((x - x.mean()) ** 2).sum())
    if spread == 0:
        return None
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread
    intercept = float(y.mean() - slope * x.mean())
    left = float(((y - intercept - slope * x) ** 2).sum())
    total = float(((y - y.mean()) ** 2).sum())
    sd = sqrt(left / (n - 2))
    cut = intercept + slope * borderline
    se = sd * sqrt(1 / n + (borderline - float(x.mean())) ** 2 / spread)
    half = t_quantile(n - 2) * se
    return BorderlineRegression(
        cut=Estimate(cut, n, Method.LEAST_SQUARES, Interval(cut - half, cut + half, Method.LEAST_SQUARES), se),
        slope=slope,
        intercept=intercept,
        r2=1 - left / total if total > 0 else 0.0,
        residual_sd=sd,
        is_provisional=n < CANDIDATES_FOR_BORDERLINE,
    )
