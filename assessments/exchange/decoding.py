"""From the bytes of a text file to text, by its byte order mark, by UTF-8, or by the encoding that is stated."""

import codecs
import re
from typing import Final

from assessments.exchange.entries import RESERVED, UnreadableFileError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_ENDS: Final = re.compile(r"\r\n?")
_REPLACE: Final = "Replace the sign: it looks different on every computer."
_HINT: Final = "Save it as plain text in UTF-8, or state its encoding with --encoding, such as --encoding latin-1."


def decode(data: bytes, encoding: str | None = None) -> str:
    """Return a text with plain line ends and without its byte order mark.

    Args:
        data: The bytes of the file.
        encoding: What the file is in; None looks at its byte order mark, then expects UTF-8.

    Raises:
        UnreadableFileError: It is in another encoding, or no text at all.
    """
    for mark, by_mark in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], by_mark
            break
    encoding = encoding or _guess(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFileError(f"it is not in {encoding.upper()} (line {line})", "text", _HINT, line) from error
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        raise UnreadableFileError(f"it holds a control character in line {line}", "plain text", _HINT, line)
    if reserved := RESERVED.search(text):
        line = text.count("\n", 0, reserved.start()) + 1
        raise UnreadableFileError(f"it holds a sign for private use in line {line}", "signs of Unicode", _REPLACE, line)
    return _LINE_ENDS.sub("\n", text)


def _guess(data: bytes) -> str:
    """Return UTF-16 for a text in it that has no mark: every other byte of plain letters is zero."""
    head = data[:200]
    if len(head) >= 4 and head[1::2].count(0) > len(head) // 3:
        return "utf-16-le"
    if len(head) >= 4 and head[::2].count(0) > len(head) // 3:
        return "utf-16-be"
    return "utf-8"
