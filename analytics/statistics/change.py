"""Paired change: what happened to the level of the same people between two assessments."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import bdtr

from analytics.statistics.arrays import Ints
from analytics.statistics.errors import RangeError, ShapeError
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.proportions import clopper_pearson
from curriculum.phrases import N_


@dataclass(frozen=True, slots=True)
class PairedChange:
    """How people moved between the levels of one scale.

    Attributes:
        counts: Shape (before, after), levels in their order: how many people.
        n_up: How many stand higher after.
        n_down: How many stand lower after.
        n_same: How many stand where they stood.
        share_up: The share of those who went up among those who moved, with the exact interval.
        p: How often so uneven a split of up and down would happen if both were as likely; two-sided.
    """

    counts: tuple[tuple[int, ...], ...]
    n_up: int
    n_down: int
    n_same: int
    share_up: Estimate
    p: Estimate

    @property
    def n(self) -> int:
        """Return how many people have both assessments."""
        return self.n_up + self.n_down + self.n_same


def count_transitions(pairs: Iterable[tuple[int, int]], n_levels: int = 4) -> tuple[tuple[int, ...], ...]:
    """Return how many people went from each level (row) to each level (column); levels count from 1.

    Raises:
        RangeError: A level is not on the scale.
    """
    counts = [[0] * n_levels for _ in range(n_levels)]
    for before, after in pairs:
        for level in (before, after):
            if not 1 <= level <= n_levels:
                raise RangeError("A level", level, f"1 to {n_levels}")
        counts[before - 1][after - 1] += 1
    return tuple(map(tuple, counts))


def paired_change(counts: Sequence[Sequence[int]]) -> PairedChange:
    """Return whether more people went up than down, by an exact test that needs no large sample.

    The sign test asks exactly that and takes a level as nothing more than higher or lower. With two levels it is the
    exact McNemar test. Bowker's test asks whether any pair of cells is uneven, and its chi-square needs more people
    than a cohort has.

    Args:
        counts: Shape (before, after), square, levels in their order.

    Raises:
        ShapeError: The table is not square.

    Source:
        Conover (1999), Practical Nonparametric Statistics, 3.4; McNemar (1947), doi:10.1007/BF02295996.
    """
    table: Ints = np.array(counts, dtype=np.int64).reshape(len(counts), -1)
    if table.shape[0] != table.shape[1]:
        raise ShapeError("Levels before and after", f"a table of {table.shape[0]} × {table.shape[1]}", "a square one")
    up, down = int(np.triu(table, 1).sum()), int(np.tril(table, -1).sum())
    share, p = up_or_down(up, down)
    return PairedChange(tuple(map(tuple, table.tolist())), up, down, int(np.trace(table)), share, p)


def up_or_down(up: int, down: int) -> tuple[Estimate, Estimate]:
    """Return the share of those who went up among those who moved, with its exact interval, and the sign test's p."""
    moved = up + down
    if not moved:
        because = N_("nobody's level changed")
        return not_computable(0, Method.COUNTED, because), not_computable(0, Method.SIGN, because)
    return clopper_pearson(up, moved), Estimate(sign_test(up, down), moved, Method.SIGN)


def sign_test(up: int, down: int) -> float:
    """Return how often a split is at least as uneven when up and down are as likely: exact, two-sided; 1 for nobody."""
    moved = up + down
    if moved == 0:
        return 1.0
    return min(1.0, 2 * float(bdtr(float(min(up, down)), moved, 0.5)))
