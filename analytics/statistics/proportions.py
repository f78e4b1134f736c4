"""Proportions of few people: intervals that hold at small n, and the probability that a true mastery reaches a cut."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

from scipy.special import betaincc, betaincinv

from analytics.statistics.errors import CountError, RangeError
from analytics.statistics.estimates import CONFIDENCE, Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import normal_quantile, tail
from curriculum.phrases import N_


@dataclass(frozen=True, slots=True)
class Prior:
    """A beta distribution of what mastery may be before anything was seen; `Prior(1, 1)` holds all as likely."""

    a: float
    b: float


UNIFORM: Final = Prior(1, 1)
HALF: Final = Prior(0.5, 0.5)


def wilson(k: int, n: int, confidence: float = CONFIDENCE) -> Estimate:
    """Return a proportion with Wilson's interval. The one to show: it holds its promise at small n.

    Args:
        k: How many did, 0 to `n`.
        n: Of how many.
        confidence: Of the interval, between 0 and 1.

    Returns:
        0 to 1; not computable without anybody.

    Raises:
        CountError: `k` is not within 0 and `n`.
        RangeError: `confidence` is not between 0 and 1.

    Source:
        Wilson (1927), doi:10.1080/01621459.1927.10502953; Newcombe (1998), method 3.
    """
    _require_counts(k, n)
    if n == 0:
        return not_computable(0, Method.COUNTED, N_("nobody was counted"))
    z = normal_quantile(confidence)
    share = k / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = 0.0 if k == 0 else middle - half
    high = 1.0 if k == n else middle + half
    return Estimate(share, n, Method.COUNTED, Interval(low, high, Method.WILSON, confidence))


def jeffreys(k: int, n: int, confidence: float = CONFIDENCE) -> Estimate:
    """Return a proportion with Jeffreys' interval, whose ends are 0 when nobody did and 1 when all did.

    Args, Raises: As `wilson`.

    Source:
        Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286.
    """
    _require_counts(k, n)
    if n == 0:
        return not_computable(0, Method.COUNTED, N_("nobody was counted"))
    out = tail(confidence)
    low = 0.0 if k == 0 else float(betaincinv(k + HALF.a, n - k + HALF.b, out))
    high = 1.0 if k == n else float(betaincinv(k + HALF.a, n - k + HALF.b, 1 - out))
    return Estimate(k / n, n, Method.COUNTED, Interval(low, high, Method.JEFFREYS, confidence))


def clopper_pearson(k: int, n: int, confidence: float = CONFIDENCE) -> Estimate:
    """Return a proportion with the exact interval, which belongs to exact tests and is wider than need be.

    Args, Raises: As `wilson`.

    Source:
        Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
    """
    _require_counts(k, n)
    if n == 0:
        return not_computable(0, Method.COUNTED, N_("nobody was counted"))
    out = tail(confidence)
    low = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, out))
    high = 1.0 if k == n else float(betaincinv(k + 1, n - k, 1 - out))
    return Estimate(k / n, n, Method.COUNTED, Interval(low, high, Method.CLOPPER_PEARSON, confidence))


def mastery_probability(k: int, n: int, cut: float, prior: Prior = UNIFORM) -> Estimate:
    """Return how probable it is that somebody's true mastery is at least the cut, after `k` right of `n`.

    A reason to ask for more evidence, never to fail anybody. With nothing answered it is what the prior says.

    Args:
        k: How many items were right.
        n: Of how many.
        cut: The mastery asked for, 0 to 1.
        prior: What may be before anything was seen; show it beside the figure.

    Raises:
        CountError: `k` is not within 0 and `n`.
        RangeError: `cut` is not within 0 and 1.

    Source:
        The posterior of a binomial with a beta prior: Novick & Lewis (1974), "Prescribing test length".
    """
    _require_counts(k, n)
    if not 0 <= cut <= 1:
        raise RangeError("The cut", cut, "0 to 1")
    probability = float(betaincc(prior.a + k, prior.b + n - k, cut))
    return Estimate(probability, n, Method.BETA_BINOMIAL)


def _require_counts(k: int, n: int) -> None:
    if n < 0:
        raise CountError("The number of those who were counted", n, "0 or more")
    if not 0 <= k <= n:
        raise CountError("The number of those who did", k, f"0 to {n}")
