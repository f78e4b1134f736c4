"""Intervals by drawing the subjects anew, from a fixed seed: the same data always give the same interval."""

from collections.abc import Callable
from typing import Final

import numpy as np

from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.estimates import CONFIDENCE, Interval, Method

DRAWS: Final = 2_000
SEED: Final = 20_261_123

_AT_ONCE: Final = 4_000_000
_LEAST_DEFINED: Final = 0.9
"""Of the draws: where the statistic is undefined more often, a percentile of the rest would be no interval."""


def bootstrap_interval(
    n: int, statistic: Callable[[Floats], Floats], draws: int = DRAWS, *, clusters: Ints | None = None
) -> Interval | None:
    """Return the percentile interval of a statistic over resampled subjects.

    Args:
        n: How many subjects.
        statistic: Takes weights of shape (draw, subject), how often each subject was drawn, and returns the statistic
            of each draw; NaN where it is not defined.
        draws: How many times to draw.
        clusters: The number, from 0, of what each subject belongs to, such as the person whom it is about: then whole
            clusters are drawn, because subjects of one are alike.

    Returns:
        None where the statistic is undefined in more than a tenth of the draws.

    Source:
        Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    """
    rng = np.random.default_rng(SEED)
    size = max(1, _AT_ONCE // max(n, 1))
    n_drawn = n if clusters is None else int(clusters.max(initial=-1)) + 1
    weights = (_weights(rng, n_drawn, min(size, draws - first)) for first in range(0, draws, size))
    parts = [statistic(drawn if clusters is None else drawn[:, clusters]) for drawn in weights]
    values = np.concatenate(parts)
    defined = values[np.isfinite(values)]
    if defined.size < _LEAST_DEFINED * draws:
        return None
    low, high = np.quantile(defined, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Interval(float(low), float(high), Method.BOOTSTRAP)


def _weights(rng: np.random.Generator, n: int, draws: int) -> Floats:
    drawn = rng.integers(0, n, size=(draws, n))
    flat = drawn + np.arange(draws)[:, None] * n
    return np.bincount(flat.ravel(), minlength=draws * n).reshape(draws, n).astype(np.float64)
