"""Stopping a short quiz early: Wald's sequential test, as an option. What it costs is computed exactly."""

from dataclasses import dataclass
from enum import StrEnum
from math import log

import numpy as np

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import CountError, RangeError


class Step(StrEnum):
    """What to do after an answer."""

    PASS = "pass"
    FAIL = "fail"
    GO_ON = "go_on"


@dataclass(frozen=True, slots=True)
class SequentialTest:
    """A quiz that ends as soon as enough was seen.

    Attributes:
        low: A mastery that should fail, such as .6.
        high: A mastery that should pass, such as .85.
        false_pass: How often somebody at `low` may pass.
        false_fail: How often somebody at `high` may fail.
        shortest: No decision before so many items.
        longest: At so many items the nearer side decides.
    """

    low: float = 0.6
    high: float = 0.85
    false_pass: float = 0.1
    false_fail: float = 0.1
    shortest: int = 5
    longest: int = 20

    def __post_init__(self) -> None:
        if not 0 < self.low < self.high < 1:
            raise RangeError("The mastery that should fail", self.low, f"between 0 and {self.high:g}, and that below 1")
        for name, risk in (("false passes", self.false_pass), ("false fails", self.false_fail)):
            if not 0 < risk < 0.5:
                raise RangeError(f"The risk of {name}", risk, "between 0 and 0.5")
        if not 1 <= self.shortest <= self.longest:
            raise CountError("The shortest quiz", self.shortest, f"1 to {self.longest}")

    def decide(self, k: int, n: int) -> Step:
        """Return what to do after `k` right of `n`.

        Raises:
            CountError: `k` is not within 0 and `n`.

        Source:
            Wald (1945), doi:10.1214/aoms/1177731118; at the longest length the sign of the likelihood ratio decides.
        """
        if not 0 <= k <= n:
            raise CountError("The number of right answers", k, f"0 to {n}")
        ratio = k * log(self.high / self.low) + (n - k) * log((1 - self.high) / (1 - self.low))
        if n >= self.longest:
            return Step.PASS if ratio >= 0 else Step.FAIL
        if n < self.shortest:
            return Step.GO_ON
        if ratio >= log((1 - self.false_fail) / self.false_pass):
            return Step.PASS
        return Step.FAIL if ratio <= log(self.false_fail / (1 - self.false_pass)) else Step.GO_ON


@dataclass(frozen=True, slots=True)
class SequentialCost:
    """What a sequential test does with people of one mastery: how often they pass, and the mean length."""

    mastery: float
    pass_share: float
    mean_items: float


def sequential_cost(test: SequentialTest, mastery: float) -> SequentialCost:
    """Return how often people of a mastery pass and how many items they answer, exactly.

    Raises:
        RangeError: `mastery` is not within 0 and 1.
    """
    if not 0 <= mastery <= 1:
        raise RangeError("The mastery", mastery, "0 to 1")
    on_the_way: Floats = np.ones(1)
    passed = length = 0.0
    for n in range(1, test.longest + 1):
        on_the_way = _after_one_more(on_the_way, mastery)
        for k in range(n + 1):
            step = test.decide(k, n)
            if step is not Step.GO_ON:
                passed += float(on_the_way[k]) * (step is Step.PASS)
                length += float(on_the_way[k]) * n
                on_the_way[k] = 0.0
    return SequentialCost(mastery, passed, length)


def _after_one_more(chances: Floats, mastery: float) -> Floats:
    """Return the chances of 0, 1, … right answers after one more item."""
    wrong, right = np.append(chances, 0.0), np.insert(chances, 0, 0.0)
    return wrong * (1 - mastery) + right * mastery
