"""Responses counted for the statistics of items: once over the marks, then from a small table of counts.

The statements stand in `store/item_statistics/`. They read the tables `items`, `marks`, `totals` and `counts`, which
`store.item_files` makes of a file and `store.item_records` of the facts, for one connection and as long as it takes.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final

from duckdb import DuckDBPyConnection

from assessments.item_sums import FormSums, ItemSums, OptionSums, TotalCount
from store.rows import Row, Value

_NEXT_MARKS: Final = "SELECT person_no, item_no, mark FROM marks WHERE person_no >= ? AND person_no < ?"
_N_COMPLETE: Final = "SELECT count(*) FROM totals WHERE n_items = (SELECT count(*) FROM items)"


class ResponseCounts:
    """What was counted, and the marks themselves for what needs pairs of items."""

    def __init__(self, connection: DuckDBPyConnection, *, has_responses: bool) -> None:
        """Read the tables of this connection."""
        self._connection = connection
        self._has_responses = has_responses

    def form_sums(self) -> FormSums:
        """Return all that statistics of items and forms need."""
        n_people = self._number("SELECT count(*) FROM totals")
        return FormSums(
            items=tuple(ItemSums(*row) for row in self._rows(_text("moments"))),
            options=tuple(map(_option, self._rows(_text("options")))) if self._has_responses else (),
            totals=tuple(TotalCount(*row) for row in self._rows(_text("forms"))),
            n_people=n_people,
            n_incomplete=n_people - self._number(_N_COMPLETE),
        )

    def marks(self, n_people: int) -> Iterator[tuple[Value, Value, Value]]:
        """Give the marks of so many people at a time: arrays of person (from 0), item (from 0) and mark."""
        last = self._number("SELECT coalesce(max(person_no), 0) FROM marks")
        for first in range(1, last + 1, n_people):
            found: dict[str, Any] = self._connection.execute(_NEXT_MARKS, [first, first + n_people]).fetchnumpy()
            yield found["person_no"] - first, found["item_no"] - 1, found["mark"]

    def _rows(self, sql: str) -> list[tuple[Value, ...]]:
        return self._connection.execute(sql).fetchall()

    def _number(self, sql: str) -> int:
        return self._rows(sql)[0][0]


def make_table(connection: DuckDBPyConnection, table: str, name: str = "", parameters: Row | None = None) -> None:
    """Fill a table of this connection alone with what the statement of its name, or of another one, finds."""
    connection.execute(f"CREATE TEMP TABLE {table} AS {_text(name or table)}", parameters)


def make_view(connection: DuckDBPyConnection, view: str, name: str) -> None:
    """Give a statement a name in this connection alone; it is run anew whenever it is read."""
    connection.execute(f"CREATE TEMP VIEW {view} AS {_text(name)}")


def _option(row: tuple[Value, ...]) -> OptionSums:
    item, response, key, n, n_full, *rest = row
    is_key = response == key if key else n_full == n
    return OptionSums(item, response, bool(is_key), n, n_full, *rest)


@cache
def _text(name: str) -> str:
    return files("store").joinpath("item_statistics", f"{name}.sql").read_text("utf-8")
