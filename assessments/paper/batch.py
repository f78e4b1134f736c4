"""A batch as it was typed in or sent by tablets: its rows by column, whatever the file's encoding and delimiter."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from assessments.paper.columns import INSTANCE, Foot, Head
from people.csv_text import DELIMITERS, Fault, Rows, decode, quoted

MAX_ROWS: Final = 20_000
GROUPS: Final = ("head", "items", "foot")
"""The groups of a tablet's form, which stand before the names of its columns."""

_NEEDED: Final = (Head.CHECKLIST, Head.CONTENT, Head.TRAINEE, Head.DAY, Foot.OVERALL, Foot.HELP)
_OWN: Final = frozenset({*Head, *Foot, INSTANCE})
_INSTANCE: Final = frozenset({"meta_instanceid", "instanceid", "key"})
_OF_TABLETS: Final = frozenset(
    {
        *("start", "end", "today", "deviceid", "device_id", "username", "submitterid", "submittername"),
        *("submissiondate", "submission_time", "submitted_by", "attachmentspresent", "attachmentsexpected"),
        *("status", "reviewstate", "validation_status", "edits", "formversion", "version", "meta_instancename"),
        *("instancename", "meta_rootuuid", "id", "uuid", "index", "tags", "ring"),
    }
)
"""Columns that tablets add, which are not read: who filled it in is what the form says, and the rights decide."""


@dataclass(frozen=True, slots=True)
class Row:
    """A form: its line in the file, and its cells by column; empty ones are left out."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        """Return a cell, empty when it is."""
        return self.cells.get(column_key(column), "")


@dataclass(frozen=True, slots=True)
class Batch:
    """A file as it was read. With a fault of the file itself there are no rows.

    Attributes:
        encoding: How the bytes were read, in words.
        delimiter: What parts the cells, in words.
        columns: The names of the columns, as they stand there.
        rows: The forms.
        faults: What is wrong with the file.
    """

    encoding: str = ""
    delimiter: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()

    def strange_to(self, names: Sequence[str]) -> tuple[Fault, ...]:
        """Return a fault for each column that is none of the names of a checklist's batch, nor one that tablets add."""
        known = {column_key(name) for name in names} | _OWN | _OF_TABLETS
        return tuple(_strange(name, names) for name in self.columns if column_key(name) not in known)


def column_key(name: str) -> str:
    """Return a column's name without its signs: `C1-time/D2.1-B1` on paper is `items-c1_time_d2_1_b1` of a tablet."""
    key = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    for group in GROUPS:
        key = key.removeprefix(f"{group}_")
    return INSTANCE if key in _INSTANCE else key


def read_batch(content: bytes) -> Batch:
    """Return the rows of a file, or what is wrong with it. Nothing is looked up. Rows left empty are left out."""
    text, encoding, fault = decode(content)
    if fault is not None:
        return Batch(encoding, faults=(fault,))
    rows = Rows(text, lambda cell: column_key(cell) in _OWN)
    header = next(rows, None)
    delimiter = DELIMITERS[rows.delimiter]
    if header is None:
        return Batch(
            encoding, delimiter, faults=(Fault(1, "", "an empty file", "a batch; get the template to fill in"),)
        )
    columns = tuple(cell.strip() for cell in header[1])
    faults = _faults_of(header[0], columns, text)
    if faults:
        return Batch(encoding, delimiter, columns, faults=tuple(faults))
    keys = [column_key(name) for name in columns]
    read = [(number, cells, _row(number, keys, cells)) for number, cells in rows]
    wide = [_too_wide(number, cells, columns, delimiter) for number, cells, _ in read if len(cells) > len(columns)]
    kept = tuple(row for _, _, row in read if _is_filled(row))
    return Batch(encoding, delimiter, columns, kept, (*wide, *rows.faults))


def _row(number: int, keys: Sequence[str], cells: Sequence[str]) -> Row:
    return Row(number, {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if cell.strip()})


def _is_filled(row: Row) -> bool:
    """Return whether anybody wrote in the row: those of a template bear the checklist and no more."""
    return bool(row.cells.keys() - {Head.CHECKLIST, Head.CONTENT})


def _too_wide(number: int, cells: Sequence[str], columns: Sequence[str], delimiter: str) -> Fault:
    found = f"{len(cells)} cells (“{quoted(' | '.join(cells))}”)"
    return Fault(number, "", found, f"at most {len(columns)}, parted by a {delimiter}")


def _faults_of(number: int, columns: Sequence[str], text: str) -> list[Fault]:
    keys = [column_key(name) for name in columns]
    if not _OWN & set(keys):
        expected = "the columns of the template, parted by a comma, a semicolon or a tab"
        return [Fault(number, "", f"the first line {quoted(' '.join(columns))}", expected)]
    faults = [
        Fault(number, name, "no such column", f"the column {name}; get the template again")
        for name in _NEEDED
        if name not in keys
    ]
    if Head.FORM not in keys and INSTANCE not in keys:
        faults.append(Fault(number, Head.FORM, "no such column", "the column form, with the code of each sheet"))
    faults += [
        Fault(number, name, "the column twice", "it once")
        for name in dict.fromkeys(columns)
        if column_key(name) != INSTANCE and keys.count(column_key(name)) > 1
    ]
    if text.count("\n") > MAX_ROWS:
        faults.append(Fault(MAX_ROWS, "", f"more than {MAX_ROWS:,} lines", "fewer; take the file over in parts"))
    return faults


def _strange(name: str, names: Sequence[str]) -> Fault:
    near = get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    expected = f"only the columns of the template; {hint}nothing about a family may stand here"
    return Fault(1, "", f"a column called {quoted(name)}", expected)
