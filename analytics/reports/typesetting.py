"""Setting a document: a template of the house, data handed in as JSON, and a PDF that reads aloud (PDF/UA-1).

The same data gives the same bytes on every machine: only the fonts shipped beside this module are used, and the date in
the file is the one that the caller gives.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, Literal
from uuid import UUID

import typst

from analytics.reports.errors import ReportDataError, UnknownTemplateError, UnprintableSignError
from curriculum.phrases import N_, Translations

FONTS: Final = Path(__file__).with_name("fonts")
TEMPLATES: Final = Path(__file__).with_name("templates")

_NO_PICTURES: Final[Mapping[str, bytes]] = MappingProxyType({})
_HOUSE: Final = "house"
_UNPRINTABLE: Final = re.compile(r"the text `\"(.+?)\"` could not be displayed")
_WORDS: Final = {
    "page": N_("Page {page} of {pages}", page="{page}", pages="{pages}"),
    "version": N_("Version {version}", version="{version}"),
    "as_of": N_("As of {day}", day="{day}"),
    "synthetic": N_("Synthetic demonstration: the people and figures are invented"),
}
"""What the house itself says at the head and foot of a page."""


@dataclass(frozen=True, slots=True)
class Document:
    """What every document says of itself: its data stands under `document`.

    Attributes:
        title: Its title, also for screen readers and the window's frame.
        made_at: The instant it shows; it dates the file, so that a repeat gives the same bytes.
        programme: The programme's title.
        version: The programme's version, as people write it.
        as_of: The day that what it shows holds for, as people write it; empty where nothing is counted.
        code: A short code at the foot by which a sheet is known.
        language: Its language, as a code of two or three letters.
        is_right_to_left: Whether it is read from the right.
        is_synthetic: Whether people and figures are invented.
        is_landscape: Whether the sheet lies on its side.
    """

    title: str
    made_at: datetime
    programme: str = ""
    version: str = ""
    as_of: str = ""
    code: str = ""
    language: str = "en"
    is_right_to_left: bool = False
    is_synthetic: bool = False
    is_landscape: bool = False


def list_templates() -> tuple[str, ...]:
    """Return the names of the templates that a document can be set with."""
    return tuple(sorted(path.stem for path in TEMPLATES.glob("*.typ") if path.stem != _HOUSE))


def typeset(
    template: str,
    data: Mapping[str, object],
    *,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
    translations: Translations | None = None,
) -> bytes:
    """Return the PDF of a template filled with data.

    Args:
        template: A template's name, such as `checklist`.
        data: What the template reads. `document` is a `Document`; dataclasses, dates and enums may stand anywhere.
        pictures: SVG or PNG files by the name under which the template shows them.
        translations: The catalogue for what the house itself says; English by default.

    Raises:
        UnknownTemplateError: There is no such template.
        ReportDataError: The template misses something in the data, or a picture cannot be read.
        UnprintableSignError: A text has signs for which no font is shipped.
    """
    inputs = _inputs(template, data, pictures, translations)
    return _compile(template, inputs, _made_at(template, data), "pdf")[0]


def preview(
    template: str,
    data: Mapping[str, object],
    *,
    pictures: Mapping[str, bytes] = _NO_PICTURES,
    translations: Translations | None = None,
    ppi: int = 110,
) -> tuple[bytes, ...]:
    """Return the pages of the same document as PNG pictures, as `typeset` would set them; it raises the same errors."""
    inputs = _inputs(template, data, pictures, translations)
    return _compile(template, inputs, _made_at(template, data), "png", ppi)


def _made_at(template: str, data: Mapping[str, object]) -> int:
    document = data.get("document")
    if not isinstance(document, Document):
        raise ReportDataError(template, "`document` is no `Document`")
    return int(document.made_at.timestamp())


def _inputs(
    template: str, data: Mapping[str, object], pictures: Mapping[str, bytes], translations: Translations | None
) -> dict[str, str]:
    house = {name: phrase.text(translations) for name, phrase in _WORDS.items()}
    return {"data": _as_json(template, {**data, "house": house}), "pictures": _pictures_json(pictures)}


def _compile(
    template: str, inputs: dict[str, str], made_at: int, form: Literal["pdf", "png"], ppi: int | None = None
) -> tuple[bytes, ...]:
    if template not in list_templates():
        raise UnknownTemplateError(template, ", ".join(list_templates()))
    compiler = typst.Compiler(TEMPLATES / f"{template}.typ", root=TEMPLATES, font_paths=_fonts())
    try:
        made = compiler.compile(
            format=form, ppi=ppi, sys_inputs=inputs, pdf_standards="ua-1" if form == "pdf" else [], timestamp=made_at
        )
    except typst.TypstError as error:
        raise _explain(template, error) from error
    return tuple(made) if isinstance(made, list) else (made or b"",)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _as_json(template: str, data: Mapping[str, object]) -> str:
    try:
        return json.dumps(data, default=_plain, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise ReportDataError(template, str(error)) from error


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Return a value that JSON cannot hold as one that it can."""
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return dict(value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    raise TypeError(f"`{type(value).__name__}` has no form in JSON")


def _pictures_json(pictures: Mapping[str, bytes]) -> str:
    """Return pictures as JSON: drawings as their text, photographs and the like as numbers, one a byte."""
    return json.dumps({name: _picture_value(content) for name, content in pictures.items()}, ensure_ascii=False)


def _picture_value(content: bytes) -> str | list[int]:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return list(content)


def _explain(template: str, error: typst.TypstError) -> ReportDataError | UnprintableSignError:
    """Return the error in our own words."""
    if signs := dict.fromkeys(_UNPRINTABLE.findall(error.diagnostic)):
        return UnprintableSignError(" ".join(signs))
    return ReportDataError(template, error.message)
