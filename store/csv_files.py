"""A table that somebody wrote elsewhere: a CSV file, read by the engine in memory, its faults told by their lines."""

import csv
import re
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

import duckdb

from curriculum.errors import Problem
from store.duckdb_engine import Engine
from store.errors import CsvProblemsError, FileMissingError
from store.rows import Row, Value

SHOWN: Final = 20
"""So many faults are listed; the rest are counted."""

_HEAD_BYTES: Final = 65_536
_BREAK: Final = re.compile(rb"\r\n|\n|\r")
_WORKBOOK: Final = b"PK\x03\x04"
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
_OTHER_DELIMITERS: Final = ";\t|"

_READ: Final = "CREATE TABLE read AS SELECT {columns} FROM read_csv(?, {options}, columns = {types})"
_NUMBERED: Final = "CREATE VIEW given AS SELECT rowid AS row_no, * FROM read"
_OPTIONS: Final = (
    "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', "
    "store_rejects = true, rejects_limit = 10000"
)
_REJECTED: Final = "SELECT line_byte_position, column_name, error_type, csv_line FROM reject_errors ORDER BY 1, 2"
_N_BROKEN: Final = "SELECT count(*) FROM given WHERE {condition}"
_BROKEN: Final = "SELECT * FROM given WHERE {condition} ORDER BY row_no LIMIT {shown}"


class CsvKind(StrEnum):
    """What stands in a column, by the name of its type in SQL."""

    TEXT = "VARCHAR"
    NUMBER = "DOUBLE"
    DAY = "DATE"


_EXPECTED: Final = {
    CsvKind.TEXT: "text in UTF-8",
    CsvKind.NUMBER: "a number with a decimal point, such as 0.5",
    CsvKind.DAY: "a day such as 2026-11-23",
}


@dataclass(frozen=True, slots=True)
class CsvColumn:
    """A column that is read. One without `default` has to be there; `default` is what SQL takes in its place."""

    name: str
    kind: CsvKind
    default: str = ""


@dataclass(frozen=True, slots=True)
class CsvRule:
    """Rows that are at fault: `condition` finds them, `message` says it with their columns in braces."""

    condition: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A file in memory: the view `given` with the columns asked for and `row_no`, the number of the row from 0.

    Attributes:
        engine: Where it stands.
        path: The file.
        present: Which of the columns asked for the file has.
        unused: The columns that nobody asked for.
        n_rows: How many rows stand below the header.
    """

    engine: Engine
    path: Path
    present: frozenset[str]
    unused: tuple[str, ...]
    n_rows: int

    def check(self, rules: Sequence[CsvRule]) -> None:
        """Return when no rule finds a row.

        Raises:
            CsvProblemsError: Rows break a rule; the first are listed with their lines.
        """
        n_broken = 0
        found: list[tuple[int, CsvRule, Row]] = []
        for rule in rules:
            n = self.engine.fetch(_N_BROKEN.format(condition=rule.condition))[0][0]
            n_broken += n
            found += [(row["row_no"], rule, row) for row in self._broken(rule)] if n else []
        found = sorted(found, key=lambda one: one[0])[:SHOWN]
        if found:
            lines = _lines_of_rows(self.path, {row_no for row_no, _, _ in found})
            problems = [
                Problem(self.path, lines[row_no], "", rule.message.format(**_shown(row)), rule.hint)
                for row_no, rule, row in found
            ]
            raise CsvProblemsError(problems, n_broken - len(problems))

    def _broken(self, rule: CsvRule) -> list[Row]:
        with self.engine.reading() as cursor:
            found = cursor.execute(_BROKEN.format(condition=rule.condition, shown=SHOWN))
            names = [name for name, *_ in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@contextmanager
def read_csv(path: Path, columns: Sequence[CsvColumn]) -> Generator[CsvTable]:
    """Give the table of a file; it is gone at the end of the block.

    Args:
        path: Comma-separated, UTF-8 with or without a byte order mark, with a header.
        columns: What is read of it, in any order; other columns are left aside.

    Raises:
        FileMissingError: There is no such file.
        CsvProblemsError: It is empty, is no such file, lacks a column, or a row cannot be read.
    """
    header = _read_header(path, columns)
    engine = Engine.memory()
    try:
        yield _load(engine, path, columns, header)
    finally:
        engine.close()


# ---------------------------------------------------------------- the header


def _read_header(path: Path, columns: Sequence[CsvColumn]) -> list[str]:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise FileMissingError(path, error.strerror or str(error)) from error
    wanted = ",".join(column.name for column in columns if not column.default)
    if not head.strip():
        raise _refused(path, "the file is empty", f"Expected a header with {wanted}, and a row for each response.")
    if head.startswith(_WORKBOOK):
        raise _refused(path, "this is a workbook, no CSV file", "Save the sheet as “CSV UTF-8”.")
    if head.startswith(_WIDE) or b"\x00" in head:
        raise _refused(path, "this is no text in UTF-8", "Save it as “CSV UTF-8”.")
    first = _BREAK.split(head.removeprefix(b"\xef\xbb\xbf"), maxsplit=1)[0]
    try:
        header = [name.strip().casefold() for row in csv.reader([first.decode("utf-8")]) for name in row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise _refused(path, "the header cannot be read", "Save the file as “CSV UTF-8”.") from error
    _check_header(path, header, columns, wanted)
    return header


def _check_header(path: Path, header: Sequence[str], columns: Sequence[CsvColumn], wanted: str) -> None:
    missing = [column.name for column in columns if not column.default and column.name not in header]
    twice = sorted({name for name in header if header.count(name) > 1 and any(name == one.name for one in columns)})
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        raise _refused(path, f"no column {names}; found `{','.join(header)}`, expected `{wanted}`", _hint(header))
    if twice:
        raise _refused(path, f"the column `{twice[0]}` stands there twice", "Keep one of them.")


def _hint(header: Sequence[str]) -> str:
    joined = ",".join(header)
    for delimiter in _OTHER_DELIMITERS:
        if joined.count(delimiter) > joined.count(","):
            name = "a tab" if delimiter == "\t" else f"`{delimiter}`"
            return f"The columns seem to be separated by {name}: save the file with commas."
    return "Write these names into the first line."


def _refused(path: Path, message: str, hint: str) -> CsvProblemsError:
    return CsvProblemsError([Problem(path, 1, "", message, hint)], 0)


# ---------------------------------------------------------------- the rows


def _load(engine: Engine, path: Path, columns: Sequence[CsvColumn], header: Sequence[str]) -> CsvTable:
    by_name = {column.name: column for column in columns}
    kinds = [by_name[name].kind if name in by_name else CsvKind.TEXT for name in header]
    types = {f"c{i}": kind.value for i, kind in enumerate(kinds)}
    selected = ", ".join(_selected(column, header) for column in columns)
    try:
        engine.writing.execute(_READ.format(columns=selected, options=_OPTIONS, types=types), [str(path)])
    except duckdb.Error as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise _refused(path, f"the file cannot be read: {reason}", "Save it as “CSV UTF-8”.") from error
    _check_rejected(engine, path, dict(zip(types, header, strict=True)), dict(zip(types, kinds, strict=True)))
    engine.writing.execute(_NUMBERED)
    n_rows = engine.fetch("SELECT count(*) FROM given")[0][0]
    if n_rows == 0:
        raise _refused(path, "there is no row below the header", "Write a row for each response.")
    unused = tuple(name for name in header if name not in by_name)
    return CsvTable(engine, path, frozenset(header) & frozenset(by_name), unused, n_rows)


def _selected(column: CsvColumn, header: Sequence[str]) -> str:
    value = f"c{header.index(column.name)}" if column.name in header else column.default
    if column.kind is CsvKind.TEXT:
        value = f"nullif(trim({value}), '')"
    return f'{value} AS "{column.name}"'


def _check_rejected(engine: Engine, path: Path, names: Mapping[str, str], kinds: Mapping[str, CsvKind]) -> None:
    rejected: list[tuple[Value, ...]] = engine.writing.execute(_REJECTED).fetchall()
    if not rejected:
        return
    lines = _lines_at(path, [position for position, *_ in rejected])
    problems = dict.fromkeys(
        Problem(path, line, "", _rejection(reason, name, row, names, kinds))
        for line, (_, name, reason, row) in zip(lines, rejected, strict=True)
    )
    raise CsvProblemsError(list(problems)[:SHOWN], max(0, len(problems) - SHOWN))


def _rejection(reason: str, column: str, row: str, names: Mapping[str, str], kinds: Mapping[str, CsvKind]) -> str:
    first, *more = row.strip().splitlines() or [""]
    row = f"{first[:80]}…" if more or len(first) > 80 else first
    match reason:
        case "CAST":
            return f"`{names[column]}` is not {_EXPECTED[kinds[column]]}; found `{row}`"
        case "MISSING COLUMNS" | "TOO MANY COLUMNS":
            return f"expected {len(names)} values ({','.join(names.values())}); found `{row}`"
        case "INVALID ENCODING":
            return f"not text in UTF-8; found `{row}`"
        case "UNQUOTED VALUE":
            return f"a quotation mark is not closed; found `{row}`"
        case _:
            return f"the row cannot be read ({reason.lower()}); found `{row}`"


# ---------------------------------------------------------------- where it stands


def _lines_at(path: Path, positions: Sequence[int]) -> list[int]:
    """Return the lines, from 1, of the rows that begin at these bytes, from 1, or at the line breaks before them."""
    data = path.read_bytes()
    lines: list[int] = []
    line, counted = 1, 0
    for position in positions:
        start = position - 1
        while start < len(data) and data[start : start + 1] in (b"\r", b"\n"):
            start += 1
        line += len(_BREAK.findall(data, counted, start))
        counted = max(counted, start)
        lines.append(line)
    return lines


def _lines_of_rows(path: Path, row_nos: set[int]) -> dict[int, int]:
    """Return the line, from 1, in which each of these rows (from 0, below the header) begins."""
    lines: dict[int, int] = {}
    row_no, begins = -1, 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        for row in reader:
            if row_no in row_nos and row:
                lines[row_no] = begins
            row_no += bool(row)
            begins = reader.line_num + 1
            if len(lines) == len(row_nos):
                break
    return lines


def _shown(row: Row) -> dict[str, Value]:
    return {
        name: f"{value:g}" if isinstance(value, float) else "" if value is None else value
        for name, value in row.items()
    }
