"""Shares of small cohorts, each drawn towards what cohorts have in common by as much as its size asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaincinv, betaln

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import CountError, ShapeError
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.proportions import Prior, wilson
from analytics.statistics.thresholds import COHORTS_TO_SHRINK
from curriculum.phrases import N_, Phrase

RANGE: Final = 0.9
"""Of the plug-in interval: it covers about 87 in 100, so say "about"."""

_WEAK_MEAN: Final = log(2)
_WEAK_SD: Final = 1.5
"""Of the weak prior on log a and log b: it keeps both from running away when cohorts hardly differ."""


@dataclass(frozen=True, slots=True)
class ShrunkShare:
    """One cohort: its raw share with Wilson's interval, and the shrunk one with about 90 %; always show both."""

    raw: Estimate
    shrunk: Estimate


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """The cohorts, and the beta distribution of their true shares; or why nothing was shrunk."""

    cohorts: tuple[ShrunkShare, ...]
    common: Prior | None
    because: Phrase | None


def shrink_shares(successes: Sequence[int], totals: Sequence[int]) -> Shrinkage:
    """Return each cohort's share drawn towards the others'. For comparing cohorts, never to decide on a person.

    Args:
        successes: How many did, a cohort each.
        totals: Of how many.

    Returns:
        Below the threshold of cohorts, or when one is empty, the raw shares and the reason.

    Raises:
        ShapeError: There are not as many successes as totals.
        CountError: A success is not within 0 and its total.

    Source:
        Beta-binomial empirical Bayes with a weak prior on log a and log b: Morris (1983), doi:10.2307/2287098.
    """
    if len(successes) != len(totals):
        raise ShapeError("Successes and totals of cohorts", f"{len(successes)} and {len(totals)}", "as many of both")
    raw = [wilson(k, n) for k, n in zip(successes, totals, strict=True)]
    reason = _not_shrunk(totals)
    if reason is not None:
        nothing = (not_computable(one.n, Method.SHRUNK, reason) for one in raw)
        return Shrinkage(tuple(ShrunkShare(a, b) for a, b in zip(raw, nothing, strict=True)), None, reason)
    common = _fit(np.array(successes, dtype=np.float64), np.array(totals, dtype=np.float64))
    shrunk = (_posterior(k, n, common) for k, n in zip(successes, totals, strict=True))
    return Shrinkage(tuple(ShrunkShare(a, b) for a, b in zip(raw, shrunk, strict=True)), common, None)


def _not_shrunk(totals: Sequence[int]) -> Phrase | None:
    n = sum(total > 0 for total in totals)
    if n < COHORTS_TO_SHRINK:
        return N_("{need} cohorts are needed to see how cohorts differ; there are {n}", need=COHORTS_TO_SHRINK, n=n)
    return None


def _fit(successes: Floats, totals: Floats) -> Prior:
    def misfit(logs: Floats) -> float:
        a, b = (float(value) for value in np.exp(logs))
        likelihood: Floats = np.asarray(betaln(a + successes, b + totals - successes)) - float(betaln(a, b))
        weak = ((logs - _WEAK_MEAN) ** 2).sum() / (2 * _WEAK_SD**2)
        return float(weak) - float(likelihood.sum())

    start: Floats = np.full(2, _WEAK_MEAN)
    found = minimize(misfit, start, method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-10})
    a, b = np.exp(found.x)
    return Prior(float(a), float(b))


def _posterior(k: int, n: int, common: Prior) -> Estimate:
    if not 0 <= k <= n:
        raise CountError("The number of those who did", k, f"0 to {n}")
    a, b = common.a + k, common.b + n - k
    low, high = (float(betaincinv(a, b, share)) for share in ((1 - RANGE) / 2, (1 + RANGE) / 2))
    return Estimate(a / (a + b), n, Method.SHRUNK, Interval(low, high, Method.SHRUNK, RANGE))
