"""Which items fill the cells of a blueprint: each cell gets items of its own, and no item fills two."""

from collections.abc import Sequence
from dataclasses import dataclass

from curriculum.blueprints import Cell
from curriculum.items import Item


@dataclass(frozen=True, slots=True)
class Filling:
    """The items of each cell, in parallel to the cells; a cell may have got fewer than it draws."""

    cells: tuple[Cell, ...]
    items: tuple[tuple[Item, ...], ...]

    @property
    def chosen(self) -> list[Item]:
        """Return all items, cell by cell."""
        return [item for of_cell in self.items for item in of_cell]

    @property
    def short(self) -> list[tuple[int, Cell, int]]:
        """Return the cells that lack items: place, cell, and how many it got."""
        found = zip(self.cells, self.items, strict=True)
        return [(i, cell, len(got)) for i, (cell, got) in enumerate(found) if len(got) < cell.draw]


def fits(cell: Cell, item: Item) -> bool:
    """Return whether an item may fill a cell. Only cells that name a theme take critical items."""
    return (
        cell.theme == item.critical
        and cell.section in (None, item.section)
        and cell.competency in (None, item.competency)
    )


def fill_cells(cells: Sequence[Cell], items: Sequence[Item]) -> Filling:
    """Return a filling of as many cells as can be filled at once; items that stand first are preferred.

    Each item in turn takes a place, for which earlier ones may move to another of their cells (augmenting paths). The
    sets of items that can be placed form a transversal matroid, so that greed is right.
    """
    held: list[list[Item]] = [[] for _ in cells]
    options = {item.id: [i for i, cell in enumerate(cells) if fits(cell, item)] for item in items}

    def place(item: Item, tried: set[int]) -> bool:
        for i in options[item.id]:
            if i in tried:
                continue
            tried.add(i)
            if len(held[i]) < cells[i].draw:
                held[i].append(item)
                return True
            for k, other in enumerate(held[i]):
                if place(other, tried):
                    held[i][k] = item
                    return True
        return False

    for item in items:
        place(item, set())
    return Filling(tuple(cells), tuple(map(tuple, held)))
