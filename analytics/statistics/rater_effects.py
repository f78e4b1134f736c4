"""What each rater adds to a rating, by least squares over subjects that several rated."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.linalg import pinvh

from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.estimates import CONFIDENCE
from analytics.statistics.quantiles import t_quantile
from analytics.statistics.ratings import MISSING, Ratings


@dataclass(frozen=True, slots=True)
class Effects:
    """One effect a rater, known up to a common shift; `reach` tells which differences the ratings speak to at all."""

    values: Floats
    covariance: Floats
    reach: Floats
    df: int


@dataclass(frozen=True, slots=True)
class Contrast:
    """One rater against those of the group who do not stand out.

    Attributes:
        value: The difference, in the unit of the effect.
        se: Its standard error.
        stands_out: Whether it cannot well be chance, in a group of that size.
    """

    value: float
    se: float
    stands_out: bool


def rater_groups(ratings: Ratings) -> list[int]:
    """Return the group, from 1, of each rater: raters joined by subjects they share, directly or through others.

    Effects of different groups cannot be compared: nothing tells a severe rater from a weak trainee.
    """
    parent = list(range(len(ratings.raters)))

    def root(rater: int) -> int:
        while parent[rater] != rater:
            parent[rater] = parent[parent[rater]]
            rater = parent[rater]
        return rater

    for row in ratings.codes != MISSING:
        together = np.flatnonzero(row)
        for rater in together[1:]:
            parent[root(int(rater))] = root(int(together[0]))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(root(rater), len(numbers) + 1) for rater in range(len(ratings.raters))]


def shared_ratings(ratings: Ratings) -> Ints:
    """Return how many of each rater's ratings stand beside somebody else's of the same subject."""
    given = ratings.codes != MISSING
    return given[given.sum(axis=1) >= 2].sum(axis=0)


def severity_effects(ratings: Ratings) -> Effects:
    """Return by how many levels each rater's ratings differ: rating = subject + rater.

    Source: Additive two-way model by least squares, Searle (1971), Linear Models, ch. 7.
    """
    return _fit(ratings, [np.ones(len(ratings.subjects))])


def drift_effects(ratings: Ratings, times: Floats) -> Effects:
    """Return by how much each rater's severity changes in a unit of time: rating = subject + rater + rater · time.

    Source: As `severity_effects`, with a slope for each rater.
    """
    return _fit(ratings, [np.ones(len(ratings.subjects)), times - times.mean()])


def _fit(ratings: Ratings, factors: Sequence[Floats]) -> Effects:
    """Return the effects that belong to the last of the factors, each of which has a value for every subject."""
    values = ratings.values
    shared = (~np.isnan(values)).sum(axis=1) >= 2
    given = ~np.isnan(values[shared])
    numbers = np.maximum(given.sum(axis=1), 1)[:, None]
    own = np.where(
        given, values[shared] - np.where(given, values[shared], 0.0).sum(axis=1, keepdims=True) / numbers, 0.0
    )
    kept = [factor[shared] for factor in factors]
    matrix = np.block([[_centred(given, numbers, one * other) for other in kept] for one in kept])
    inverse: Floats = np.array(pinvh(matrix), dtype=np.float64)
    right = np.concatenate([one @ own for one in kept])
    found: Floats = inverse @ right
    n_raters = given.shape[1]
    left = float((own**2).sum()) - float(found @ right)
    df = int(given.sum()) - given.shape[0] - round(float(np.trace(inverse @ matrix)))
    error = max(left, 0.0) / df if df > 0 else float("nan")
    last = slice(-n_raters, None)
    return Effects(found[last], inverse[last, last] * error, (inverse @ matrix)[last], df)


def _centred(given: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], numbers: Ints, weights: Floats) -> Floats:
    """Return the sum over subjects, each by its weight, of the matrix that takes the mean out of its ratings."""
    weighted = given * weights[:, None]
    return np.diag(weighted.sum(axis=0)) - (weighted / numbers).T @ given.astype(np.float64)


def contrasts(effects: Effects, members: Sequence[int]) -> dict[int, Contrast]:
    """Return each member against those who do not stand out; members whom the ratings do not reach are left out.

    The one who stands out most is taken out of what the others are compared with, then the next, as long as at least
    half of the group, and two, are left: so one lenient rater does not make all others look severe.

    Source:
        Contrasts of the least-squares fit; t with Bonferroni's correction for the number of members.
    """
    if effects.df <= 0 or len(members) < 2:
        return {}
    usual = list(members)
    wide = t_quantile(effects.df, 1 - (1 - CONFIDENCE) / len(members))
    while True:
        found = {rater: made for rater in members if (made := _contrast(effects, rater, usual, wide)) is not None}
        odd = [rater for rater in usual if rater in found and found[rater].stands_out]
        if not odd or len(usual) - 1 < max(2, len(members) / 2):
            return found
        usual.remove(max(odd, key=lambda rater: abs(found[rater].value) / max(found[rater].se, 1e-12)))


def _contrast(effects: Effects, rater: int, usual: Sequence[int], wide: float) -> Contrast | None:
    weights = np.zeros(effects.values.size)
    weights[list(usual)] = -1 / len(usual)
    weights[rater] += 1
    full = np.zeros(effects.reach.shape[1])
    full[-weights.size :] = weights
    if np.abs(weights @ effects.reach - full).max() > 1e-6:
        return None
    value = float(weights @ effects.values)
    se = sqrt(max(float(weights @ effects.covariance @ weights), 0.0))
    return Contrast(value, se, abs(value) > wide * se + 1e-9)
