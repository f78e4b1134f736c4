"""What a statistic says: a figure with its n, interval and method, or the reason why there is none."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from curriculum.phrases import Phrase

CONFIDENCE: Final = 0.95
"""Of every interval that says nothing else."""


class Method(StrEnum):
    """How a figure or its interval was found; docs/methods.md has a line for each."""

    MOODLE = "Moodle quiz statistics"
    WILSON = "Wilson"
    JEFFREYS = "Jeffreys"
    CLOPPER_PEARSON = "Clopper-Pearson"
    BETA_BINOMIAL = "Beta-binomial"
    T = "t of a mean"
    FISHER_Z = "Fisher z"
    FELDT = "Feldt"
    FACTOR = "one factor, maximum likelihood"
    COUNTED = "counted"
    COHEN = "Cohen"
    FLEISS = "Fleiss"
    GWET = "Gwet, linearised"
    KRIPPENDORFF = "Krippendorff"
    BOOTSTRAP = "bootstrap over subjects"
    LARGE_SAMPLE = "large-sample standard error"
    VARIANCE_RATIO = "ratio of mean squares, F"
    LEAST_SQUARES = "least squares, t"
    SPEARMAN_BROWN = "Spearman-Brown"
    LOG_LOG = "log(-log)"
    SIGN = "exact sign test"
    SHRUNK = "beta-binomial empirical Bayes"
    NORMAL_PAIR = "Peng-Subkoviak"
    HUYNH = "Huynh"


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a figure may lie. An end is None when the data do not say where it is."""

    low: float | None
    high: float | None
    method: Method
    confidence: float = CONFIDENCE

    def holds(self, value: float) -> bool:
        """Return whether a value lies within; an end that is not known shuts nothing out."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def map(self, change: Callable[[float], float]) -> "Interval":
        """Return the interval with a rising function applied to its ends."""
        low = None if self.low is None else change(self.low)
        high = None if self.high is None else change(self.high)
        return Interval(low, high, self.method, self.confidence)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure, or the reason why there is none.

    Attributes:
        value: The figure; None exactly when `because` is set.
        n: How many people (or what the statistic counts) stand behind it.
        method: How it was found.
        interval: Where it may lie; None where none is defined.
        se: The standard error in the unit of the figure; None where none is defined.
        because: Why there is no figure: what follows "not computable, because".
    """

    value: float | None
    n: int
    method: Method
    interval: Interval | None = None
    se: float | None = None
    because: Phrase | None = None

    @property
    def is_computable(self) -> bool:
        """Return whether there is a figure."""
        return self.value is not None


def not_computable(n: int, method: Method, because: Phrase) -> Estimate:
    """Return an estimate without a figure. `because` ends the sentence "not computable, because"."""
    return Estimate(None, n, method, because=because)
