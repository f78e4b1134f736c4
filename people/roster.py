"""A roster as a CSV file: which people join a cohort, read line by line, with every fault in its place.

A roster has a column `name` and may have `login`, `role` and `trainer`. A column of any other name refuses the file,
because nothing about a family may stand in it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from people.csv_text import DELIMITERS, Fault, Rows, decode, quoted
from people.errors import TextRefusedError
from people.names import check_login, check_name

MAX_LINES: Final = 20_000
EXAMPLE: Final = "name,login,role,trainer\nSunita Rao,sunita,,ruth\nبهار رضایی,bahar,,ruth\n"
"""A roster to begin with: the sign-in name, the role and the trainer may be left empty."""


class Column(StrEnum):
    """What a roster may say about somebody."""

    NAME = "name"
    LOGIN = "login"
    ROLE = "role"
    TRAINER = "trainer"


_ALSO_CALLED: Final = {"sign-in name": Column.LOGIN}


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a roster, as read and tidied; what was left empty is empty. `number` is the line in the file."""

    number: int
    name: str
    login: str = ""
    role: str = ""
    trainer: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A file as it was read. With a fault of the file itself (`is_readable` is False) no line was read.

    Attributes:
        encoding: How the bytes were read, in words.
        delimiter: What parts the cells, in words.
        columns: Those that the file has, in its order.
        lines: The lines without fault.
        faults: All that is wrong, by line.
        is_readable: Whether the file could be read at all.
    """

    encoding: str = ""
    delimiter: str = ""
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    faults: tuple[Fault, ...] = ()
    is_readable: bool = True

    @property
    def n_read(self) -> int:
        """Return how many people the file names, faulty lines included."""
        if not self.is_readable:
            return 0
        return len({line.number for line in self.lines} | {fault.line for fault in self.faults})


def read_roster(content: bytes) -> Roster:
    """Return what a file says, with every fault in it. Nothing is looked up: two files of the same bytes read alike."""
    text, encoding, fault = decode(content)
    if fault is not None:
        return Roster(encoding=encoding, faults=(fault,), is_readable=False)
    rows = Rows(text, lambda cell: _column_named(cell) is not None)
    header = next(rows, None)
    columns, faults = _read_header(header, text) if header is not None else ((), [_empty_file()])
    delimiter = DELIMITERS[rows.delimiter]
    if faults:
        return Roster(encoding, delimiter, columns, faults=tuple(faults), is_readable=False)
    reading = _Reading(columns, delimiter)
    for number, cells in rows:
        reading.take(number, cells)
    found = [*reading.faults, *_doubled(reading.lines), *rows.faults]
    bad = {fault.line for fault in found}
    good = tuple(line for line in reading.lines if line.number not in bad)
    return Roster(encoding, delimiter, columns, good, tuple(sorted(found, key=lambda fault: fault.line)))


# ---------------------------------------------------------------- from text to rows


def _column_named(text: str) -> Column | None:
    name = " ".join(text.split()).casefold()
    return Column(name) if name in set(Column) else _ALSO_CALLED.get(name)


def _empty_file() -> Fault:
    return Fault(1, "", "an empty file", f"a line with the columns {', '.join(Column)}, then a line for each person")


def _read_header(header: tuple[int, list[str]], text: str) -> tuple[tuple[Column, ...], list[Fault]]:
    number, cells = header
    named = [(cell.strip(), _column_named(cell)) for cell in cells]
    columns = tuple(column for _, column in named if column is not None)
    faults = [_unknown(number, cell) for cell, column in named if column is None]
    if not columns:
        return (), [_no_columns(number, cells)]
    for column in Column:
        if columns.count(column) > 1:
            faults.append(Fault(number, column, f"the column {columns.count(column)} times", "it once"))
    if Column.NAME not in columns:
        faults.append(Fault(number, "", f"the columns {', '.join(columns)}", "a column called name among them"))
    if text.count("\n") > MAX_LINES:
        faults.append(Fault(MAX_LINES, "", f"more than {MAX_LINES:,} lines", "fewer; import the file in parts"))
    return columns, faults


def _no_columns(number: int, cells: Sequence[str]) -> Fault:
    expected = f"the columns {', '.join(Column)}, parted by a comma, a semicolon or a tab"
    return Fault(number, "", f"the first line {quoted(' '.join(cells))}", expected)


def _unknown(number: int, cell: str) -> Fault:
    near = get_close_matches(cell.casefold(), list(Column), n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    expected = f"only {', '.join(Column)}{hint} Nothing else is read, and nothing about a family may stand here"
    return Fault(number, "", f"a column called {quoted(cell)}", expected)


# ---------------------------------------------------------------- from rows to lines


@dataclass(slots=True)
class _Reading:
    """The lines read so far, and what was wrong."""

    columns: tuple[Column, ...]
    delimiter: str
    lines: list[Line] = field(default_factory=list[Line])
    faults: list[Fault] = field(default_factory=list[Fault])

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Read one row."""
        if len(cells) != len(self.columns) and any(cell.strip() for cell in cells[len(self.columns) :]):
            self._note_width(number, cells)
            return
        if len(cells) < len(self.columns) and len(self.columns) > 1 and len(cells) == 1:
            self._note_width(number, cells)
            return
        values = {column: cell.strip() for column, cell in zip(self.columns, cells, strict=False)}
        n_before = len(self.faults)
        name = self._checked(number, Column.NAME, values)
        login = self._checked(number, Column.LOGIN, values) if values.get(Column.LOGIN) else ""
        trainer = self._checked(number, Column.TRAINER, values) if values.get(Column.TRAINER) else ""
        if len(self.faults) == n_before:
            self.lines.append(Line(number, name, login, values.get(Column.ROLE, ""), trainer))

    def _note_width(self, number: int, cells: Sequence[str]) -> None:
        n = len(cells)
        found = f"{n} {'cell' if n == 1 else 'cells'} ({quoted(' | '.join(cells))})"
        self.faults.append(Fault(number, "", found, f"{len(self.columns)}, parted by a {self.delimiter}"))

    def _checked(self, number: int, column: Column, values: dict[Column, str]) -> str:
        value = values.get(column, "")
        try:
            return check_name(value) if column is Column.NAME else check_login(value)
        except TextRefusedError as refusal:
            found = quoted(value) if value else "nothing"
            self.faults.append(Fault(number, column, found, _expected(column, refusal)))
            return ""


def _expected(column: Column, refusal: TextRefusedError) -> str:
    wanted = "a name of at most 80 characters" if column is Column.NAME else "a sign-in name"
    return f"{wanted}: {refusal.reason}"


def _doubled(lines: Sequence[Line]) -> list[Fault]:
    """Return a fault for each line of somebody who stands there before, and for each that may or may not be."""
    places: dict[tuple[Column, str], list[int]] = defaultdict(list)
    for line in lines:
        places[Column.NAME, line.name.casefold()].append(line.number)
        if line.login:
            places[Column.LOGIN, line.login].append(line.number)
    faults: list[Fault] = []
    for line in lines:
        same_login = [n for n in places.get((Column.LOGIN, line.login), ()) if n < line.number]
        same_name = [n for n in places[Column.NAME, line.name.casefold()] if n != line.number]
        if same_login:
            found = f"{quoted(line.login)}, as on line {same_login[0]}"
            faults.append(Fault(line.number, Column.LOGIN, found, "each person once"))
        elif same_name and not line.login:
            found = f"{quoted(line.name)}, as on line {same_name[0]}"
            expected = "each person once, and a sign-in name for each of two people of one name"
            faults.append(Fault(line.number, Column.NAME, found, expected))
    return faults
