"""What a trainee can do, by domain of competencies: it grows with training and practice towards what they can reach."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

STANDARD: Final = 1.0
"""Who has this ability in every domain is truly at standard."""

READ: Final = 0.16
PLAYED: Final = 0.24
LED: Final = 0.18
REVIEWED: Final = 0.06
"""Which part of the way to what somebody can reach is gone by reading, by a role-play, live, and in supervision."""


@dataclass(slots=True)
class Ability:
    """Abilities of one trainee by number of domain, on a scale where people begin about -0.5 and the standard is 1."""

    now: list[float]
    reach: tuple[float, ...]

    def grow(self, domains: Iterable[int], share: float) -> None:
        """Go a share of the way that is left in some domains."""
        for domain in domains:
            self.now[domain] += share * max(self.reach[domain] - self.now[domain], 0.0)

    def mean(self, domains: Iterable[int]) -> float:
        """Return the mean over some domains."""
        values = [self.now[domain] for domain in domains]
        return sum(values) / len(values) if values else 0.0

    @property
    def is_at_standard(self) -> bool:
        """Return whether every domain is at the standard."""
        return min(self.now, default=STANDARD) >= STANDARD


def draw_ability(rng: Random, n_domains: int) -> Ability:
    """Return the abilities with which somebody begins: one talent for all domains, and some chance in each."""
    talent = rng.gauss(0.0, 1.0)
    now = [-0.5 + 0.5 * talent + rng.gauss(0.0, 0.3) for _ in range(n_domains)]
    reach = tuple(max(2.2 + 0.45 * talent + rng.gauss(0.0, 0.25), start) for start in now)
    return Ability(now, reach)


def chance(logit: float) -> float:
    """Return the probability of a logit, 0 to 1."""
    if logit >= 0:
        return 1.0 / (1.0 + math.exp(-logit))
    growth = math.exp(logit)
    return growth / (1.0 + growth)
