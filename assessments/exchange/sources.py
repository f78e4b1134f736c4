"""From a file of any kind to its questions: what it is, is told by its bytes first and its name second."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from assessments.exchange.decoding import decode
from assessments.exchange.entries import Entry, UnreadableFileError
from assessments.exchange.gift_reading import read_gift
from assessments.exchange.moodle_reading import read_moodle
from assessments.exchange.packages import Package, read_package
from assessments.exchange.qti_reading import Fetch, no_file, read_qti_item
from assessments.exchange.xml_tree import Node, parse_xml


class ExchangeFormat(StrEnum):
    """The formats of other people."""

    GIFT = "gift"
    MOODLE = "moodle"
    QTI = "qti"


@dataclass(frozen=True, slots=True)
class Source:
    """The questions of a file, and what is said of the file as a whole."""

    entries: Iterator[Entry]
    notes: tuple[str, ...] = ()


_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_XML: Final = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<\x00?(?:\?\x00?x|!|q|a|m|h)", re.I)
_TEXT_ENDINGS: Final = frozenset({".gift", ".txt", ""})
_KINDS: Final = "a GIFT file (.gift, .txt), Moodle XML (.xml) or QTI 3.0 (.xml, .zip)"
_CHOOSE: Final = "Choose a file of questions, or say of which kind it is."


def open_source(
    name: str,
    data: bytes,
    form: ExchangeFormat | None = None,
    encoding: str | None = None,
    beside: Fetch = no_file,
) -> Source:
    """Return the questions of a file.

    Args:
        name: The file's name.
        data: Its bytes.
        form: What it is; None finds out.
        encoding: What a GIFT file is in; None finds out.
        beside: Returns the bytes of a picture that lies beside a lone item of QTI.

    Raises:
        UnreadableFileError: It is of no kind that is known, or damaged.
    """
    ending = PurePath(name).suffix.lower()
    if not data.strip():
        raise UnreadableFileError("it is empty", _KINDS, _CHOOSE)
    if data.startswith(_ZIP):
        return _of_package(data)
    if form is ExchangeFormat.GIFT or (form is None and not _XML.match(data) and ending in _TEXT_ENDINGS):
        return Source(read_gift(decode(data, encoding)))
    if _XML.match(data) or form is not None:
        return _of_xml(parse_xml(data), beside)
    raise UnreadableFileError(f"it is no file of questions (it ends in `{ending}`)", _KINDS, _CHOOSE)


def _of_package(data: bytes) -> Source:
    package = Package(data)
    names = package.items()
    notes = (
        ("the package's test, the order and weights of its questions, belongs to a quiz",) if package.has_test else ()
    )
    return Source(read_package(package, names), notes)


def _of_xml(root: Node, beside: Fetch) -> Source:
    if root.tag == "quiz":
        return Source(read_moodle(root))
    if root.tag in ("qti-assessment-item", "assessmentItem"):
        return Source(iter([read_qti_item(root, beside)]))
    if root.tag == "questestinterop":
        raise UnreadableFileError("it is QTI 1 (`<questestinterop>`)", "QTI 3.0", "Export it as QTI 3.0.", root.line)
    raise UnreadableFileError(
        f"it is XML that begins with `<{root.tag}>`", "`<quiz>` or `<qti-assessment-item>`", _CHOOSE
    )
