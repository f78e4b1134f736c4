"""Facts for tests: the smallest ones by hand, and any of any class by hypothesis."""

import types
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from hypothesis import strategies as st

from assessments.facts import ModuleProgress, Response
from curriculum.ids import ItemId, ModuleId, ProgrammeId
from people.facts import Amendment, Change, Fact, FactId, PersonAdded
from people.ids import new_fact_id
from people.models import PersonId
from store.duckdb_engine import Engine
from store.rows import table_of

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
PROGRAMME = ProgrammeId("alongside")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ANN = PersonId(1)
TOM = PersonId(2)


def person_added(person_id: PersonId = ANN, **changes: Any) -> PersonAdded:
    """Return the fact that a person is known."""
    base = {"fact_id": new_fact_id(), "person_id": person_id, "actor_id": TOM, "occurred_at": NOW}
    return PersonAdded(**base | changes)


def progress(step: int = 0, **changes: Any) -> ModuleProgress:
    """Return a step of a module."""
    base = {
        "fact_id": new_fact_id(),
        "person_id": ANN,
        "actor_id": ANN,
        "occurred_at": NOW,
        "programme_id": PROGRAMME,
        "module_id": ModuleId("m1"),
        "step": step,
    }
    return ModuleProgress(**base | changes)


def response(started_id: FactId, position: int = 0, **changes: Any) -> Response:
    """Return an answer to an item of a form."""
    base = {
        "fact_id": new_fact_id(),
        "person_id": ANN,
        "actor_id": ANN,
        "occurred_at": NOW,
        "started_id": started_id,
        "position": position,
        "item_id": ItemId("m1-01"),
        "chosen": (1,),
    }
    return Response(**base | changes)


def amendment(target: Fact, change: Change = Change.VOID, **changes: Any) -> Amendment:
    """Return a change to a fact."""
    base = {
        "fact_id": new_fact_id(),
        "person_id": target.person_id,
        "actor_id": TOM,
        "occurred_at": NOW,
        "target_id": target.fact_id,
        "change": change,
    }
    return Amendment(**base | changes)


# ---------------------------------------------------------------- any fact of any class

_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
_INSTANTS = st.integers(0, 7 * 10**15).map(lambda microseconds: EPOCH + timedelta(microseconds=microseconds))
_LARGEST = {"SMALLINT": 2**15 - 1, "INTEGER": 2**31 - 1, "BIGINT": 2**63 - 1}


def facts_of(fact_class: type[Fact], known: Sequence[FactId], types_of: dict[str, str]) -> st.SearchStrategy[Fact]:
    """Return facts of a class; those they name are drawn from `known`; `types_of` are the columns' types."""
    return st.builds(fact_class, **_of_fields(fact_class, known, types_of), fact_id=st.builds(new_fact_id))


def column_types(engine: Engine, fact_class: type[Fact]) -> dict[str, str]:
    """Return the types of the columns of a class and its children, by field."""
    plan = table_of(fact_class)
    sql = "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = $1"
    found = {name: kind for table in (plan, *plan.children) for name, kind in engine.fetch(sql, [table.name])}
    columns = [*plan.columns, *(column for child in plan.children for column in child.columns)]
    return {column.field: found[column.name] for column in columns}


def _of_fields(owner: Any, known: Sequence[FactId], types_of: dict[str, str]) -> dict[str, st.SearchStrategy[Any]]:
    hints = get_type_hints(owner)
    names = [field.name for field in fields(owner) if field.name != "fact_id"]
    return {name: _of_hint(hints[name], known, types_of, _LARGEST.get(types_of.get(name, ""), 9)) for name in names}


def _of_hint(hint: Any, known: Sequence[FactId], types_of: dict[str, str], largest: int) -> st.SearchStrategy[Any]:
    while hasattr(hint, "__supertype__"):
        hint = hint.__supertype__
    if get_origin(hint) in (Union, types.UnionType):
        inner = next(one for one in get_args(hint) if one is not types.NoneType)
        return st.none() | _of_hint(inner, known, types_of, largest)
    if get_origin(hint) is tuple:
        return _tuples(get_args(hint)[0], known, types_of)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    plain: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
        str: lambda: _TEXTS,
        bool: st.booleans,
        int: lambda: st.integers(0, largest),
        UUID: lambda: st.sampled_from(known),
        datetime: lambda: _INSTANTS,
        date: lambda: st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    }
    return plain[hint]()


def _tuples(element: Any, known: Sequence[FactId], types_of: dict[str, str]) -> st.SearchStrategy[Any]:
    if not is_dataclass(element):
        return st.lists(_of_hint(element, known, types_of, 2**31 - 1), max_size=4).map(tuple)
    items = st.builds(element, **_of_fields(element, known, types_of))
    if any(field.name == "position" for field in fields(element)):
        unique = st.lists(items, max_size=4, unique_by=lambda item: item.position)
        return unique.map(lambda found: tuple(sorted(found, key=lambda item: item.position)))
    return st.lists(items, max_size=4).map(tuple)
