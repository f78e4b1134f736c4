"""Facts on their way into the database: made ready by the caller, numbered and written by the writer."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from people.facts import Fact, FactId
from store.rows import (
    ChildTable,
    Column,
    ColumnKind,
    FactTable,
    Value,
    checked_text,
    stored_instant,
    storer,
    str_in_quotes,
    table_of,
    text_of,
)
from store.terms import FactNumbers, Terms

_FACT_NO: Final = 1
"""Where the number stands in a row of a fact's table."""

_CHILD_FACT_NO: Final = 2
_NONCE_BYTES: Final = 16
_TEXTS: Final = ("private_text", ("org_id", "person_no", "fact_no", "field", "nonce", "text"))

Dated = tuple[datetime, Fact]
"""A fact and when it was recorded."""

NewNonce = Callable[[FactId, str], str]
"""Gives the nonce of a private text: of which fact, in which field."""


@dataclass(frozen=True, slots=True)
class Org:
    """The organisation whose facts are kept, and where its days begin and end."""

    org_id: int
    name: str
    zone: ZoneInfo
    is_synthetic: bool = False


TableKey = tuple[str, tuple[str, ...]]
"""A table and the columns that rows of it have."""

PreparedRow = tuple[list[Value], list[tuple[int, int]]]
"""The values of a row, and where in it the numbers of facts of this append go: column, and place of the fact."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One append, ready but for the numbers."""

    facts: tuple[Fact, ...]
    tables: dict[TableKey, list[PreparedRow]]
    digests: tuple[str, ...]

    @property
    def fact_ids(self) -> tuple[UUID, ...]:
        """Return the ids of the facts, the first first."""
        return tuple(fact.fact_id for fact in self.facts)


def fresh_nonce(_fact_id: FactId, _field: str) -> str:
    """Return a nonce that nobody can guess."""
    return secrets.token_hex(_NONCE_BYTES)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a class on their way into their columns.

    `get` reads them all at once; each of `stores` turns one into what its column keeps, None where it is kept as it is.
    `references` are those that name facts, by place and name: ids that become numbers.
    """

    get: Callable[[Value], tuple[Value, ...]]
    stores: tuple[Callable[[Value], Value] | None, ...]
    references: tuple[tuple[int, str], ...]

    def stored(self, item: Value) -> Iterator[Value]:
        """Yield what the columns keep."""
        for store, value in zip(self.stores, self.get(item), strict=True):
            yield value if store is None or value is None else store(value)


@dataclass(frozen=True, slots=True)
class _Child:
    """A child table with the fields of its items."""

    plan: ChildTable
    key: TableKey
    fields: _Fields


@dataclass(frozen=True, slots=True)
class _Recipe:
    """How the facts of one class become rows."""

    plan: FactTable
    key: TableKey
    fields: _Fields
    children: tuple[_Child, ...]


class Preparer:
    """Turns facts into rows."""

    def __init__(self, org: Org, terms: Terms, numbers: FactNumbers, new_nonce: NewNonce = fresh_nonce) -> None:
        """Keep what names and numbers are taken from."""
        self._org = org
        self._terms = terms
        self._numbers = numbers
        self._new_nonce = new_nonce
        self._recipes: dict[type[Fact], _Recipe] = {}

    def prepare(self, records: Sequence[Dated]) -> Prepared:
        """Return the rows of an append.

        Raises:
            UnknownFactError: A fact names one that is neither recorded nor in this append.
            NaiveInstantError: An instant has no zone.
            BadTextError: A text cannot be kept.
        """
        places: dict[UUID, int] = {fact.fact_id: place for place, (_, fact) in enumerate(records)}
        self._numbers.learn(self._named(records, places))
        tables: defaultdict[TableKey, list[PreparedRow]] = defaultdict(list)
        digests: list[str] = []
        for place, (recorded_at, fact) in enumerate(records):
            recipe = self._recipe(type(fact))
            privates = _Privates(recipe.plan, fact, self._new_nonce) if recipe.plan.private_fields else None
            hashes = {} if privates is None else privates.hashes
            moment = self._moment(recorded_at, fact, place)
            tables[recipe.key].append(self._main_row(recipe, fact, hashes, moment, places))
            for child in recipe.children:
                tables[child.key] += self._child_rows(child, fact, place, places)
            if privates is not None:
                tables[_TEXTS] += privates.rows(self._org.org_id, place)
            digests.append(_digest(recipe.plan, fact, moment, hashes))
        return Prepared(tuple(fact for _, fact in records), dict(tables), tuple(digests))

    def day(self, instant: datetime) -> date:
        """Return the organisation's local date of an instant."""
        return instant.astimezone(self._org.zone).date()

    def _moment(self, recorded_at: datetime, fact: Fact, place: int) -> "_Moment":
        occurred_at = stored_instant(fact.occurred_at, "occurred_at")
        is_same = recorded_at is fact.occurred_at
        then = occurred_at if is_same else stored_instant(recorded_at)
        return _Moment(occurred_at, then, self.day(fact.occurred_at), place)

    def _recipe(self, fact_class: type[Fact]) -> _Recipe:
        known = self._recipes.get(fact_class)
        if known is None:
            plan = table_of(fact_class)
            children = tuple(
                _Child(child, (child.name, child.column_names), self._fields(child.columns)) for child in plan.children
            )
            key = (plan.name, plan.column_names)
            known = self._recipes[fact_class] = _Recipe(plan, key, self._fields(plan.columns), children)
        return known

    def _fields(self, columns: Sequence[Column]) -> _Fields:
        return _Fields(
            get=_getter([column.field for column in columns]),
            stores=tuple(storer(column, self._terms.number) for column in columns),
            references=tuple(
                (place, column.field) for place, column in enumerate(columns) if column.kind is ColumnKind.FACT
            ),
        )

    def _named(self, records: Iterable[Dated], places: dict[UUID, int]) -> set[UUID]:
        """Return the facts of other appends that these name."""
        named: set[UUID | None] = set()
        for _, fact in records:
            recipe = self._recipe(type(fact))
            named.update(getattr(fact, name) for _, name in recipe.fields.references)
            for child in recipe.children:
                if child.plan.item_class is None:
                    named.update(getattr(fact, child.plan.field))
        return {fact_id for fact_id in named if fact_id is not None and fact_id not in places}

    def _main_row(
        self, recipe: _Recipe, fact: Fact, hashes: dict[str, str], moment: "_Moment", places: dict[UUID, int]
    ) -> PreparedRow:
        values: list[Value] = [
            self._org.org_id,
            None,
            fact.person_id,
            fact.actor_id,
            moment.occurred_at,
            moment.recorded_at,
            moment.day,
        ]
        later = [(_FACT_NO, moment.place)]
        self._add(values, later, recipe.fields, fact, places)
        values += hashes.values()
        return values, later

    def _child_rows(self, child: _Child, fact: Fact, place: int, places: dict[UUID, int]) -> Iterator[PreparedRow]:
        plan = child.plan
        for position, item in enumerate(getattr(fact, plan.field)):
            values: list[Value] = [self._org.org_id, fact.person_id, None]
            later = [(_CHILD_FACT_NO, place)]
            if not plan.has_own_position:
                values.append(position)
            self._add(values, later, child.fields, item, places)
            yield values, later

    def _add(
        self,
        values: list[Value],
        later: list[tuple[int, int]],
        fields: _Fields,
        item: Value,
        places: dict[UUID, int],
    ) -> None:
        """Add the columns of an item to a row."""
        first = len(values)
        values += fields.stored(item)
        for number, _ in fields.references:
            index = first + number
            named: UUID | None = values[index]
            if named is None:
                continue
            place = places.get(named)
            if place is None:
                values[index] = self._numbers.get(named)
            else:
                later.append((index, place))
                values[index] = None


def _getter(names: Sequence[str]) -> Callable[[Value], tuple[Value, ...]]:
    """Return what reads attributes of these names, however many; one without a name is the item itself."""
    match names:
        case []:
            return lambda _: ()
        case [""]:
            return lambda item: (item,)
        case [name]:
            return lambda item: (getattr(item, name),)
        case _:
            return attrgetter(*names)


@dataclass(frozen=True, slots=True)
class _Moment:
    """When a fact happened and was recorded, as the store keeps it, on which local day, and its place in the append."""

    occurred_at: datetime
    recorded_at: datetime
    day: date
    place: int = 0


class _Privates:
    """The private texts of one fact, each under its nonce."""

    __slots__ = ("_nonces", "_person_no", "_texts", "hashes")

    def __init__(self, plan: FactTable, fact: Fact, new_nonce: NewNonce) -> None:
        self._person_no = fact.person_id
        self._texts = {name: checked_text(getattr(fact, name), name) for name in plan.private_fields}
        self._nonces = {name: new_nonce(fact.fact_id, name) for name, text in self._texts.items() if text}
        self.hashes = {
            name: private_hash(self._nonces[name], text) if text else "" for name, text in self._texts.items()
        }

    def rows(self, org_id: int, place: int) -> list[PreparedRow]:
        return [
            ([org_id, self._person_no, None, name, nonce, self._texts[name]], [(_CHILD_FACT_NO, place)])
            for name, nonce in self._nonces.items()
        ]


def private_hash(nonce: str, text: str) -> str:
    """Return what a fact keeps of a private text: SHA-256 of the nonce's hex digits followed by the text."""
    return sha256(f"{nonce}{text}".encode()).hexdigest()


def digest_of(plan: FactTable, fact: Fact, recorded_at: datetime, day: date, hashes: dict[str, str]) -> str:
    """Return the SHA-256 of a fact's content as recorded: with its instants, and of private texts only the hashes.

    What is digested is canonical JSON: sorted keys, no spaces. A field at its default is left out, so that a field that
    is added later changes no digest.
    """
    return _digest(plan, fact, _Moment(stored_instant(fact.occurred_at), stored_instant(recorded_at), day), hashes)


def _digest(plan: FactTable, fact: Fact, moment: _Moment, hashes: dict[str, str]) -> str:
    fields = ",".join(_field_texts(plan.fact_class, fact, hashes))
    occurred_at = moment.occurred_at.isoformat()
    recorded_at = occurred_at if moment.recorded_at is moment.occurred_at else moment.recorded_at.isoformat()
    content = (
        f'{{"actor_id":{fact.actor_id},"day":"{moment.day}","fact_id":"{fact.fact_id}","fields":{{{fields}}},'
        f'"occurred_at":"{occurred_at}","person_id":{fact.person_id},'
        f'"recorded_at":"{recorded_at}","table":"{plan.name}"}}'
    )
    return sha256(content.encode()).hexdigest()


def _field_texts(fact_class: type[Fact], fact: Fact, hashes: dict[str, str]) -> list[str]:
    """Return the fields as JSON has them, in the order of their names."""
    to_texts, items = _digested(fact_class)
    texts = to_texts(fact)
    if items or hashes:
        texts += [f'"{name}":[{",".join(map(to_text, getattr(fact, name)))}]' for name, to_text in items]
        texts += [f'"{name}_hash":"{value}"' for name, value in hashes.items() if value]
        texts.sort()
    return texts


_ToText = Callable[[Value], str]
_ToTexts = Callable[[Value], list[str]]


@cache
def _digested(fact_class: type[Fact]) -> tuple[_ToTexts, tuple[tuple[str, _ToText], ...]]:
    """Return what the digest of a class reads: its columns, and its fields of several items."""
    plan = table_of(fact_class)
    items = tuple(
        (child.field, str_in_quotes if child.item_class is None else _item_text(child)) for child in plan.children
    )
    return _texts(plan.columns), items


def _texts(columns: Iterable[Column]) -> _ToTexts:
    """Return what writes the columns as JSON has them, by name; a field at its default is left out."""
    by_name = sorted(columns, key=lambda column: column.field)
    get = _getter([column.field for column in by_name])
    parts = tuple((f'"{column.field}":', column.default, text_of(column)) for column in by_name)

    def to_texts(item: Value) -> list[str]:
        read = zip(parts, get(item), strict=True)
        return [name + to_text(value) for (name, default, to_text), value in read if value != default]

    return to_texts


def _item_text(child: ChildTable) -> _ToText:
    to_texts = _texts(child.columns)
    return lambda item: f"{{{','.join(to_texts(item))}}}"
