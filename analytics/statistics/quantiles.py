"""How far two-sided intervals reach, in standard errors or ratios."""

from scipy.special import fdtri, ndtri, stdtrit

from analytics.statistics.errors import RangeError
from analytics.statistics.estimates import CONFIDENCE


def tail(confidence: float = CONFIDENCE) -> float:
    """Return what an interval leaves out at each end.

    Raises:
        RangeError: `confidence` is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise RangeError("The confidence of an interval", confidence, "between 0 and 1")
    return (1 - confidence) / 2


def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """Return how many standard errors an interval reaches to each side: 1.96 for 0.95.

    Raises:
        RangeError: `confidence` is not between 0 and 1.
    """
    return -float(ndtri(tail(confidence)))


def t_quantile(df: float, confidence: float = CONFIDENCE) -> float:
    """Return the same where the standard error rests on `df` degrees of freedom.

    Raises:
        RangeError: `confidence` is not between 0 and 1.
    """
    return float(stdtrit(float(df), 1 - tail(confidence)))


def f_quantile(df: float, df_error: float, share: float) -> float:
    """Return the ratio of mean squares below which `share` of all ratios lie by chance."""
    return float(fdtri(float(df), float(df_error), share))
