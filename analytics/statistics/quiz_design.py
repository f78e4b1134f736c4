"""What a quiz can bear before anybody takes it: design figures, from assumptions that stand beside them."""

from dataclasses import dataclass
from math import comb
from typing import Final

import numpy as np
from scipy.special import bdtrc, betainc, betaln, gammaln

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import CountError, RangeError
from analytics.statistics.proportions import Prior

ASSUMED_MASTERY: Final = Prior(6, 2)
"""Of trainees who come to a quiz: three quarters known on average."""


@dataclass(frozen=True, slots=True)
class CutErrors:
    """What a cut does to people whose true mastery is known.

    Attributes:
        points: The points that pass.
        false_pass: Of those below the mastery asked for, the share that passes.
        false_fail: Of those at or above it, the share that fails.
        pass_share: Of all, the share that passes.
    """

    points: int
    false_pass: float
    false_fail: float
    pass_share: float


def cut_errors(n_items: int, points: int, mastery: float, assumed: Prior = ASSUMED_MASTERY) -> CutErrors:
    """Return how often a cut is wrong about people, exactly.

    Args:
        n_items: How many items the form has.
        points: How many must be right.
        mastery: The true mastery asked for, between 0 and 1.
        assumed: How true mastery is spread among those who come.

    Raises:
        CountError: `points` is not within 0 and `n_items`.
        RangeError: `mastery` is not between 0 and 1.

    Source:
        Binomial scores with beta mastery: Lord (1965), doi:10.1007/BF02289490; each term by conjugacy.
    """
    require_points(points, n_items)
    if not 0 < mastery < 1:
        raise RangeError("The mastery asked for", mastery, "between 0 and 1")
    right: Floats = np.arange(n_items + 1, dtype=np.float64)
    scores = _score_shares(n_items, assumed)
    below = betainc(assumed.a + right, assumed.b + n_items - right, mastery)
    short = float(betainc(assumed.a, assumed.b, mastery))
    passes = right >= points
    false_pass = float((scores * below)[passes].sum()) / short
    false_fail = float((scores * (1 - below))[~passes].sum()) / (1 - short)
    return CutErrors(points, false_pass, false_fail, float(scores[passes].sum()))


def cut_error_table(n_items: int, mastery: float, assumed: Prior = ASSUMED_MASTERY) -> list[CutErrors]:
    """Return the errors of every cut of a form, from 1 point to all.

    Raises:
        RangeError: `mastery` is not between 0 and 1.
    """
    return [cut_errors(n_items, points, mastery, assumed) for points in range(1, n_items + 1)]


def _score_shares(n_items: int, mastery: Prior) -> Floats:
    """Return the share of people at each score, 0 to n: the beta-binomial distribution."""
    right: Floats = np.arange(n_items + 1, dtype=np.float64)
    ways = gammaln(n_items + 1) - gammaln(right + 1) - gammaln(n_items - right + 1)
    logs = ways + betaln(mastery.a + right, mastery.b + n_items - right) - betaln(mastery.a, mastery.b)
    return np.exp(logs)


# ---------------------------------------------------------------- attempts


def pass_chance(n_items: int, points: int, mastery: float) -> float:
    """Return how often somebody of this mastery passes one attempt.

    Raises:
        CountError: `points` is not within 0 and `n_items`.
        RangeError: `mastery` is not within 0 and 1.
    """
    require_points(points, n_items)
    if not 0 <= mastery <= 1:
        raise RangeError("The mastery", mastery, "0 to 1")
    return 1.0 if points == 0 else float(bdtrc(float(points - 1), n_items, mastery))


def retry_chance(pool: int, n_items: int, points: int, mastery: float, *, unseen_first: bool) -> float:
    """Return how often somebody of this mastery passes a second attempt after seeing the first one's answers.

    An item that was seen with its answer is right when it comes again; the others are right by mastery.

    Args:
        pool: How many items the form is drawn from.
        n_items: How many it has.
        points: How many must be right.
        mastery: The share of unseen items that the person gets right.
        unseen_first: Whether the second form takes unseen items as long as there are any; else it is drawn at random.

    Raises:
        CountError: The pool is smaller than the form, or `points` is not within 0 and `n_items`.
        RangeError: `mastery` is not within 0 and 1.

    Source:
        The number of seen items is hypergeometric; given it, the score is binomial.
    """
    require_points(points, n_items)
    if pool < n_items:
        raise CountError("The pool", pool, f"{n_items} or more")
    fewest = max(0, 2 * n_items - pool)
    if unseen_first:
        return _after_seeing(fewest, n_items, points, mastery)
    ways = comb(pool, n_items)
    shares = {k: comb(n_items, k) * comb(pool - n_items, n_items - k) / ways for k in range(fewest, n_items + 1)}
    return sum(share * _after_seeing(seen, n_items, points, mastery) for seen, share in shares.items())


def _after_seeing(seen: int, n_items: int, points: int, mastery: float) -> float:
    left = n_items - seen
    return pass_chance(left, min(max(points - seen, 0), left), mastery)


def require_points(points: int, n_items: int) -> None:
    """Return when so many points can pass a form.

    Raises:
        CountError: `points` is not within 0 and `n_items`.
    """
    if not 0 <= points <= n_items:
        raise CountError("The points that pass", points, f"0 to {n_items}")
