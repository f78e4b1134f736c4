"""Responses counted for the statistics of items: once over the marks, then from a small table of counts.

The statements stand in `store/item_statistics/`. They read the tables `marks`, `totals` and `items`, whoever made them.
"""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from assessments.item_sums import FormSums, ItemSums, OptionSums, TotalCount
from store.csv_files import CsvColumn, CsvKind, CsvRule, CsvTable, read_csv
from store.duckdb_engine import Engine
from store.rows import Value

COLUMNS: Final = (
    CsvColumn("person", CsvKind.TEXT),
    CsvColumn("item", CsvKind.TEXT),
    CsvColumn("mark", CsvKind.NUMBER),
    CsvColumn("max_mark", CsvKind.NUMBER),
    CsvColumn("attempt", CsvKind.NUMBER, "1"),
    CsvColumn("response", CsvKind.TEXT, "CAST(NULL AS VARCHAR)"),
    CsvColumn("key", CsvKind.TEXT, "CAST(NULL AS VARCHAR)"),
)
"""Of a file of responses."""

RULES: Final = (
    CsvRule("person IS NULL", "`person` is empty; expected who answered"),
    CsvRule("item IS NULL", "`item` is empty; expected which item was answered"),
    CsvRule(
        "mark IS NULL OR NOT isfinite(mark)",
        "`mark` is `{mark}`; expected a number",
        "An item that was left out gets the mark 0.",
    ),
    CsvRule(
        "max_mark IS NULL OR NOT isfinite(max_mark) OR max_mark < 0", "`max_mark` is `{max_mark}`; expected 0 or more"
    ),
    CsvRule("mark > max_mark", "`mark` is {mark}, above the `max_mark` of {max_mark}"),
    CsvRule(
        "attempt IS NULL OR attempt < 1 OR attempt <> floor(attempt)", "`attempt` is `{attempt}`; expected 1, 2, 3 …"
    ),
    CsvRule(
        "row_no IN (SELECT max(row_no) FROM given GROUP BY person, item, attempt HAVING count(*) > 1)",
        "person `{person}` has item `{item}` twice in attempt {attempt}; expected one row for each",
        "Keep the row that counts, or number the attempts in a column `attempt`.",
    ),
    CsvRule(
        "(item, max_mark) IN (SELECT item, max(max_mark) AS top FROM given GROUP BY item HAVING min(max_mark) < top)",
        "`max_mark` of item `{item}` is {max_mark}, and another elsewhere; expected the same for each item",
        "Give an item that was changed another name.",
    ),
    CsvRule(
        "(item, key) IN (SELECT item, max(key) FROM given GROUP BY item HAVING min(key) < max(key))",
        "`key` of item `{item}` is `{key}`, and another elsewhere; expected the same for each item",
        "Give an item that was changed another name.",
    ),
)

_NEXT_MARKS: Final = "SELECT person_no, item_no, mark FROM marks WHERE person_no >= ? AND person_no < ?"


class ResponseCounts:
    """What was counted, and the marks themselves for what needs pairs of items."""

    def __init__(self, engine: Engine, has_responses: bool) -> None:
        """Count the tables `marks`, `totals` and `items`, which stand in the engine."""
        self._engine = engine
        self._has_responses = has_responses
        _make(engine, "counts")

    def form_sums(self) -> FormSums:
        """Return all that statistics of items and forms need."""
        rows, n_items = self._engine.fetch(_text("moments")), self._engine.fetch("SELECT count(*) FROM items")[0][0]
        n_people = self._engine.fetch("SELECT count(*) FROM totals")[0][0]
        complete = self._engine.fetch("SELECT count(*) FROM totals WHERE n_items = ?", [n_items])[0][0]
        return FormSums(
            items=tuple(ItemSums(*row) for row in rows),
            options=tuple(map(_option, self._engine.fetch(_text("options")))) if self._has_responses else (),
            totals=tuple(TotalCount(*row) for row in self._engine.fetch(_text("forms"))),
            n_people=n_people,
            n_incomplete=n_people - complete,
        )

    def marks(self, n_people: int) -> Iterator[Any]:
        """Give the marks of so many people at a time: arrays `person_no` (from 0), `item_no` (from 0) and `mark`."""
        last = self._engine.fetch("SELECT max(person_no) FROM marks")[0][0] or 0
        for first in range(1, last + 1, n_people):
            with self._engine.reading() as cursor:
                found: dict[str, Any] = cursor.execute(_NEXT_MARKS, [first, first + n_people]).fetchnumpy()
            yield found["person_no"] - first, found["item_no"] - 1, found["mark"]


@contextmanager
def count_file(path: Path) -> Generator[tuple[CsvTable, ResponseCounts]]:
    """Give what a file of responses holds, of first attempts.

    Args:
        path: Columns `person,item,mark,max_mark`, and `attempt`, `response`, `key` when known.

    Raises:
        FileMissingError: There is no such file.
        CsvProblemsError: It cannot be used; each problem has its line.
    """
    with read_csv(path, COLUMNS) as table:
        table.check(RULES)
        for name in ("people", "items", "marks", "totals"):
            _make(table.engine, name)
        yield table, ResponseCounts(table.engine, "response" in table.present)


def _make(engine: Engine, name: str) -> None:
    engine.writing.execute(f"CREATE TABLE {name} AS {_text(name)}")


def _option(row: tuple[Value, ...]) -> OptionSums:
    item, response, key, n, n_full, *rest = row
    is_key = response == key if key else n_full == n
    return OptionSums(item, response or "", bool(is_key), n, n_full, *rest)


@cache
def _text(name: str) -> str:
    return files("store").joinpath("item_statistics", f"{name}.sql").read_text("utf-8")
