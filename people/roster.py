"""A roster as a CSV file: which people join a cohort, read line by line, with every fault in its place.

A roster has a column `name` and may have `login`, `role` and `trainer`. A column of any other name refuses the file,
because nothing about a family may stand in it.
"""

import codecs
import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import Final

from people.errors import TextRefusedError
from people.names import check_login, check_name

MAX_BYTES: Final = 5_000_000
MAX_LINES: Final = 20_000
EXAMPLE: Final = "name,login,role,trainer\nSunita Rao,sunita,,ruth\nبهار رضایی,bahar,,ruth\n"
"""A roster to begin with: the sign-in name, the role and the trainer may be left empty."""

_SHOWN: Final = 40
"""Characters of a cell that a message shows."""


class Column(StrEnum):
    """What a roster may say about somebody."""

    NAME = "name"
    LOGIN = "login"
    ROLE = "role"
    TRAINER = "trainer"


_ALSO_CALLED: Final = {"sign-in name": Column.LOGIN}
_DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab"}
_MARKS: Final = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8 with a byte order mark"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16, little-endian"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16, big-endian"),
}
_WORKBOOK: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: on which line of the file (from 1), in which column, what was found, what was expected."""

    line: int
    column: str
    found: str
    expected: str

    @property
    def sentence(self) -> str:
        """Return the fault in words."""
        place = f"Line {self.line}" + (f", {self.column}" if self.column else "")
        return f"{place}: found {self.found}; expected {self.expected}."


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
    text, encoding, fault = _decode(content)
    if fault is not None:
        return Roster(encoding=encoding, faults=(fault,), is_readable=False)
    rows = _Rows(text)
    header = next(rows, None)
    columns, faults = _read_header(header, text) if header is not None else ((), [_empty_file()])
    delimiter = _DELIMITERS[rows.delimiter]
    if faults:
        return Roster(encoding, delimiter, columns, faults=tuple(faults), is_readable=False)
    reading = _Reading(columns, delimiter)
    for number, cells in rows:
        reading.take(number, cells)
    found = [*reading.faults, *_doubled(reading.lines), *rows.faults]
    bad = {fault.line for fault in found}
    good = tuple(line for line in reading.lines if line.number not in bad)
    return Roster(encoding, delimiter, columns, good, tuple(sorted(found, key=lambda fault: fault.line)))


# ---------------------------------------------------------------- from bytes to text


def _decode(content: bytes) -> tuple[str, str, Fault | None]:
    if len(content) > MAX_BYTES:
        found = f"a file of {len(content):,} bytes"
        return "", "", Fault(1, "", found, f"at most {MAX_BYTES:,}; import it in parts")
    if content.startswith(_WORKBOOK):
        return "", "", Fault(1, "", "a workbook or an archive", "a CSV file; save it as “CSV UTF-8” first")
    codec, words = _guess_encoding(content)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"the byte {content[error.start]:#04x}, which is no sign in {words}"
        return "", words, Fault(line, "", found, "text in UTF-8; save the file as “CSV UTF-8”")
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        return "", words, Fault(line, "", "a sign that stands in no text (NUL)", "a CSV file with text only")
    return text, words, None


def _guess_encoding(content: bytes) -> tuple[str, str]:
    for mark, found in _MARKS.items():
        if content.startswith(mark):
            return found
    # Text in UTF-16 of which half the signs are Latin holds many zero bytes, at every second place.
    if content[1:200:2].count(0) > len(content[:200]) // 8:
        return "utf-16-le", "UTF-16, little-endian, without a byte order mark"
    if content[0:200:2].count(0) > len(content[:200]) // 8:
        return "utf-16-be", "UTF-16, big-endian, without a byte order mark"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", "Windows-1252 (Western European); check the names"
    return "utf-8", "UTF-8"


# ---------------------------------------------------------------- from text to rows


class _Rows(Iterator[tuple[int, list[str]]]):
    """The rows of a text that are not blank, each with the number of its first line. `faults` ends the reading."""

    def __init__(self, text: str) -> None:
        first = next((line for line in text.splitlines() if line.strip()), "")
        self.delimiter = max(_DELIMITERS, key=lambda sign: (_n_known(first, sign), first.count(sign)))
        self.faults: list[Fault] = []
        self._reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True)
        self._last = 0

    def __next__(self) -> tuple[int, list[str]]:
        while True:
            number = self._last + 1
            try:
                cells = next(self._reader)
            except csv.Error as error:
                found = f"a row that cannot be read, and nothing after it ({error})"
                self.faults.append(Fault(number, "", found, "a quote for each that is opened"))
                raise StopIteration from error
            self._last = self._reader.line_num
            if any(cell.strip() for cell in cells):
                return number, cells


def _n_known(header: str, delimiter: str) -> int:
    return sum(_column_named(cell.strip('" ')) is not None for cell in header.split(delimiter))


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
    return Fault(number, "", f"the first line {_quoted(' '.join(cells))}", expected)


def _unknown(number: int, cell: str) -> Fault:
    near = get_close_matches(cell.casefold(), list(Column), n=1)
    hint = f"; did you mean {near[0]}?" if near else "."
    expected = f"only {', '.join(Column)}{hint} Nothing else is read, and nothing about a family may stand here"
    return Fault(number, "", f"a column called {_quoted(cell)}", expected)


def _quoted(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else "·" for sign in text)
    return f"“{shown[:_SHOWN]}…”" if len(shown) > _SHOWN else f"“{shown}”"


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
        found = f"{n} {'cell' if n == 1 else 'cells'} ({_quoted(' | '.join(cells))})"
        self.faults.append(Fault(number, "", found, f"{len(self.columns)}, parted by a {self.delimiter}"))

    def _checked(self, number: int, column: Column, values: dict[Column, str]) -> str:
        value = values.get(column, "")
        try:
            return check_name(value) if column is Column.NAME else check_login(value)
        except TextRefusedError as refusal:
            found = _quoted(value) if value else "nothing"
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
            found = f"{_quoted(line.login)}, as on line {same_login[0]}"
            faults.append(Fault(line.number, Column.LOGIN, found, "each person once"))
        elif same_name and not line.login:
            found = f"{_quoted(line.name)}, as on line {same_name[0]}"
            expected = "each person once, and a sign-in name for each of two people of one name"
            faults.append(Fault(line.number, Column.NAME, found, expected))
    return faults
