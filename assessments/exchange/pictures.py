"""Pictures that come with a question, and those that an item shows: their files, and the rules for both."""

import base64
import binascii
import re
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import unquote

from assessments.exchange.entries import CannotCarryError, Fields, Picture
from assessments.exchange.markup import Shown, Text
from curriculum.media import FILE_RULES, MediaKind

_TYPES: Final = {"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp"}
_DATA: Final = re.compile(r"data:(image/[a-z.+-]+);base64,(.*)", re.S)
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")
_ENDINGS: Final = {".jpeg": ".jpg", ".jpe": ".jpg"}
_FORMATS: Final = "PNG, JPEG or WebP of at most a million bytes"


def decode_base64(text: str) -> bytes:
    """Return the bytes of a file that is written in Base64.

    Raises:
        CannotCarryError: It is damaged.
    """
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise CannotCarryError("a file in it is damaged", "Base64", "Export the question again.") from error


def take_picture(text: Text, fetch: Callable[[str], bytes | None]) -> tuple[Fields, Picture | None]:
    """Return the fields that show the picture of a question, and the picture; nothing where there is none.

    Args:
        text: The question.
        fetch: Returns the bytes of a file by its address in the text, None when the file is not there.

    Raises:
        CannotCarryError: There are several, one has no words, or its file cannot be taken along.
    """
    shown = next(iter(text.pictures), None)
    if shown is None:
        return {}, None
    if len(text.pictures) > 1:
        raise CannotCarryError(f"it shows {len(text.pictures)} pictures", "one", "Put them together into one.")
    if not shown.alt:
        found = f"the picture `{_short(shown)}` has no words for those who cannot see it"
        raise CannotCarryError(found, "an `alt` text", "Describe the picture where the question was written.")
    content = _content(shown, fetch)
    name = _safe_name(shown, content)
    return {"media": {"kind": MediaKind.IMAGE, "file": name, "alt": shown.alt}}, Picture(name, content)


def _content(shown: Shown, fetch: Callable[[str], bytes | None]) -> bytes:
    if data := _DATA.match(shown.source):
        return decode_base64(data[2])
    found = fetch(shown.source)
    if found is None:
        what = f"the picture `{_short(shown)}` did not come with the file"
        raise CannotCarryError(what, "a picture in the file", "Export the questions together with their pictures.")
    return found


def _safe_name(shown: Shown, content: bytes) -> str:
    data = _DATA.match(shown.source)
    last = "picture" + _TYPES.get(data[1], ".png") if data else unquote(shown.source).rsplit("/", 1)[-1]
    stem, dot, ending = last.rpartition(".")
    suffix = _ENDINGS.get(f".{ending.lower()}", f".{ending.lower()}") if dot else ""
    rule = FILE_RULES.get(suffix)
    is_good = rule is not None and rule.type in _TYPES and content.startswith(rule.signs, rule.offset)
    if rule is None or not is_good or len(content) > rule.max_bytes:
        raise CannotCarryError(f"the picture `{_short(shown)}` has {len(content):,} bytes", _FORMATS, "Save it anew.")
    return f"{_ODD.sub('-', stem).strip('.-') or 'picture'}{suffix}"


def _short(shown: Shown) -> str:
    return shown.source if len(shown.source) <= 60 else f"{shown.source[:59]}…"


def no_files(names: Sequence[str]) -> None:
    """Refuse files that stand beside an answer or a feedback.

    Raises:
        CannotCarryError: There is one.
    """
    if names:
        found = f"the file `{names[0]}` stands in an answer or in feedback"
        raise CannotCarryError(found, "one picture at most, in the question", "Say in words what it shows.")
