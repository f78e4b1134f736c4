"""Two raters: Cohen's kappa, plain and weighted, with its large-sample standard error."""

from math import sqrt

import numpy as np

from analytics.statistics.arrays import Floats, Ints
from analytics.statistics.bootstrap import bootstrap_interval
from analytics.statistics.errors import ShapeError
from analytics.statistics.estimates import Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import normal_quantile
from curriculum.phrases import N_


def cohens_kappa(counts: Ints, weights: Floats | None = None) -> Estimate:
    """Return the agreement of two raters beyond chance, with its standard error and interval.

    It collapses when nearly everybody gets the same level, which is the normal case near a sign-off: show it beside the
    share of agreement and AC1, never alone. Kappas of different weights cannot be compared with each other.

    Args:
        counts: Shape (level of the one, level of the other): how many subjects.
        weights: Agreement of each pair of levels, 1 on the diagonal; by default only the same level agrees.

    Returns:
        -1 to 1; not computable without subjects, or when both used one level throughout.

    Raises:
        ShapeError: Counts or weights are not square and of one size.

    Source:
        Cohen (1960), doi:10.1177/001316446002000104; (1968), doi:10.1037/h0026256; standard error: Fleiss, Cohen &
        Everitt (1969), doi:10.1037/h0028106.
    """
    size = counts.shape[0]
    agree = np.eye(size) if weights is None else weights
    if counts.shape != (size, size) or agree.shape != (size, size):
        raise ShapeError(
            "Levels of two raters", f"{counts.shape} with weights {agree.shape}", "square tables of one size"
        )
    n = int(counts.sum())
    if n == 0:
        return not_computable(0, Method.COHEN, N_("no subject was rated by both"))
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed = float((agree * shares).sum())
    expected = float((agree * np.outer(rows, columns)).sum())
    if 1 - expected < 1e-12:
        return not_computable(n, Method.COHEN, N_("both raters gave the same level throughout"))
    kappa = (observed - expected) / (1 - expected)
    se = _standard_error(shares, agree, kappa, expected, n)
    half = normal_quantile() * se
    interval = Interval(max(kappa - half, -1.0), min(kappa + half, 1.0), Method.LARGE_SAMPLE)
    return Estimate(kappa, n, Method.COHEN, interval, se)


def kappa_interval(tables: Ints, weights: Floats | None = None) -> Interval | None:
    """Return the interval of Cohen's kappa where subjects belong together: whole clusters are drawn anew.

    Args:
        tables: Shape (cluster, level of the one, level of the other): how many subjects.
        weights: As in `cohens_kappa`.
    """
    agree = np.eye(tables.shape[1]) if weights is None else weights

    def kappas(drawn: Floats) -> Floats:
        counts = np.tensordot(drawn, tables.astype(np.float64), axes=1)
        n = counts.sum(axis=(1, 2))
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = (counts * agree).sum(axis=(1, 2)) / n
            expected = np.einsum("di,ij,dj->d", counts.sum(axis=2), agree, counts.sum(axis=1)) / n**2
            return np.where(1 - expected > 1e-12, (observed - expected) / (1 - expected), np.nan)

    return bootstrap_interval(tables.shape[0], kappas)


def _standard_error(shares: Floats, agree: Floats, kappa: float, expected: float, n: int) -> float:
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    by_row, by_column = agree @ columns, rows @ agree
    spread = agree - (by_row[:, None] + by_column[None, :]) * (1 - kappa)
    inner = float((shares * spread**2).sum()) - (kappa - expected * (1 - kappa)) ** 2
    return sqrt(max(inner, 0.0) / n) / (1 - expected)
