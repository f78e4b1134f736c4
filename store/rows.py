# ruff: noqa: ANN401  annotations and rows are read here whatever they hold
"""How a fact stands in the database: one plan a class, made once from its annotations.

A field `x_id` of text becomes the number `x_no` of a term, a person's id the number itself, a fact's id that fact's
number; a field marked `PRIVATE` becomes a hash here and a row in `private_text`; a tuple of dataclasses, or of fact
ids, becomes rows of a child table; a tuple of numbers a list; a tuple of tuples JSON.
"""

import json
import re
import sys
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum, StrEnum, auto
from functools import cache
from json.encoder import encode_basestring_ascii
from typing import Any, Final, Union, get_args, get_origin, get_type_hints
from uuid import UUID

import assessments.facts
import assessments.support
import people.facts
from people.facts import Fact
from store.errors import BadTextError, NaiveInstantError

_MODULES: Final = (people.facts, assessments.facts, assessments.support)
"""Imported so that every class of fact is known."""

_TABLE_NAMES: Final = {"Grant": "office_grant"}
_CHILD_NAMES: Final = {("observation", "ratings"): "rating"}

COMMON: Final = ("org_id", "fact_no", "person_no", "actor_no", "occurred_at", "recorded_at", "day")
"""The first columns of every table of facts."""

CHILD_COMMON: Final = ("org_id", "person_no", "fact_no")
"""The first columns of every child table."""

_COMPACT: Final = json.JSONEncoder(separators=(",", ":"))

Value = Any
"""What a column, a parameter or a field of a fact may hold."""

Row = dict[str, Value]
"""A row by column name."""

ArrowTable = Any
"""A `pyarrow.Table`, which comes without types."""


class ColumnKind(Enum):
    """What a column holds, and so how a field gets there and back."""

    TERM = auto()
    PERSON = auto()
    FACT = auto()
    TEXT = auto()
    NUMBER = auto()
    DATE = auto()
    INSTANT = auto()
    NUMBERS = auto()
    TERMS = auto()
    JSON = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """One field in one column. `enum` is set for a closed set of texts."""

    field: str
    name: str
    kind: ColumnKind
    is_optional: bool
    enum: type[StrEnum] | None
    default: object


@dataclass(frozen=True, slots=True)
class ChildTable:
    """The rows of one tuple field. `item_class` is None for fact ids; `position` orders them.

    `column_names` are all the columns, in the order in which rows are written.
    """

    name: str
    field: str
    item_class: type[Any] | None
    columns: tuple[Column, ...]
    has_own_position: bool
    column_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactTable:
    """The plan of one class of facts. `column_names` are all the columns, in the order in which rows are written."""

    name: str
    fact_class: type[Fact]
    columns: tuple[Column, ...]
    private_fields: tuple[str, ...]
    children: tuple[ChildTable, ...]
    column_names: tuple[str, ...]

    def column_of(self, field: str) -> Column:
        """Return the column of a field.

        Raises:
            KeyError: The class has no such field in a column.
        """
        for column in self.columns:
            if column.field == field:
                return column
        raise KeyError(f"{self.fact_class.__name__} has no column for `{field}`")


# ---------------------------------------------------------------- from annotations to a plan


def fact_classes() -> tuple[type[Fact], ...]:
    """Return every class of facts, by name."""
    found: dict[str, type[Fact]] = {}
    waiting = list(Fact.__subclasses__())
    while waiting:
        fact_class = waiting.pop()
        waiting += fact_class.__subclasses__()
        # A slotted dataclass replaces the class it decorates; only the one its module knows counts.
        if getattr(sys.modules[fact_class.__module__], fact_class.__name__, None) is fact_class:
            found[fact_class.__name__] = fact_class
    return tuple(found[name] for name in sorted(found))


@cache
def tables() -> dict[str, FactTable]:
    """Return the plans of all classes by table name."""
    plans = (table_of(fact_class) for fact_class in fact_classes())
    return {plan.name: plan for plan in plans}


@cache
def table_of(fact_class: type[Fact]) -> FactTable:
    """Return the plan of a class."""
    name = table_name(fact_class)
    hints = get_type_hints(fact_class)
    common = {field.name for field in fields(Fact)}
    own = [field for field in fields(fact_class) if field.name not in common]
    private = tuple(field.name for field in own if field.metadata.get("private"))
    children = [_child(name, field, hints[field.name]) for field in own if _is_child(hints[field.name])]
    held = {*private, *(child.field for child in children)}
    columns = tuple(_column(field, hints[field.name]) for field in own if field.name not in held)
    names = (*COMMON, *(column.name for column in columns), *(f"{field}_hash" for field in private))
    return FactTable(name, fact_class, columns, private, tuple(children), names)


def table_name(fact_class: type[Fact]) -> str:
    """Return the table of a class: its name in snake case, unless SQL reserves the word."""
    name = fact_class.__name__
    return _TABLE_NAMES.get(name) or re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def _element(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) is tuple else None


def _is_child(hint: Any) -> bool:
    element = _element(hint)
    return element is not None and (is_dataclass(element) or _plain(element) is UUID)


def _child(table: str, field: Field[Any], hint: Any) -> ChildTable:
    element = _element(hint)
    singular = field.name.removesuffix("s")
    name = _CHILD_NAMES.get((table, field.name), f"{table}_{singular}")
    if not is_dataclass(element):
        column = Column("", f"{singular}_no", ColumnKind.FACT, is_optional=False, enum=None, default=MISSING)
        names = (*CHILD_COMMON, "position", column.name)
        return ChildTable(name, field.name, None, (column,), has_own_position=False, column_names=names)
    hints = get_type_hints(element)
    columns = tuple(_column(item, hints[item.name]) for item in fields(element))
    own = tuple(column.name for column in columns)
    names = (*CHILD_COMMON, *own) if "position" in own else (*CHILD_COMMON, "position", *own)
    return ChildTable(name, field.name, _as_class(element), columns, "position" in own, names)


def _as_class(element: Any) -> type[Any]:
    return element


def _column(field: Field[Any], hint: Any) -> Column:
    hint, is_optional = _required(hint)
    kind = _kind(field.name, hint)
    plain = _plain(hint)
    enum = plain if isinstance(plain, type) and issubclass(plain, StrEnum) else None
    default = field.default if field.default is not MISSING else _made(field)
    return Column(field.name, _column_name(field.name, kind), kind, is_optional, enum, default)


def _made(field: Field[Any]) -> object:
    return field.default_factory() if field.default_factory is not MISSING else MISSING


def _column_name(field: str, kind: ColumnKind) -> str:
    if field.endswith("_id"):
        return f"{field[:-3]}_no"
    return f"{field[:-4]}_nos" if kind is ColumnKind.TERMS and field.endswith("_ids") else field


def _kind(field: str, hint: Any) -> ColumnKind:
    element = _element(hint)
    if element is not None:
        if get_origin(element) is tuple:
            return ColumnKind.JSON
        return ColumnKind.NUMBERS if _plain(element) is int else ColumnKind.TERMS
    plain = _plain(hint)
    if field.endswith("_id"):
        return {str: ColumnKind.TERM, int: ColumnKind.PERSON, UUID: ColumnKind.FACT}[plain]
    return _PLAIN_KINDS.get(plain, ColumnKind.TEXT)


_PLAIN_KINDS: Final[dict[Any, ColumnKind]] = {
    int: ColumnKind.NUMBER,
    bool: ColumnKind.NUMBER,
    date: ColumnKind.DATE,
    datetime: ColumnKind.INSTANT,
}


def _required(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, types.UnionType):
        return hint, False
    return next(arg for arg in get_args(hint) if arg is not types.NoneType), True


def _plain(hint: Any) -> Any:
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    return hint


# ---------------------------------------------------------------- values, there and back


def stored_instant(value: datetime, where: str = "now") -> datetime:
    """Return the instant as the database keeps it: UTC, without a zone.

    Raises:
        NaiveInstantError: It has no zone.
    """
    if value.tzinfo is UTC:
        return value.replace(tzinfo=None)
    if value.tzinfo is None:
        raise NaiveInstantError(where)
    return value.astimezone(UTC).replace(tzinfo=None)


def read_instant(value: datetime) -> datetime:
    """Return a stored instant with its zone."""
    return value.replace(tzinfo=UTC)


def checked_text(value: str, where: str) -> str:
    """Return the text.

    Raises:
        BadTextError: It holds a NUL or half a character.
    """
    if "\x00" in value or (not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value)):
        raise BadTextError(where)
    return str(value)


def storer(column: Column, term_no: Callable[[str], int]) -> Callable[[Any], Any] | None:
    """Return what turns a field's value (never None) into what its column keeps; None where it is kept as it is.

    Fact ids stay ids until they are numbered.
    """
    field = column.field
    match column.kind:
        case ColumnKind.TERM:
            # A term that was met before is neither checked nor looked up again.
            return _remembering(lambda value: term_no(checked_text(value, field)))
        case ColumnKind.TERMS:
            return lambda value: [term_no(checked_text(one, field)) for one in value]
        case ColumnKind.TEXT if column.enum is not None:
            return {one: one.value for one in column.enum}.__getitem__
        case ColumnKind.TEXT:
            return lambda value: checked_text(value, field)
        case ColumnKind.INSTANT:
            return lambda value: stored_instant(value, field)
        case ColumnKind.NUMBERS:
            return list
        case ColumnKind.JSON:
            return _COMPACT.encode
        case ColumnKind.PERSON | ColumnKind.FACT | ColumnKind.NUMBER | ColumnKind.DATE:
            return None


def _remembering(term_no: Callable[[str], int]) -> Callable[[str], int]:
    return cache(term_no)


def stored(column: Column, value: Any, term_no: Callable[[str], int]) -> Any:
    """Return a field's value as its column keeps it."""
    store = storer(column, term_no)
    return value if value is None or store is None else store(value)


def read(column: Column, value: Any, term: Callable[[int], str], fact_id: Callable[[int], UUID]) -> Any:
    """Return the value of a field from its column."""
    if value is None:
        return None
    match column.kind:
        case ColumnKind.TERM:
            return term(value)
        case ColumnKind.TERMS:
            return tuple(term(one) for one in value)
        case ColumnKind.FACT:
            return fact_id(value)
        case ColumnKind.TEXT:
            return column.enum(value) if column.enum is not None else value
        case ColumnKind.INSTANT:
            return read_instant(value)
        case ColumnKind.NUMBERS:
            return tuple(value)
        case ColumnKind.JSON:
            return tuple(tuple(one) for one in json.loads(value))
        case ColumnKind.PERSON | ColumnKind.NUMBER | ColumnKind.DATE:
            return value


def text_of(column: Column) -> Callable[[Any], str]:
    """Return what writes a field's value as a digest reads it: JSON without spaces, instants in UTC without a zone."""
    return _any_text if column.is_optional else _TEXT_OF.get(column.kind, _any_text)


def str_in_quotes(value: object) -> str:
    """Return an id or a day as JSON."""
    return f'"{value}"'


def _any_text(value: Any) -> str:
    to_text = _TEXT_OF_TYPE.get(value.__class__)
    if to_text is not None:
        return to_text(value)
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if isinstance(value, int):
        return str(value)
    return str_in_quotes(stored_instant(value).isoformat() if isinstance(value, datetime) else value)


_TEXT_OF_TYPE: Final[dict[type[Any], Callable[[Any], str]]] = {
    str: encode_basestring_ascii,
    int: str,
    bool: {False: "false", True: "true"}.__getitem__,
    type(None): {None: "null"}.__getitem__,
    tuple: _COMPACT.encode,
}


def _numbers_text(values: Any) -> str:
    return f"[{','.join(map(str, values))}]"


_TEXT_OF: Final[dict[ColumnKind, Callable[[Any], str]]] = {
    ColumnKind.TERM: encode_basestring_ascii,
    ColumnKind.TEXT: encode_basestring_ascii,
    ColumnKind.PERSON: str,
    ColumnKind.FACT: str_in_quotes,
    ColumnKind.DATE: str_in_quotes,
    ColumnKind.NUMBERS: _numbers_text,
}
"""The quick ways of kinds whose values are of one type."""
