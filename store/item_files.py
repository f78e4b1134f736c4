"""Responses that somebody wrote elsewhere: a CSV file with a response a row."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from store.csv_files import CsvColumn, CsvKind, CsvRule, CsvTable, read_csv
from store.item_counts import ResponseCounts, make_table

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
    CsvRule("isfinite(mark) AND mark > max_mark", "`mark` is {mark}, above the `max_mark` of {max_mark}"),
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
        connection = table.engine.writing
        for name in ("people", "items", "marks", "totals", "counts"):
            make_table(connection, name)
        yield table, ResponseCounts(connection, has_responses="response" in table.present)
