"""Counts of people that may be published: small cells hidden, and as many others as it takes to keep them hidden.

All tables of one day are sums of one finest breakdown. Whoever reads them may subtract one from another, across tables
and across reports. A small cell counts as hidden only when all that was published leaves it a range at least as wide as
the rule asks for, and that is proved by linear programming before anything is issued.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

import numpy as np
from scipy.optimize import linprog

from analytics.statistics.arrays import Floats
from analytics.statistics.errors import CountError, StatisticsError

Values = tuple[str, ...]
"""One value for each dimension of a table, in their order; empty for the grand total."""

OUTSIDE: Final = ""
"""The value of who is not in a table, such as those who came after it was issued: no cell of any table counts them."""

_NOTHING: Final = 1e-7


class RevealedError(StatisticsError):
    """What was issued before gives a small cell away, whatever is hidden now."""

    def __init__(self, cell: "Cell") -> None:
        """Keep the cell."""
        self.cell = cell
        super().__init__(
            "{cell} cannot be hidden any more: reports that were issued before give it away. Leave this "
            "breakdown out, or take a wider one.",
            cell=cell,
        )


@dataclass(frozen=True, slots=True)
class SuppressionRule:
    """From what size on a cell is shown.

    Attributes:
        min_cell: Cells of 1 up to this, exclusive, are hidden. Zeros are shown.
        width: How wide the range must be that readers can work out for a hidden small cell.
    """

    min_cell: int = 5
    width: int = 5

    def __post_init__(self) -> None:
        if self.min_cell < 2:
            raise CountError("The smallest cell shown", self.min_cell, "2 or more")
        if self.width < 1:
            raise CountError("The width of a hidden cell's range", self.width, "1 or more")

    def is_small(self, n: int) -> bool:
        """Return whether a cell of this size is hidden for its own sake."""
        return 0 < n < self.min_cell


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The people of one day by everything that any table tells apart.

    Attributes:
        dimensions: Such as cohort, hub, status.
        counts: How many people have each combination of values; what is not named is 0.
    """

    dimensions: tuple[str, ...]
    counts: Mapping[Values, int]

    def values(self, dimension: str) -> list[str]:
        """Return the values of a dimension, in their order of coming."""
        place = self.dimensions.index(dimension)
        return list(dict.fromkeys(values[place] for values in self.counts))

    def table(self, dimensions: Sequence[str]) -> dict[Values, int]:
        """Return the counts by some of the dimensions, of those who are in all of them."""
        places = [self.dimensions.index(name) for name in dimensions]
        found: defaultdict[Values, int] = defaultdict(int)
        for values, n in self.counts.items():
            cell = tuple(values[place] for place in places)
            if OUTSIDE not in cell:
                found[cell] += n
        return dict(found)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of one table."""

    dimensions: tuple[str, ...]
    values: Values

    def __str__(self) -> str:
        """Return what the cell counts, such as `cohort 2, ready`."""
        return ", ".join(self.values) or "the total"


@dataclass(frozen=True, slots=True)
class IssuedTable:
    """A table as it is published: by these dimensions, each cell's count, or None where it is hidden."""

    dimensions: tuple[str, ...]
    cells: Mapping[Values, int | None]

    @property
    def shown(self) -> Iterator[tuple[Cell, int]]:
        """Give the cells that are shown."""
        return ((Cell(self.dimensions, values), n) for values, n in self.cells.items() if n is not None)


def with_margins(dimensions: Sequence[str]) -> list[tuple[str, ...]]:
    """Return a table's dimensions and those of all its margins, down to the grand total."""
    return [kept for size in range(len(dimensions), -1, -1) for kept in combinations(dimensions, size)]


def suppress(
    breakdown: Breakdown,
    tables: Iterable[Sequence[str]],
    issued: Sequence[IssuedTable] = (),
    rule: SuppressionRule | None = None,
) -> list[IssuedTable]:
    """Return tables that may be published.

    Args:
        breakdown: The people.
        tables: The dimensions of each table to publish; margins are tables of their own (`with_margins`).
        issued: What was published of the same breakdown before; a cell that was shown stays so.
        rule: From what size on cells are shown.

    Raises:
        RevealedError: What was issued before gives a small cell away.
        KeyError: A table has a dimension that the breakdown does not.

    Source:
        Cell suppression with audit by linear programming: Fischetti & Salazar (2001), doi:10.1287/mnsc.47.7.1008.9805.
    """
    rule = rule or SuppressionRule()
    names = [tuple(table) for table in tables]
    release = _Release(breakdown, {cell: n for table in issued for cell, n in table.shown})
    for table in issued:
        release.keep_hidden(table)
    for dimensions in names:
        for values, n in breakdown.table(dimensions).items():
            release.add(Cell(dimensions, values), n, is_hidden=rule.is_small(n))
    for cell in release.small(rule):
        release.protect(cell, rule.width)
    release.show_what_is_not_needed(rule)
    return [
        IssuedTable(
            dimensions,
            {values: release.shown(Cell(dimensions, values)) for values in breakdown.table(dimensions)},
        )
        for dimensions in names
    ]


def feasible_range(breakdown: Breakdown, issued: Sequence[IssuedTable], cell: Cell) -> tuple[float, float]:
    """Return the least and most that a cell can be, given all that was published; no count is negative."""
    release = _Release(breakdown, {shown: n for table in issued for shown, n in table.shown})
    return release.bounds(cell)[:2]


@dataclass(slots=True)
class _Release:
    """What readers would know: the cells shown before and now, as sums of the finest counts."""

    breakdown: Breakdown
    before: dict[Cell, int]
    closed: dict[Cell, int] = field(default_factory=dict[Cell, int])
    now: dict[Cell, int] = field(default_factory=dict[Cell, int])
    hidden: dict[Cell, int] = field(default_factory=dict[Cell, int])
    rows: dict[Cell, Floats] = field(default_factory=dict[Cell, Floats])

    def keep_hidden(self, table: IssuedTable) -> None:
        """Remember what a table that was issued hides: nothing that is shown now may open it."""
        counts = self.breakdown.table(table.dimensions)
        self.closed |= {
            Cell(table.dimensions, values): counts[values] for values, n in table.cells.items() if n is None
        }

    def add(self, cell: Cell, n: int, *, is_hidden: bool) -> None:
        if cell not in self.before:
            (self.hidden if is_hidden else self.now)[cell] = n

    def shown(self, cell: Cell) -> int | None:
        return self.before.get(cell, self.now.get(cell))

    def small(self, rule: SuppressionRule) -> list[Cell]:
        """Return the small cells to protect, of these tables and of those before, the smallest first.

        Of cells that count the same people one stands for all.
        """
        hidden = self.closed | self.hidden
        small = sorted((cell for cell, n in hidden.items() if rule.is_small(n)), key=lambda cell: hidden[cell])
        return list({self._row(cell).tobytes(): cell for cell in reversed(small)}.values())[::-1]

    def protect(self, cell: Cell, width: int) -> None:
        """Hide one cell after the other, each of which helps, until what is left says too little about this one."""
        while not self.is_safe(cell, width):
            helpful = self.bounds(cell)[2]
            if not helpful:
                raise RevealedError(cell)
            chosen = min(helpful, key=self._cost)
            self.hidden[chosen] = self.now.pop(chosen)

    def _cost(self, cell: Cell) -> tuple[int, bool, int, str]:
        """Return what speaks against hiding a cell: totals, zeros and large counts are kept as long as possible."""
        return -len(cell.dimensions), self.now[cell] == 0, self.now[cell], str(cell)

    def is_safe(self, cell: Cell, width: int) -> bool:
        """Return whether readers are left a range of this width for a cell."""
        known = self._told()
        if not known:
            return True
        rows, totals = self._sums(known)
        # The least and the most are sought at once: to begin a search takes several times as long as the search.
        sought = np.concatenate([self._row(cell), -self._row(cell)])
        found = linprog(
            sought, A_eq=np.kron(np.eye(2), rows), b_eq=np.tile(totals, 2), bounds=(0, None), method="highs"
        )
        if found.fun is None:  # there is no most, or no such counts
            least, most, _ = self.bounds(cell)
            return most - least >= width - _NOTHING
        return -found.fun >= width - _NOTHING

    def show_what_is_not_needed(self, rule: SuppressionRule) -> None:
        """Show again, the largest first, what was hidden for others and turns out to protect nobody."""
        small = self.small(rule)
        besides = [cell for cell, n in self.hidden.items() if not rule.is_small(n)]
        for cell in sorted(besides, key=lambda one: (-self.hidden[one], str(one))):
            self.now[cell] = self.hidden.pop(cell)
            if not all(self.is_safe(one, rule.width) for one in small):
                self.hidden[cell] = self.now.pop(cell)

    def bounds(self, cell: Cell) -> tuple[float, float, set[Cell]]:
        """Return the least and most that a cell can be, and the cells shown now without which the range is wider."""
        known = self._told()
        if not known:
            return 0.0, float("inf"), set()
        (rows, totals), wanted = self._sums(known), self._row(cell)
        ends: list[float] = []
        helpful: set[Cell] = set()
        for sign in (1.0, -1.0):
            found = linprog(sign * wanted, A_eq=rows, b_eq=totals, bounds=(0, None), method="highs")
            ends.append(float("inf") if found.fun is None else sign * found.fun)
            if found.fun is not None:
                duals: list[float] = found.eqlin.marginals.tolist()
                helpful |= {one for one, dual in zip(known, duals, strict=True) if abs(dual) > _NOTHING}
        return ends[0], ends[1], helpful & self.now.keys()

    def _told(self) -> dict[Cell, int]:
        """Return what is shown, once for the same people: now before then, so that what helps to hide can be hidden."""
        shown = {**self.now, **self.before}
        return {cell: shown[cell] for cell in {self._row(cell).tobytes(): cell for cell in shown}.values()}

    def _sums(self, known: Mapping[Cell, int]) -> tuple[Floats, Floats]:
        """Return which of the finest counts each shown cell is the sum of, and the sums."""
        rows: Floats = np.array([self._row(one) for one in known])
        return rows, np.array(list(known.values()), dtype=np.float64)

    def _row(self, cell: Cell) -> Floats:
        """Return which of the finest counts a cell is the sum of."""
        if cell not in self.rows:
            places = [self.breakdown.dimensions.index(name) for name in cell.dimensions]
            inside = [tuple(atom[place] for place in places) == cell.values for atom in self.breakdown.counts]
            self.rows[cell] = np.array(inside, dtype=np.float64)
        return self.rows[cell]
