"""Items as the text of an items file that a person goes on writing."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, cast

from curriculum.files import MAX_BYTES
from curriculum.items import Item

_FIRST: Final = ("id", "kind", "title", "scenario", "stem", "media", "text", "gaps", "options", "pairs", "extra")
_LAST: Final = ("section", "competency", "critical", "pool", "points", "tags")
_PLAIN: Final = re.compile(r"[^\W\d_][\w .,;'!?()/’–-]*")
_CONSTANTS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
"""Words that some reader of YAML takes for something else than text."""

_BLOCK: Final = re.compile(
    r"[^\s\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff][^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*"
)
_UNSHOWN: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_ROOM: Final = 1_000
"""Bytes kept free in each file for what people add to its head."""


def split_drafts(items: Sequence[Item], head: str) -> list[str]:
    """Return the texts of as few files as hold the items: a file of a programme has at most a million bytes."""
    texts: list[str] = []
    parts: list[str] = []
    n_bytes = 0
    for item in items:
        text = write_item(item)
        size = len(text.encode())
        if parts and n_bytes + size > MAX_BYTES - _ROOM:
            texts.append(f"{head}{''.join(parts)}")
            parts, n_bytes = [], 0
        parts.append(text)
        n_bytes += size
    return [*texts, f"{head}{''.join(parts)}"] if parts else texts


def write_item(item: Item) -> str:
    """Return an item as it stands in an items file; what is left out holds by itself."""
    said = cast("dict[str, object]", item.model_dump(exclude_defaults=True))
    middle = [name for name in said if name not in _FIRST and name not in _LAST]
    names = [name for name in (*_FIRST, *middle, *_LAST) if name in said]
    lines = _mapping({name: said[name] for name in names}, "  ")
    return "- " + "\n".join(lines).removeprefix("  ") + "\n"


def _mapping(fields: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _mapping(cast("dict[str, object]", value), f"{indent}  ")
        elif isinstance(value, list | tuple):
            yield from _list(name, cast("Sequence[object]", value), indent)
        else:
            yield f"{indent}{name}: {_scalar(value, indent)}"


def _list(name: str, values: Sequence[object], indent: str) -> Iterator[str]:
    if not values:
        yield f"{indent}{name}: []"
        return
    yield f"{indent}{name}:"
    inner = f"{indent}  "
    for value in values:
        if isinstance(value, dict):
            lines = list(_mapping(cast("dict[str, object]", value), f"{inner}  "))
            yield f"{inner}- {lines[0].strip()}"
            yield from lines[1:]
        else:
            yield f"{inner}- {_scalar(value, inner)}"


def _scalar(value: object, indent: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return _number(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower() not in _CONSTANTS:
        return text
    if "\n" in text and not text.endswith("\n") and _BLOCK.fullmatch(text):
        lines = [f"{indent}  {line}" if line else "" for line in text.split("\n")]
        return "\n".join(("|-", *lines))
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _number(value: Decimal) -> str:
    """Return a number; one that a file's reader would round stands in quotes."""
    text = f"{value:f}"
    is_exact = _NUMBER.fullmatch(text) and len(text) < 19 and Decimal(str(float(text))) == value
    return text if is_exact else f'"{text}"'
