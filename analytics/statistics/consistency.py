"""Whether two forms of a quiz would decide alike: design figures, which rest on assumptions and not on attempts."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import betaln, gammaln, ndtr, owens_t

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import RangeError
from analytics.statistics.estimates import Method
from analytics.statistics.proportions import Prior
from analytics.statistics.quiz_design import ASSUMED_MASTERY, require_points


@dataclass(frozen=True, slots=True)
class Consistency:
    """How often two forms decide alike.

    Attributes:
        agreement: The share of people on whom both forms decide alike, 0 to 1.
        kappa: The same beyond chance; None when the forms pass all or nobody.
        method: How it was found.
    """

    agreement: float
    kappa: float | None
    method: Method


def peng_subkoviak(points: int, mean: float, sd: float, reliability: float) -> Consistency:
    """Return the expected consistency from mean, spread and reliability of totals, by one bivariate normal.

    Args:
        points: How many must be right.
        mean: Of the totals, in points.
        sd: Of the totals, above 0.
        reliability: Alpha or KR-21, estimated or assumed; -1 to 1.

    Raises:
        RangeError: `sd` or `reliability` is out of range.

    Source:
        Peng & Subkoviak (1980), doi:10.1111/j.1745-3984.1980.tb00835.x, with the continuity correction of half a point.
    """
    if not sd > 0:
        raise RangeError("The SD of totals", sd, "above 0")
    if not -1 <= reliability <= 1:
        raise RangeError("A reliability", reliability, "-1 to 1")
    z = (points - 0.5 - mean) / sd
    fail = float(ndtr(z))
    both_fail = _both_below(z, reliability)
    return _consistency(1 - 2 * (fail - both_fail), 1 - fail, Method.NORMAL_PAIR)


def _both_below(z: float, r: float) -> float:
    """Return how often two standard normals with correlation r both lie below z. Source: Owen (1956)."""
    if r <= -1:
        return max(0.0, 2 * float(ndtr(z)) - 1)
    return float(ndtr(z)) - 2 * float(owens_t(z, sqrt((1 - r) / (1 + r))))


def huynh(n_items: int, points: int, mean: float, sd: float) -> Consistency | None:
    """Return the expected consistency of number-right scores from one form's mean and SD; None where they fit no beta.

    Raises:
        CountError: `points` is not within 0 and `n_items`.

    Source:
        Huynh (1976), doi:10.1111/j.1745-3984.1976.tb00016.x: beta-binomial with KR-21.
    """
    require_points(points, n_items)
    if not (0 < mean < n_items and sd > 0 and n_items > 1):
        return None
    kr21 = n_items / (n_items - 1) * (1 - mean * (n_items - mean) / (n_items * sd**2))
    if not 0 < kr21 < 1:
        return None
    a = (1 / kr21 - 1) * mean
    return expected_consistency(n_items, points, Prior(a, n_items / kr21 - n_items - a))


def expected_consistency(n_items: int, points: int, assumed: Prior = ASSUMED_MASTERY) -> Consistency:
    """Return how often two forms decide alike when mastery is spread as assumed: to show while a quiz is designed.

    Raises:
        CountError: `points` is not within 0 and `n_items`.

    Source:
        Huynh (1976): the bivariate beta-binomial distribution.
    """
    require_points(points, n_items)
    right: Floats = np.arange(n_items + 1, dtype=np.float64)
    ways = gammaln(n_items + 1) - gammaln(right + 1) - gammaln(n_items - right + 1)
    both = np.add.outer(right, right)
    logs = (
        np.add.outer(ways, ways)
        + betaln(assumed.a + both, assumed.b + 2 * n_items - both)
        - betaln(assumed.a, assumed.b)
    )
    shares, passes = np.exp(logs), right >= points
    agreement = float(shares[np.equal.outer(passes, passes)].sum())
    return _consistency(agreement, float(shares[passes].sum()), Method.HUYNH)


def _consistency(agreement: float, pass_share: float, method: Method) -> Consistency:
    chance = pass_share**2 + (1 - pass_share) ** 2
    kappa = (agreement - chance) / (1 - chance) if 1 - chance > 1e-12 else None
    return Consistency(agreement, kappa, method)
