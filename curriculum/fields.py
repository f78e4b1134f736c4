"""From data to models: each fault of a field as a problem with its line, in plain words."""

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from curriculum.errors import Problem
from curriculum.places import Kind, Loc, Place, did_you_mean, listed, name_of
from curriculum.yaml_lines import Yaml

M = TypeVar("M", bound=BaseModel)

KIND_OF_LIST = {
    "roles": Kind.ROLE,
    "activities": Kind.ACTIVITY,
    "prerequisites": Kind.PREREQUISITE,
    "certificates": Kind.CERTIFICATE,
    "sessions": Kind.SESSION,
    "scales": Kind.SCALE,
    "domains": Kind.DOMAIN,
    "competencies": Kind.COMPETENCY,
    "behaviours": Kind.BEHAVIOUR,
    "lines": Kind.LINE,
    "prompts": Kind.PROMPT,
}
"""The kind of the objects that stand in a list inside another object."""

ID_PATTERN = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
ID_MAX = 60

_EXPECTED = {
    "missing": "",
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "finite_number": "a number",
    "decimal_max_digits": "a shorter number",
    "decimal_max_places": "a number with fewer decimals",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "dict_type": "fields with values",
    "model_type": "fields with values",
    "model_attributes_type": "fields with values",
}
_IN_QUOTES = "Put it in quotes."


def read_model(model: type[M], raw: Yaml, place: Place) -> tuple[M | None, list[Problem]]:
    """Return an object of the model, or None, and the problems of its fields."""
    problems = list(_blank_texts(raw, raw, place, ()))
    try:
        made = model.model_validate(raw)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, problems + [_problem(model, raw, place, detail) for detail in details]
    return made, problems


def read_parts(model: type[M], raw: Yaml, place: Place, keys: tuple[str, ...]) -> tuple[M | None, list[Problem]]:
    """Return an object without those of its parts that have faults, and all problems.

    A part is an object with an id in a list of objects, under one of `keys`; where it has a
    fault, it is left out so that the rest can be checked.
    """
    made, problems = read_model(model, raw, place)
    if made is not None or not isinstance(raw, dict):
        return made, problems
    pruned = _without_faulty(model, raw, keys)
    try:
        return model.model_validate(pruned), problems
    except ValidationError:
        return None, problems


def _without_faulty(model: type[BaseModel], raw: dict[str, Yaml], keys: tuple[str, ...]) -> dict[str, Yaml]:
    try:
        model.model_validate(raw)
    except ValidationError as error:
        faulty = {where for detail in error.errors() if (where := _part_at(detail["loc"], keys))}
        return {key: _prune(value, (key,), faulty) for key, value in raw.items()}
    return raw


def _part_at(loc: Loc, keys: tuple[str, ...]) -> Loc:
    """Return the way to the innermost part of `keys` around a fault; empty when there is none."""
    ends = [i for i in range(1, len(loc)) if isinstance(loc[i], int) and loc[i - 1] in keys]
    return loc[: ends[-1] + 1] if ends else ()


def _prune(value: Yaml, loc: Loc, faulty: set[Loc]) -> Yaml:
    if isinstance(value, list):
        return [_prune(each, (*loc, i), faulty) for i, each in enumerate(value) if (*loc, i) not in faulty]
    if isinstance(value, dict):
        return {key: _prune(each, (*loc, key), faulty) for key, each in value.items()}
    return value


def iter_ids(raw: Yaml, place: Place) -> Iterator[tuple[Kind, str, Place]]:
    """Yield kind, id and place of each object inside an object, at any depth; also of faulty ones."""
    if not isinstance(raw, dict):
        return
    for key, value in raw.items():
        kind = KIND_OF_LIST.get(key)
        if kind is None or not isinstance(value, list):
            continue
        for i, part in enumerate(value):
            if isinstance(part, dict) and isinstance(id_ := part.get("id"), str):
                inside = place.inside(name_of(kind, id_), (key, i))
                yield kind, id_, inside
                yield from iter_ids(part, inside)


def check_id(id_: str, place: Place) -> Iterator[Problem]:
    """Yield a problem when an id is not made as ids are."""
    if len(id_) > ID_MAX or not ID_PATTERN.fullmatch(id_):
        message = f"id `{shown(id_)}` is not made of letters and digits, joined by `-`, `.` or `_`, at most {ID_MAX}"
        yield place.error(message, "Choose another id.", ("id",))


def shown(value: object) -> str:
    """Return how messages show a value that was found."""
    if isinstance(value, str):
        return value if len(value) <= 40 else f"{value[:39]}…"
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def _found(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a group of fields"
    return "a list" if isinstance(value, list) else f"`{shown(value)}`"


def _blank_texts(root: Yaml, value: Yaml, place: Place, loc: Loc) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _blank_texts(root, each, place, (*loc, key))
    elif isinstance(value, list):
        for i, each in enumerate(value):
            yield from _blank_texts(root, each, place, (*loc, i))
    elif isinstance(value, str) and not value.strip():
        at, rest = _nearest(root, place, loc)
        yield at.error(f"`{_path(rest)}` is blank; expected text", "Write it, or leave the field out.", rest)


def _nearest(root: Yaml, place: Place, loc: Loc) -> tuple[Place, Loc]:
    """Return the innermost object with an id around a value, and the way from there."""
    value, depth, best = root, 0, (place, loc)
    for i, step in enumerate(loc):
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
            kind = KIND_OF_LIST.get(str(loc[i - 1])) if i else None
            if kind and isinstance(value, dict) and isinstance(id_ := value.get("id"), str):
                depth = i + 1
                best = (place.inside(name_of(kind, id_), loc[:depth]), loc[depth:])
        else:
            break
    return best


def _path(loc: Loc) -> str:
    """Return a way as people read it, positions from 1: `options[2].text`."""
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in loc)
    return text.removeprefix(".")


def _without_tags(raw: Yaml, loc: Loc) -> Loc:
    """Return a way without the steps that only say which kind of object was read, such as `gaps[1].choice`."""
    if not loc:
        return ()
    step, rest = loc[0], loc[1:]
    if isinstance(raw, dict) and isinstance(step, str):
        if step not in raw and raw.get("kind") == step:
            return _without_tags(raw, rest)
        return (step, *_without_tags(raw.get(step), rest))
    if isinstance(raw, list) and isinstance(step, int) and step < len(raw):
        return (step, *_without_tags(raw[step], rest))
    return loc


def _problem(model: type[BaseModel], raw: Yaml, place: Place, detail: ErrorDetails) -> Problem:
    at, rest = _nearest(raw, place, _without_tags(raw, detail["loc"]))
    name = f"`{_path(rest)}`" if rest else "it"
    match detail["type"]:
        case "missing":
            return at.error(f"{name} is missing", f"Add `{rest[-1]}:`.", rest[:-1])
        case "union_tag_not_found":
            return at.error(f"`{_path((*rest, 'kind'))}` is missing", "Add `kind:`.", rest)
        case "union_tag_invalid":
            return _wrong_kind(at, rest, detail)
        case "extra_forbidden":
            hint = _hint_for_stranger(detail, _fields_at(model, detail["loc"][:-1]))
            return at.error(f"unknown field {name}", hint, rest)
        case kind:
            expected, hint = _expectation(kind, detail)
            return at.error(f"{name} is {_found(detail['input'])}; expected {expected}", hint, rest)


def _wrong_kind(at: Place, rest: Loc, detail: ErrorDetails) -> Problem:
    context = detail.get("ctx", {})
    kinds = re.findall(r"'([^']*)'", str(context["expected_tags"]))
    message = f"`{_path((*rest, 'kind'))}` is `{shown(context['tag'])}`; expected {listed(kinds, 'or')}"
    return at.error(message, at=(*rest, "kind"))


def _hint_for_stranger(detail: ErrorDetails, fields: list[str]) -> str:
    name = str(detail["loc"][-1])
    if detail["input"] is None and " " in name:
        return "Put a text that has a comma inside { } in quotes."
    return did_you_mean(name, fields) or f"The fields are {listed(fields)}."


def _expectation(kind: str, detail: ErrorDetails) -> tuple[str, str]:
    context = detail.get("ctx", {})
    match kind:
        case "string_type" if isinstance(detail["input"], (bool, int, float)):
            return "text", _IN_QUOTES
        case "greater_than_equal" | "greater_than":
            least = context.get("ge", context.get("gt"))
            return f"{'at least' if 'ge' in context else 'more than'} {least:g}", ""
        case "less_than_equal":
            return f"at most {context['le']:g}", ""
        case "string_pattern_mismatch":
            return "three numbers such as 1.0.0", ""
        case "enum" | "literal_error":
            words = re.findall(r"'([^']*)'", str(context["expected"]))
            choice = listed(words, "or") if words else str(context["expected"])
            return choice, did_you_mean(str(detail["input"]), words) if len(words) > 8 else ""
        case _:
            return _EXPECTED.get(kind, detail["msg"].lower()), ""


def _fields_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Return the names of the fields of the model at a way from another."""
    here = [model]
    for step in (step for step in loc if isinstance(step, str)):
        owner = next((each for each in here if step in each.model_fields), None)
        if owner is not None:
            here = list(_models_in(owner.model_fields[step].annotation)) or [owner]
        else:
            here = [each for each in here if step in _kinds_of(each)] or here
    return list(here[0].model_fields)


def _kinds_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Return what `kind` may say in a model that is one of several."""
    kind = model.model_fields.get("kind")
    return tuple(map(str, get_args(kind.annotation))) if kind is not None else ()


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (tuple, Union, UnionType, Annotated):
        for argument in get_args(annotation):
            yield from _models_in(argument)
