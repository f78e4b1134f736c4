"""How well the items of one fixed form agree with each other: alpha, the error of a total, one-factor omega."""

from math import sqrt
from typing import Final

import numpy as np
from scipy.optimize import minimize

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import ShapeError
from analytics.statistics.estimates import CONFIDENCE, Estimate, Interval, Method, not_computable
from analytics.statistics.quantiles import f_quantile
from analytics.statistics.thresholds import ITEMS, ItemThresholds
from curriculum.phrases import N_, Phrase

_LEAST_UNIQUE: Final = 1e-3
"""Of an item's variance: with less of its own left, one item alone carries the factor."""


def cronbach_alpha(n: int, n_items: int, sum_of_variances: float, total_variance: float) -> Estimate:
    """Return Cronbach's alpha of a fixed form with Feldt's interval.

    Moodle prints the same as "coefficient of internal consistency", in per cent.

    Args:
        n: How many people.
        n_items: How many items everybody answered.
        sum_of_variances: Of the items' marks, each over n - 1.
        total_variance: Of the totals, over n - 1.

    Returns:
        At most 1; may be negative. Not computable for fewer than two people or items, or equal totals.

    Source:
        Cronbach (1951), doi:10.1007/BF02310555; interval: Feldt (1965), doi:10.1007/BF02289499.
    """
    if n < 2:
        return not_computable(n, Method.FELDT, N_("it takes at least two people"))
    if n_items < 2:
        return not_computable(n, Method.FELDT, N_("it takes at least two items"))
    if total_variance <= 0:
        return not_computable(n, Method.FELDT, N_("everybody has the same total"))
    alpha = n_items / (n_items - 1) * (1 - sum_of_variances / total_variance)
    return Estimate(alpha, n, Method.FELDT, _feldt(alpha, n, n_items))


def _feldt(alpha: float, n: int, n_items: int) -> Interval:
    upper = (1 + CONFIDENCE) / 2
    df, df_error = n - 1, (n - 1) * (n_items - 1)
    low = 1 - (1 - alpha) * f_quantile(df, df_error, upper)
    high = 1 - (1 - alpha) * f_quantile(df, df_error, 1 - upper)
    return Interval(low, high, Method.FELDT)


def error_ratio(alpha: Estimate) -> Estimate:
    """Return the share of a total's standard deviation that is error, in per cent; above 100 when alpha is negative.

    Source: Moodle quiz statistics.
    """
    if alpha.value is None:
        return Estimate(None, alpha.n, Method.MOODLE, because=alpha.because)
    return Estimate(100 * sqrt(max(1 - alpha.value, 0.0)), alpha.n, Method.MOODLE)


def standard_error_of_measurement(alpha: Estimate, total_sd: float) -> Estimate:
    """Return how far a total lies from what the person would have on average, in marks, typically.

    Source: SD · sqrt(1 - alpha), as Moodle's "standard error".
    """
    ratio = error_ratio(alpha)
    if ratio.value is None:
        return ratio
    return Estimate(ratio.value / 100 * total_sd, alpha.n, Method.MOODLE)


def one_factor_omega(covariances: Floats, n: int, thresholds: ItemThresholds = ITEMS) -> Estimate:
    """Return one-factor omega: the share of the total's variance that one common factor accounts for.

    Args:
        covariances: Shape (item, item), of people who all answered the same items.
        n: How many people.
        thresholds: From how many people and items on it is fitted.

    Raises:
        ShapeError: The table is not square.

    Source:
        McDonald (1999), Test Theory, ch. 6; maximum likelihood as in Jöreskog (1967), doi:10.1007/BF02289658.
    """
    size = covariances.shape[0]
    if covariances.shape != (size, size):
        raise ShapeError("Covariances of items", f"a table of {covariances.shape}", "a square one")
    if reason := no_factor(n, size, thresholds):
        return not_computable(n, Method.FACTOR, reason)
    spreads = np.sqrt(np.diag(covariances))
    if not np.all(spreads > 0):
        return not_computable(n, Method.FACTOR, N_("everybody has the same mark on one of the items"))
    fitted = _fit_one_factor(covariances / np.outer(spreads, spreads))
    if fitted is None:
        return not_computable(n, Method.FACTOR, N_("no single factor fits the items"))
    loadings, uniquenesses = fitted
    common = float(np.sum(loadings * spreads)) ** 2
    return Estimate(common / (common + float(np.sum(uniquenesses * spreads**2))), n, Method.FACTOR)


def no_factor(n: int, n_items: int, thresholds: ItemThresholds = ITEMS) -> Phrase | None:
    """Return why no factor is fitted to so many people and items; None when one is."""
    if n < thresholds.omega:
        return N_("a factor needs at least {need} people; there are {n}", need=thresholds.omega, n=n)
    if n_items < thresholds.omega_items:
        return N_("a factor needs at least {need} items; there are {n}", need=thresholds.omega_items, n=n_items)
    return None


def _fit_one_factor(correlations: Floats) -> tuple[Floats, Floats] | None:
    """Return loadings and uniquenesses of standardised items; None when the fit is none."""
    size = correlations.shape[0]
    values, vectors = np.linalg.eigh(correlations)
    start = np.clip(np.abs(vectors[:, -1]) * np.sqrt(max(values[-1] - 1, 0.1)), 0.1, 0.9) * np.sign(vectors[:, -1])

    def misfit(parameters: Floats) -> tuple[float, Floats]:
        loadings, unique = parameters[:size], np.exp(parameters[size:])
        model = np.outer(loadings, loadings) + np.diag(unique)
        inverse = np.linalg.inv(model)
        difference = inverse - inverse @ correlations @ inverse
        value = float(np.linalg.slogdet(model)[1] + np.trace(correlations @ inverse))
        return value, np.concatenate([2 * difference @ loadings, np.diag(difference) * unique])

    found = minimize(
        misfit, np.concatenate([start, np.log(1 - start**2)]), jac=True, method="BFGS", options={"gtol": 1e-8}
    )
    loadings, unique = found.x[:size], np.exp(found.x[size:])
    is_fitted = np.abs(found.jac).max() < 1e-5 and unique.min() > _LEAST_UNIQUE
    return (loadings, unique) if is_fitted else None
