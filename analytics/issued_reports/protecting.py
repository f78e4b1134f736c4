"""Which numbers of a report are shown, given all that was issued before: proved by linear programming.

Where people stand is proved first; every other breakdown is proved together with it, over all reports: who is signed
off has come to the step of that name, and who is ready has met each gate, so that one table could open the other.
People are told apart by what every report that counts them says of them. So a reader who lays two reports side by side,
and knows how people may move from one value to another, is held to the same range as a reader of one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.statistics.suppression import (
    OUTSIDE,
    Breakdown,
    IssuedTable,
    RevealedError,
    SuppressionRule,
    suppress,
    with_margins,
)
from people.models import PersonId

Values = tuple[str, ...]
Tables = tuple[IssuedTable, ...]

_IN: Final = "in"


@dataclass(frozen=True, slots=True)
class Counted:
    """A breakdown of one report: whom it counted with which values, and the tables, if it was issued."""

    report_no: int
    dimensions: tuple[str, ...]
    values: Mapping[PersonId, Values]
    tables: Tables = ()

    def name(self, dimension: str) -> str:
        """Return what a dimension of this report is called beside those of other reports."""
        return f"{self.report_no}/{dimension}"

    @property
    def names(self) -> tuple[str, ...]:
        """Return the dimensions of this report, first whether it counts somebody at all."""
        return self.name(_IN), *map(self.name, self.dimensions)

    def values_of(self, person_id: PersonId) -> Values:
        """Return the values of a person, by `names`."""
        values = self.values.get(person_id)
        return (OUTSIDE,) * (len(self.dimensions) + 1) if values is None else (_IN, *values)

    @property
    def is_borne_out(self) -> bool:
        """Return whether the people still give the numbers that were shown."""
        breakdown = Breakdown(self.dimensions, Counter(self.values.values()))
        for table in self.tables:
            found = breakdown.table(table.dimensions)
            shown = {values: n for values, n in table.cells.items() if n is not None}
            if any(found.get(values, 0) != n for values, n in shown.items()) or not found.keys() <= table.cells.keys():
                return False
        return True

    @property
    def issued(self) -> list[IssuedTable]:
        """Return its tables by the names beside those of other reports, the number of people first."""
        total = IssuedTable((self.name(_IN),), {(_IN,): len(self.values)})
        renamed = [IssuedTable(tuple(map(self.name, one.dimensions)), one.cells) for one in self.tables]
        return [total, *renamed]


@dataclass(frozen=True, slots=True)
class Protected:
    """The tables that may be issued, and how many cells more are hidden because of earlier reports."""

    tables: Tables
    n_small: int
    n_besides: int
    n_earlier: int


def protect(
    now: Counted, earlier: Sequence[Counted], rule: SuppressionRule, dimensions: tuple[str, ...] | None = None
) -> Protected | None:
    """Return the tables of a breakdown that may be issued after those; None when any of them would give a cell away.

    Args:
        now: Whom the new report counts, and the tables that it holds already. The number of all people is told,
            whatever is hidden.
        earlier: The same breakdown in reports that were issued before, and are borne out.
        rule: From what size on cells are shown.
        dimensions: By what the tables tell people apart; by all dimensions when left out.
    """
    wanted = [names for names in with_margins(dimensions or now.dimensions) if names]
    tables = _suppressed(now, earlier, rule, wanted)
    if tables is None:
        return None
    counts = Breakdown(now.dimensions, Counter(now.values.values()))
    n_small = sum(rule.is_small(n) for table in tables for n in counts.table(table.dimensions).values())
    hidden = _hidden(tables)
    alone = _suppressed(now, (), rule, wanted) if earlier else tables
    n_earlier = len(hidden - _hidden(alone)) if alone is not None else 0
    return Protected(tables, n_small, len(hidden) - n_small, n_earlier)


def _hidden(tables: Iterable[IssuedTable]) -> set[tuple[Values, Values]]:
    return {(table.dimensions, values) for table in tables for values, n in table.cells.items() if n is None}


def gives_away(now: Counted, earlier: Sequence[Counted], rule: SuppressionRule) -> bool:
    """Return whether the tables that the new report holds already open a small cell, of theirs or of earlier ones."""
    return _suppressed(now, earlier, rule, ()) is None


def _suppressed(
    now: Counted, earlier: Sequence[Counted], rule: SuppressionRule, wanted: Sequence[tuple[str, ...]]
) -> Tables | None:
    """Return the wanted tables by the report's own names."""
    issued = [table for one in (*earlier, now) for table in one.issued]
    try:
        found = suppress(linked([*earlier, now]), [[now.name(one) for one in names] for names in wanted], issued, rule)
    except RevealedError:
        return None
    return tuple(IssuedTable(names, table.cells) for names, table in zip(wanted, found, strict=True))


def linked(reports: Sequence[Counted]) -> Breakdown:
    """Return the people of all the reports by what each of them says of them."""
    people = sorted({person_id for one in reports for person_id in one.values})
    counts = Counter(tuple(value for one in reports for value in one.values_of(person_id)) for person_id in people)
    return Breakdown(tuple(name for one in reports for name in one.names), counts)
