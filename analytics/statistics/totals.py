"""The totals of a form: where they lie and how they spread, by Moodle's conventions."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from analytics.statistics.arrays import Floats
from analytics.statistics.estimates import Estimate, Method, not_computable
from assessments.item_sums import TotalCount
from curriculum.phrases import N_, Phrase


@dataclass(frozen=True, slots=True)
class TotalStatistics:
    """Totals in raw marks; skewness and kurtosis without a unit."""

    mean: Estimate
    median: Estimate
    sd: Estimate
    skewness: Estimate
    kurtosis: Estimate

    @property
    def variance(self) -> float:
        """Return the variance over n - 1; 0 where it is not defined."""
        return 0.0 if self.sd.value is None else self.sd.value**2


def total_statistics(totals: Sequence[TotalCount]) -> TotalStatistics:
    """Return mean, median, SD, skewness and kurtosis of totals.

    Source:
        Moodle's quiz statistics: k-statistics, skewness k3 / k2^1.5, kurtosis k4 / k2².
    """
    values: Floats = np.array([count.total for count in totals], dtype=np.float64)
    weights: Floats = np.array([count.n for count in totals], dtype=np.float64)
    n = int(weights.sum())
    if n == 0:
        return TotalStatistics(*[not_computable(0, Method.MOODLE, N_("nobody answered")) for _ in range(5)])
    mean = float(weights @ values) / n
    m2, m3, m4 = (float(weights @ (values - mean) ** power) / n for power in (2, 3, 4))
    if m2 <= (1e-12 * max(1.0, abs(mean))) ** 2:
        m2 = 0.0
    sd = (
        Estimate(sqrt(n * m2 / (n - 1)), n, Method.MOODLE)
        if n > 1
        else not_computable(n, Method.MOODLE, N_("it takes at least two people"))
    )
    return TotalStatistics(
        mean=Estimate(mean, n, Method.MOODLE),
        median=Estimate(_median(values, weights, n), n, Method.MOODLE),
        sd=sd,
        skewness=_skewness(n, m2, m3),
        kurtosis=_kurtosis(n, m2, m4),
    )


def _median(values: Floats, weights: Floats, n: int) -> float:
    cumulated = np.cumsum(weights)
    lower, upper = np.searchsorted(cumulated, [(n - 1) // 2, n // 2], side="right")
    return float(values[lower] + values[upper]) / 2


def _skewness(n: int, m2: float, m3: float) -> Estimate:
    if reason := _undefined(n, 3, m2):
        return not_computable(n, Method.MOODLE, reason)
    k2, k3 = n * m2 / (n - 1), n * n * m3 / ((n - 1) * (n - 2))
    return Estimate(k3 / k2**1.5, n, Method.MOODLE)


def _kurtosis(n: int, m2: float, m4: float) -> Estimate:
    if reason := _undefined(n, 4, m2):
        return not_computable(n, Method.MOODLE, reason)
    k2 = n * m2 / (n - 1)
    k4 = n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3))
    return Estimate(k4 / (k2 * k2), n, Method.MOODLE)


def _undefined(n: int, need: int, m2: float) -> Phrase | None:
    if n < need:
        return N_("it takes at least {need} people; there are {n}", need=need, n=n)
    return N_("everybody has the same total") if m2 == 0 else None
