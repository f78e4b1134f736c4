# ruff: noqa: S608  the names come from the plans of facts, never from people
"""Facts on their way out of the database."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from people.facts import Amendment, Change, Fact, FactId
from people.models import PersonId
from store.duckdb_engine import Engine
from store.errors import UnknownFactError
from store.recent import Recent
from store.recording import Org
from store.rows import ChildTable, Column, ColumnKind, FactTable, Row, Value, read, read_instant, stored, table_of
from store.terms import FactNumbers, Terms

F = TypeVar("F", bound=Fact)

_IN_FORCE = "SELECT target_no FROM amendment WHERE org_id = $org_no AND change IN ('void', 'replaced')"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact with what the store added: its number, its instant, its local day and the hashes of its private texts."""

    fact: Fact
    fact_no: int
    recorded_at: datetime
    day: date
    hashes: dict[str, str]


class Reader:
    """Reads facts back, whole."""

    def __init__(self, engine: Engine, org: Org, terms: Terms, numbers: FactNumbers) -> None:
        """Keep what rows are made into facts with."""
        self._engine = engine
        self._org = org
        self._terms = terms
        self._numbers = numbers
        self.recent = Recent()

    def find(self, kind: type[F], fact_id: FactId) -> F | None:
        """Return the fact of that kind, amended or not, or None."""
        return self.recent.fact(kind, fact_id, lambda: self._find(kind, fact_id))

    def _find(self, kind: type[F], fact_id: FactId) -> F | None:
        fact_no = self._numbers.find(fact_id)
        if fact_no is None:
            return None
        found = self.recorded(table_of(kind), "f.fact_no = $fact_no", {"fact_no": fact_no})
        return next((one.fact for one in found if isinstance(one.fact, kind)), None)

    def list_facts(self, kind: type[F], person_id: PersonId | None, equal: dict[str, object]) -> list[F]:
        """Return the facts of a kind that are neither void nor replaced, in the order of recording.

        Raises:
            KeyError: The kind has no field of that name.
        """
        plan = table_of(kind)
        if person_id is not None:
            return self._list_of_person(kind, person_id, equal)
        conditions = [f"f.fact_no NOT IN ({_IN_FORCE})"]
        parameters: Row = {}
        for field, value in equal.items():
            name, wanted = self._equal(plan, field, value)
            conditions.append(f"f.{name} IS NOT DISTINCT FROM ${field}")
            parameters[field] = wanted
        found = self.recorded(plan, " AND ".join(conditions), parameters)
        return [one.fact for one in found if isinstance(one.fact, kind)]

    def _list_of_person(self, kind: type[F], person_id: PersonId, equal: dict[str, object]) -> list[F]:
        """Return the same from memory; amendments bear the person of the fact they name."""
        plan = table_of(kind)
        for field in equal:
            if field not in ("actor_id", "occurred_at"):
                plan.column_of(field)
        void = {
            amendment.target_id
            for amendment in self._all_of_person(Amendment, person_id)
            if amendment.change in (Change.VOID, Change.REPLACED)
        }
        found = self._all_of_person(kind, person_id)
        for field, value in equal.items():
            found = _with_value(found, field, value)
        return [fact for fact in found if fact.fact_id not in void] if void else list(found)

    def _all_of_person(self, kind: type[F], person_id: PersonId) -> Sequence[F]:
        def load() -> list[F]:
            found = self.recorded(table_of(kind), "f.person_no = $person_no", {"person_no": person_id})
            return [one.fact for one in found if isinstance(one.fact, kind)]

        return self.recent.facts(kind, person_id, load)

    def of_numbers(self, kind: type[F], fact_nos: Sequence[int]) -> list[F]:
        """Return the facts of a kind that have these numbers, in the order of recording."""
        condition = "f.fact_no IN (SELECT unnest(CAST($fact_nos AS BIGINT[])))"
        found = self.recorded(table_of(kind), condition, {"fact_nos": list(fact_nos)}) if fact_nos else []
        return [one.fact for one in found if isinstance(one.fact, kind)]

    def changes_to(self, fact_id: FactId) -> list[Amendment]:
        """Return the amendments that name the fact, oldest first; they bear the person of the fact they name."""
        fact = self.recent.known(fact_id)
        if fact is not None:
            return [one for one in self._all_of_person(Amendment, fact.person_id) if one.target_id == fact_id]
        fact_no = self._numbers.find(fact_id)
        found = self.recorded(table_of(Amendment), "f.target_no = $target_no", {"target_no": fact_no})
        return [one.fact for one in found if isinstance(one.fact, Amendment)]

    def digests(self, fact_ids: Sequence[FactId]) -> list[str]:
        """Return the digest of each fact, in the order asked.

        Raises:
            UnknownFactError: One of them was never recorded.
        """
        sql = "SELECT fact_id, digest FROM fact_key WHERE org_id = $1 AND fact_id IN (SELECT unnest($2::UUID[]))"
        found: dict[UUID, str] = dict(self._engine.fetch(sql, [self._org.org_id, list(fact_ids)])) if fact_ids else {}
        for fact_id in fact_ids:
            if fact_id not in found:
                raise UnknownFactError(fact_id)
        return [found[fact_id] for fact_id in fact_ids]

    def recorded(
        self,
        plan: FactTable,
        condition: str,
        parameters: Row,
        on_fault: Callable[[int, Exception], None] | None = None,
    ) -> list[Recorded]:
        """Return the facts of a table that meet a condition on `f`, in the order of recording.

        `on_fault` is told the number of each row that is no fact any more; without it such a row raises.
        """
        names = ", ".join(f"f.{name}" for name in plan.column_names)
        sql = f"SELECT {names} FROM {plan.name} f WHERE f.org_id = $org_no AND {condition} ORDER BY f.fact_no"
        asked = {name: value for name, value in parameters.items() if f"${name}" in sql} | {"org_no": self._org.org_id}
        rows = [dict(zip(plan.column_names, row, strict=True)) for row in self._engine.fetch(sql, asked)]
        return self._facts(plan, rows, on_fault) if rows else []

    def _equal(self, plan: FactTable, field: str, value: object) -> tuple[str, Value]:
        if field in ("actor_id", "occurred_at"):
            return ("actor_no", value) if field == "actor_id" else (field, _instant(value))
        column = plan.column_of(field)
        if column.kind is ColumnKind.FACT and isinstance(value, UUID):
            return column.name, _unless_none(self._numbers.find(value))
        return column.name, stored(column, value, lambda term: _unless_none(self._terms.find(term)))

    def _facts(
        self, plan: FactTable, rows: Sequence[Row], on_fault: Callable[[int, Exception], None] | None
    ) -> list[Recorded]:
        fact_nos = [row["fact_no"] for row in rows]
        privates = self._private_texts(fact_nos) if plan.private_fields else {}
        children = {child.field: self._child_rows(child, fact_nos) for child in plan.children}
        ids = self._numbers.ids(list(_named_facts(plan, rows, children.values())))
        found: list[Recorded] = []
        for row in rows:
            try:
                found.append(self._fact(plan, row, ids, privates, children))
            except (KeyError, ValueError, TypeError) as error:
                if on_fault is None:
                    raise
                on_fault(row["fact_no"], error)
        return found

    def _fact(
        self,
        plan: FactTable,
        row: Row,
        ids: dict[int, UUID],
        privates: dict[tuple[int, str], str],
        children: dict[str, dict[int, list[Row]]],
    ) -> Recorded:
        fact_no: int = row["fact_no"]
        values: Row = {
            "fact_id": ids[fact_no],
            "person_id": row["person_no"],
            "actor_id": row["actor_no"],
            "occurred_at": read_instant(row["occurred_at"]),
        }
        values |= {column.field: self._value(column, row, ids) for column in plan.columns}
        values |= {name: privates.get((fact_no, name), "") for name in plan.private_fields}
        for child in plan.children:
            values[child.field] = tuple(self._item(child, one, ids) for one in children[child.field].get(fact_no, ()))
        hashes = {name: row[f"{name}_hash"] for name in plan.private_fields}
        return Recorded(plan.fact_class(**values), fact_no, read_instant(row["recorded_at"]), row["day"], hashes)

    def _value(self, column: Column, row: Row, ids: dict[int, UUID]) -> Value:
        return read(column, row[column.name], self._terms.text, ids.__getitem__)

    def _item(self, child: ChildTable, row: Row, ids: dict[int, UUID]) -> Value:
        values = {column.field: self._value(column, row, ids) for column in child.columns}
        return values[""] if child.item_class is None else child.item_class(**values)

    def _private_texts(self, fact_nos: Sequence[int]) -> dict[tuple[int, str], str]:
        condition = "org_id = $1 AND fact_no IN (SELECT unnest($2::BIGINT[]))"
        sql = f"SELECT fact_no, field, text FROM private_text WHERE {condition}"
        rows = self._engine.fetch(sql, [self._org.org_id, list(fact_nos)])
        return {(row[0], row[1]): row[2] for row in rows}

    def _child_rows(self, child: ChildTable, fact_nos: Sequence[int]) -> dict[int, list[Row]]:
        names = child.column_names
        condition = "org_id = $1 AND fact_no IN (SELECT unnest($2::BIGINT[]))"
        sql = f"SELECT {', '.join(names)} FROM {child.name} WHERE {condition} ORDER BY fact_no, position"
        found: dict[int, list[Row]] = defaultdict(list)
        for values in self._engine.fetch(sql, [self._org.org_id, list(fact_nos)]):
            row = dict(zip(names, values, strict=True))
            found[row["fact_no"]].append(row)
        return found


def _with_value(facts: Sequence[F], field: str, value: object) -> list[F]:
    """Return the facts whose field has the value; ids are compared as numbers, which is ten times as fast."""
    if isinstance(value, UUID):
        wanted = value.int
        return [fact for fact in facts if (id_ := getattr(fact, field)) is not None and id_.int == wanted]
    return [fact for fact in facts if getattr(fact, field) == value]


def _named_facts(plan: FactTable, rows: Sequence[Row], children: Iterable[dict[int, list[Row]]]) -> Iterable[int]:
    own = [column.name for column in plan.columns if column.kind is ColumnKind.FACT]
    in_children = [column.name for child in plan.children for column in child.columns if column.kind is ColumnKind.FACT]
    for row in rows:
        yield row["fact_no"]
        yield from (row[name] for name in own if row[name] is not None)
    for by_fact in children:
        for items in by_fact.values():
            yield from (item[name] for item in items for name in in_children if name in item)


def _instant(value: object) -> Value:
    column = Column("occurred_at", "occurred_at", ColumnKind.INSTANT, is_optional=False, enum=None, default=None)
    return stored(column, value, lambda _: 0)


def _unless_none(number: int | None) -> int:
    return -1 if number is None else number
