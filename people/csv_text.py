"""The text of a CSV file as people save it: any usual encoding and delimiter, and what is wrong with it."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 5_000_000
DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab"}

_SHOWN: Final = 40
"""Characters of a cell that a message shows."""

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


# ---------------------------------------------------------------- from bytes to text


def decode(content: bytes) -> tuple[str, str, Fault | None]:
    """Return the text, how it was read in words, and what keeps it from being read."""
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


class Rows(Iterator[tuple[int, list[str]]]):
    """The rows of a text that are not blank, each with the number of its first line. `faults` ends the reading.

    Of the delimiters, the one that parts the first line into most columns that `is_known` knows is taken.
    """

    def __init__(self, text: str, is_known: Callable[[str], bool]) -> None:
        first = next((line for line in text.splitlines() if line.strip()), "")
        self.delimiter = max(DELIMITERS, key=lambda sign: (_n_known(first, sign, is_known), first.count(sign)))
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


def _n_known(header: str, delimiter: str, is_known: Callable[[str], bool]) -> int:
    return sum(is_known(cell.strip('" ')) for cell in header.split(delimiter))


def quoted(text: str) -> str:
    """Return what was found as a message shows it."""
    shown = "".join(sign if sign.isprintable() else "·" for sign in text)
    return f"“{shown[:_SHOWN]}…”" if len(shown) > _SHOWN else f"“{shown}”"
