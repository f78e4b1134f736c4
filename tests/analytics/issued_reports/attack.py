"""Somebody who has all the reports of a hub and tries to find what they hide, set up from nothing but the reports."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linprog

from analytics.issued_reports.protecting import Counted
from analytics.statistics.suppression import SuppressionRule

Values = tuple[str, ...]
Cell = tuple[int, tuple[str, ...], Values]
"""A cell of a report: its number, by what, which values."""


class Reader:
    """Somebody who has every report, and knows how people may move from one to the next, but not how many did."""

    def __init__(self, issued: Sequence[Counted]) -> None:
        self.issued = {one.report_no: one for one in issued}
        everybody = {person_id for one in issued for person_id in one.values}
        self.ways = sorted({tuple(one.values.get(person_id, ()) for one in issued) for person_id in everybody})
        self.places = {one.report_no: place for place, one in enumerate(issued)}
        self.rows, self.sums = self._told()

    def _told(self) -> tuple[list[list[float]], list[float]]:
        rows, sums = [], []
        for number, one in self.issued.items():
            rows.append([float(bool(way[self.places[number]])) for way in self.ways])
            sums.append(float(len(one.values)))
            for table in one.tables:
                for values, n in table.cells.items():
                    if n is not None:
                        rows.append(self.row((number, table.dimensions, values)))
                        sums.append(float(n))
        return rows, sums

    def row(self, cell: Cell) -> list[float]:
        """Return which ways a cell counts."""
        number, dimensions, values = cell
        places = [self.issued[number].dimensions.index(name) for name in dimensions]
        ways = (way[self.places[number]] for way in self.ways)
        return [float(bool(way) and tuple(way[place] for place in places) == values) for way in ways]

    def hidden(self) -> Iterator[tuple[Cell, int]]:
        """Give the hidden cells and what they hide."""
        for number, one in self.issued.items():
            for table in one.tables:
                places = [one.dimensions.index(name) for name in table.dimensions]
                counts = Counter(tuple(values[place] for place in places) for values in one.values.values())
                for values, n in table.cells.items():
                    if n is None:
                        yield (number, table.dimensions, values), counts[values]

    def range_of(self, cell: Cell) -> tuple[float, float]:
        """Return the least and most that a cell can be."""
        wanted = np.array(self.row(cell))
        ends: list[float] = []
        for sign in (1.0, -1.0):
            found: Any = linprog(sign * wanted, A_eq=self.rows, b_eq=self.sums, bounds=(0, None))
            assert found.status == 0
            ends.append(sign * found.fun)
        return ends[0], ends[1]

    def gets_by_subtraction(self, cell: Cell) -> bool:
        """Return whether sums and differences of shown numbers give the cell."""
        rows = np.array(self.rows)
        return bool(np.linalg.matrix_rank(rows) == np.linalg.matrix_rank(np.vstack([rows, self.row(cell)])))


def assert_safe(issued: Sequence[Counted], rule: SuppressionRule) -> None:
    """Assert that neither subtraction nor linear programming says much about a hidden number."""
    reader = Reader(issued)
    for cell, n in reader.hidden():
        assert not reader.gets_by_subtraction(cell), cell
        if rule.is_small(n):
            least, most = reader.range_of(cell)
            assert most - least >= rule.width - 1e-6, f"{cell}: {least} to {most}"
