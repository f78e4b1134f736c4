"""What a format has no place for rides along where other software passes over it, and comes back with the item."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, cast

from pydantic import ValidationError

from assessments.exchange.answers import usual_part
from assessments.exchange.entries import CannotCarryError, Fields
from curriculum.items import FULL, ITEM_MODELS, Item, ItemKind, MultipleItem

TO_BE_SET: Final = "to-be-set"
"""Stands where a programme's section or competency has to be named; the programme's check asks for it."""

OWN_FIELDS: Final = (
    "id",
    "section",
    "competency",
    "scenario",
    "critical",
    "pool",
    "title",
    "tags",
    "points",
    "feedback",
    "hints",
    "partial",
    "penalty",
    "below_zero",
    "case_matters",
    "rubric",
    "model",
    "max_chars",
)
_OF_PARTS: Final = ("rationale", "behaviour")
_CLOSE: Final = Decimal("0.001")


def build(fields: Mapping[str, object]) -> Item:
    """Return an item.

    Raises:
        CannotCarryError: A field does not hold what it may.
    """
    model = ITEM_MODELS[cast(ItemKind, fields["kind"])]
    known = {name: value for name, value in fields.items() if name in model.model_fields}
    try:
        return model.model_validate({"id": "x", "section": TO_BE_SET, "competency": TO_BE_SET} | known)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = ".".join(str(step + 1 if isinstance(step, int) else step) for step in detail["loc"])
        found = f"`{where}` is `{str(detail['input'])[:40]}`"
        raise CannotCarryError(found, detail["msg"].lower(), "Change it in the file.") from error


def own_of(item: Item, bare: Item) -> Fields:
    """Return what has to ride along, given what a format carries by itself."""
    said, carried = item.model_dump(mode="json"), bare.model_dump(mode="json")
    own = {name: said[name] for name in OWN_FIELDS if name in said and said[name] != carried.get(name)}
    if isinstance(item, MultipleItem) and all(option.credit is None for option in item.options):
        own["credits"] = "usual"
    if item.kind is ItemKind.TRUE_FALSE and said["options"][0]["text"] == "False":
        own["false_first"] = True
    if said.get("gaps"):
        own["gaps"] = [gap["id"] for gap in said["gaps"]]
    if parts := _parts_to_tell(said, carried):
        own["parts"] = parts
    return own


def _parts_to_tell(said: Fields, carried: Fields) -> dict[str, Fields]:
    known = dict(_parts(carried))
    found: dict[str, Fields] = {}
    for key, part in _parts(said):
        other = known.get(key, {})
        missing = {name: part[name] for name in _OF_PARTS if part.get(name) and part.get(name) != other.get(name)}
        if missing:
            found[key] = missing
    return found


def _parts(fields: Mapping[str, object]) -> Iterator[tuple[str, Fields]]:
    """Yield the options, pairs and answers of an item, each with a key that stays when they are moved about."""
    for name, key in (("options", "text"), ("pairs", "prompt"), ("answers", "text")):
        for part in cast("list[Fields]", fields.get(name) or []):
            yield str(part[key] if key in part else f"{part['value']}:{part['tolerance']}"), part
    for i, gap in enumerate(cast("list[Fields]", fields.get("gaps") or [])):
        yield from ((f"{i + 1}/{key}", part) for key, part in _parts(gap))


def with_own(bare: Item, own: Mapping[str, object]) -> Item:
    """Return an item with what rode along.

    Raises:
        CannotCarryError: What rode along does not fit.
    """
    if not own:
        return bare
    fields: Fields = bare.model_dump(mode="json")
    fields["kind"] = bare.kind
    fields |= {name: own[name] for name in OWN_FIELDS if name in own and name in type(bare).model_fields}
    if bare.kind is ItemKind.TRUE_FALSE and own.get("false_first") is True:
        cast("list[Fields]", fields["options"]).sort(key=lambda option: option["text"] != "False")
    _drop_usual_credits(fields, own)
    names = own.get("gaps")
    if bare.kind is ItemKind.CLOZE and isinstance(names, list):
        _rename_gaps(fields, [str(name) for name in cast("list[object]", names)])
    told = own.get("parts")
    if isinstance(told, dict):
        for key, part in _parts(fields):
            extra = cast("dict[str, object]", told).get(key)
            if isinstance(extra, dict):
                part.update({k: v for k, v in cast("Fields", extra).items() if k in _OF_PARTS and k in part})
    return build(fields)


def _drop_usual_credits(fields: Fields, own: Mapping[str, object]) -> None:
    """Take away the weights that were written only because the format needs some."""
    options = cast("list[Fields]", fields.get("options") or [])
    n_right = sum(bool(option["correct"]) for option in options)
    usual = usual_part(n_right) if n_right else FULL
    penalty = own.get("penalty")
    for option in options:
        credit = Decimal(str(option["credit"])) if option.get("credit") is not None else None
        if credit is None:
            continue
        if fields["kind"] == ItemKind.MULTIPLE and own.get("credits") == "usual":
            expected = [usual] if option["correct"] else [-usual, -FULL, Decimal(0)]
        elif fields["kind"] == ItemKind.SINGLE and isinstance(penalty, int):
            expected = [Decimal(-penalty)]
        else:
            return
        if any(abs(credit - each) < _CLOSE for each in expected):
            option["credit"] = None


def _rename_gaps(fields: Fields, names: list[str]) -> None:
    gaps = cast("list[Fields]", fields["gaps"])
    if len(gaps) != len(names):
        return
    text = str(fields["text"])
    for i, gap in enumerate(gaps):
        text = text.replace(f"[[{gap['id']}]]", f"[[\ue040{i}\ue041]]")
    for i, (gap, name) in enumerate(zip(gaps, names, strict=True)):
        text = text.replace(f"[[\ue040{i}\ue041]]", f"[[{name}]]")
        gap["id"] = name
    fields["text"] = text
