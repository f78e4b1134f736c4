"""Responses recorded by the app, counted for the statistics of items.

There are no rights here: `analytics.item_analysis` checks who asks.
"""

from collections.abc import Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from duckdb import DuckDBPyConnection

from assessments.errors import UnknownVersionError
from assessments.items import right_choice
from curriculum.ids import BlueprintId, ItemId, ProgrammeId
from curriculum.models import Item
from people.models import PersonId
from store.item_counts import ResponseCounts, make_table, make_view
from store.ledger import Store
from store.rows import Value

_TABLES: Final = ("counts", "totals", "items", "wordings", "recorded")
_ANSWERED: Final = "SELECT DISTINCT version_no, term_no FROM recorded ORDER BY version_no, term_no"
_WORDINGS: Final = "CREATE TEMP TABLE wordings (term_no INTEGER, version_no INTEGER, item_no INTEGER)"
_ITEMS: Final = "CREATE TEMP TABLE items (item TEXT, max_mark DOUBLE PRECISION, key TEXT, item_no INTEGER)"


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was recorded of a quiz: counts, and its items by the names they have there.

    `lost` are versions that the store does not hold: without the texts their answers say nothing, and are left out.
    """

    items: Mapping[str, Item]
    counts: ResponseCounts
    lost: tuple[int, ...] = ()


@contextmanager
def count_recorded(
    store: Store, programme_id: ProgrammeId, blueprint_id: BlueprintId, among: Collection[PersonId] | None = None
) -> Generator[Recorded]:
    """Give what was recorded of a quiz at first attempts that count.

    All cohorts and versions are counted together as far as an item's text is the same. A text that was edited is
    another item: it bears the number of the version in which it first came, such as `m9-secrecy-01, version 3`.
    `among` leaves all but these people out.
    """
    asked: dict[str, Value] = {
        "org_no": store.org.org_id,
        "programme_no": _number(store, programme_id),
        "blueprint_no": _number(store, blueprint_id),
        "among": None if among is None else sorted(among),
    }
    with store.engine.reading() as connection:
        try:
            make_table(connection, "recorded", parameters=asked)
            items, lost = _number_wordings(connection, store, programme_id)
            make_view(connection, "marks", "recorded_marks")
            make_table(connection, "totals")
            make_table(connection, "counts", "recorded_counts")
            yield Recorded(items, ResponseCounts(connection, has_responses=True), lost)
        finally:
            connection.execute("DROP VIEW IF EXISTS temp.marks")
            for table in _TABLES:
                connection.execute(f"DROP TABLE IF EXISTS temp.{table}")


def _number(store: Store, term: str) -> int:
    found = store.terms.find(term)
    return -1 if found is None else found


def _number_wordings(
    connection: DuckDBPyConnection, store: Store, programme_id: ProgrammeId
) -> tuple[dict[str, Item], tuple[int, ...]]:
    """Fill `wordings` and `items`; return the items by name, and the versions that the store does not hold."""
    numbers: dict[Item, int] = {}
    named: dict[str, Item] = {}
    wordings: list[list[int]] = []
    items: list[list[Value]] = []
    lost: dict[int, None] = {}
    for version_no, term_no in connection.execute(_ANSWERED).fetchall():
        known = _items(store, programme_id, version_no)
        if known is None:
            lost[version_no] = None
            continue
        item = known[ItemId(store.terms.text(term_no))]
        if item not in numbers:
            numbers[item] = len(numbers) + 1
            name = f"{item.id}, version {version_no}" if item.id in named else str(item.id)
            named[name] = item
            items.append([name, item.points, ",".join(map(str, right_choice(item))), numbers[item]])
        wordings.append([term_no, version_no, numbers[item]])
    connection.execute(_WORDINGS)
    connection.execute(_ITEMS)
    if items:
        connection.executemany("INSERT INTO wordings VALUES (?, ?, ?)", wordings)
        connection.executemany("INSERT INTO items VALUES (?, ?, ?, ?)", items)
    return named, tuple(lost)


def _items(store: Store, programme_id: ProgrammeId, version_no: int) -> Mapping[ItemId, Item] | None:
    try:
        return store.programme(programme_id, version_no).item_by_id
    except UnknownVersionError:
        return None
