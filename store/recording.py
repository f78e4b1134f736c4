"""Facts on their way into the database: made ready by the caller, numbered and written by the writer."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from people.facts import Fact
from store.rows import (
    ChildTable,
    Column,
    ColumnKind,
    FactTable,
    Row,
    Value,
    canonical,
    checked_text,
    stored,
    stored_instant,
    table_of,
)
from store.terms import FactNumbers, Terms

_FACT_NO: Final = 1
"""Where the number stands in a row of a fact's table."""

_CHILD_FACT_NO: Final = 2
_NONCE_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Org:
    """The organisation whose facts are kept, and where its days begin and end."""

    org_id: int
    name: str
    zone: ZoneInfo
    is_synthetic: bool = False


@dataclass(slots=True)
class _Row:
    """A row to write. Facts of the same append are named by their place in it until they have numbers."""

    table: str
    columns: tuple[str, ...]
    values: list[Value]
    later: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One append, ready but for the numbers."""

    facts: tuple[Fact, ...]
    rows: tuple[_Row, ...]
    digests: tuple[str, ...]

    @property
    def fact_ids(self) -> tuple[UUID, ...]:
        """Return the ids of the facts, the first first."""
        return tuple(fact.fact_id for fact in self.facts)


class Preparer:
    """Turns facts into rows."""

    def __init__(self, org: Org, terms: Terms, numbers: FactNumbers) -> None:
        """Keep what names and numbers are taken from."""
        self._org = org
        self._terms = terms
        self._numbers = numbers

    def prepare(self, facts: Sequence[Fact], recorded_at: datetime) -> Prepared:
        """Return the rows of an append.

        Raises:
            UnknownFactError: A fact names one that is neither recorded nor in this append.
            NaiveInstantError: An instant has no zone.
            BadTextError: A text cannot be kept.
        """
        places: dict[UUID, int] = {fact.fact_id: place for place, fact in enumerate(facts)}
        rows: list[_Row] = []
        digests: list[str] = []
        for place, fact in enumerate(facts):
            plan = table_of(type(fact))
            privates = _Privates(plan, fact)
            rows.append(self._main_row(plan, fact, privates, recorded_at=recorded_at, places=places))
            rows += self._child_rows(plan, fact, place, places)
            rows += privates.rows(self._org.org_id, place)
            digests.append(digest_of(plan, fact, recorded_at, self.day(fact.occurred_at), privates.hashes))
        return Prepared(tuple(facts), tuple(rows), tuple(digests))

    def day(self, instant: datetime) -> date:
        """Return the organisation's local date of an instant."""
        return instant.astimezone(self._org.zone).date()

    def _main_row(
        self, plan: FactTable, fact: Fact, privates: "_Privates", *, recorded_at: datetime, places: dict[UUID, int]
    ) -> _Row:
        occurred_at = stored_instant(fact.occurred_at, "occurred_at")
        common = [self._org.org_id, None, fact.person_id, fact.actor_id, occurred_at, stored_instant(recorded_at)]
        row = _Row(
            plan.name, plan.column_names, [*common, self.day(fact.occurred_at)], [(_FACT_NO, places[fact.fact_id])]
        )
        for column in plan.columns:
            self._add(row, column, getattr(fact, column.field), places)
        row.values += privates.hashes.values()
        return row

    def _child_rows(self, plan: FactTable, fact: Fact, place: int, places: dict[UUID, int]) -> list[_Row]:
        rows: list[_Row] = []
        for child in plan.children:
            for position, item in enumerate(getattr(fact, child.field)):
                start = [self._org.org_id, fact.person_id, None]
                own = start if child.has_own_position else [*start, position]
                row = _Row(child.name, child.column_names, own, [(_CHILD_FACT_NO, place)])
                for column in child.columns:
                    self._add(row, column, item if child.item_class is None else getattr(item, column.field), places)
                rows.append(row)
        return rows

    def _add(self, row: _Row, column: Column, value: Value, places: dict[UUID, int]) -> None:
        if column.kind is ColumnKind.FACT and value is not None:
            if value in places:
                row.later.append((len(row.values), places[value]))
            row.values.append(None if value in places else self._numbers.get(value))
        else:
            row.values.append(stored(column, value, self._terms.number))


class _Privates:
    """The private texts of one fact, each under its nonce."""

    def __init__(self, plan: FactTable, fact: Fact) -> None:
        self._person_no = fact.person_id
        self._texts = {name: checked_text(getattr(fact, name), name) for name in plan.private_fields}
        self._nonces = {name: secrets.token_hex(_NONCE_BYTES) for name, text in self._texts.items() if text}
        self.hashes = {
            name: private_hash(self._nonces[name], text) if text else "" for name, text in self._texts.items()
        }

    def rows(self, org_id: int, place: int) -> list[_Row]:
        columns = ("org_id", "person_no", "fact_no", "field", "nonce", "text")
        return [
            _Row("private_text", columns, [org_id, self._person_no, None, name, nonce, self._texts[name]], [(2, place)])
            for name, nonce in self._nonces.items()
        ]


def private_hash(nonce: str, text: str) -> str:
    """Return what a fact keeps of a private text: SHA-256 of the nonce's hex digits followed by the text."""
    return sha256(f"{nonce}{text}".encode()).hexdigest()


def digest_of(plan: FactTable, fact: Fact, recorded_at: datetime, day: date, hashes: dict[str, str]) -> str:
    """Return the SHA-256 of a fact's content as recorded: with its instants, and of private texts only the hashes."""
    content: Row = canonical(plan.columns, [getattr(fact, column.field) for column in plan.columns])
    content |= {child.field: _child_content(child, getattr(fact, child.field)) for child in plan.children}
    content |= {f"{name}_hash": value for name, value in hashes.items() if value}
    envelope: Row = {
        "table": plan.name,
        "fields": content,
        "fact_id": str(fact.fact_id),
        "person_id": fact.person_id,
        "actor_id": fact.actor_id,
        "occurred_at": stored_instant(fact.occurred_at).isoformat(),
        "recorded_at": stored_instant(recorded_at).isoformat(),
        "day": day.isoformat(),
    }
    return sha256(json.dumps(envelope, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _child_content(child: ChildTable, items: Sequence[Value]) -> list[Value]:
    if child.item_class is None:
        return [str(item) for item in items]
    return [canonical(child.columns, [getattr(item, column.field) for column in child.columns]) for item in items]
