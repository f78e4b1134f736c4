"""Each class of facts has its table, column for column."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from people.facts import Fact, FactId
from store.ledger import Store
from store.rows import (
    CHILD_COMMON,
    COMMON,
    ChildTable,
    Column,
    ColumnKind,
    FactTable,
    fact_classes,
    table_name,
    table_of,
    tables,
)

_TYPES = {
    ColumnKind.TERM: {"INTEGER"},
    ColumnKind.PERSON: {"INTEGER"},
    ColumnKind.FACT: {"BIGINT"},
    ColumnKind.TEXT: {"VARCHAR"},
    ColumnKind.NUMBER: {"SMALLINT", "INTEGER", "BIGINT", "BOOLEAN"},
    ColumnKind.DATE: {"DATE"},
    ColumnKind.INSTANT: {"TIMESTAMP"},
    ColumnKind.NUMBERS: {"INTEGER[]"},
    ColumnKind.TERMS: {"INTEGER[]"},
    ColumnKind.JSON: {"VARCHAR"},
}
_OTHER_TABLES = {
    "media",
    *("schema_migration", "org", "term", "fact_key", "programme_version"),
    *("person_private", "private_text", "wellbeing", "login_session"),
}


def _differences(store: Store, plan: FactTable | ChildTable, columns: Sequence[Column]) -> list[str]:
    sql = "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = $1"
    found = store.engine.fetch(f"{sql} ORDER BY ordinal_position", [plan.name])
    names = tuple(row[0] for row in found)
    if names != plan.column_names:
        return [f"{plan.name}: {names} are not {plan.column_names}"]
    by_name = {row[0]: row for row in found}
    wrong = [one.name for one in columns if by_name[one.name][1] not in _TYPES[one.kind]]
    optional = {one.name for one in columns if one.is_optional}
    wrong += [name for name in names if (by_name[name][2] == "YES") != (name in optional)]
    return [f"{plan.name}.{name}: {by_name[name][1:]}" for name in wrong]


@pytest.mark.parametrize("fact_class", fact_classes(), ids=lambda c: c.__name__)
def test_a_class_and_its_tables_agree(store: Store, fact_class: type[Fact]) -> None:
    plan = table_of(fact_class)
    wrong = _differences(store, plan, plan.columns)
    for child in plan.children:
        wrong += _differences(store, child, child.columns)
    assert wrong == []


def test_a_class_without_a_table_is_noticed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Rumour(Fact):
        about_id: FactId

    monkeypatch.setattr(sys.modules[__name__], "Rumour", Rumour, raising=False)
    assert Rumour in fact_classes()
    assert _differences(store, table_of(Rumour), table_of(Rumour).columns) != []


def test_no_table_is_without_a_class(store: Store) -> None:
    known = {name for plan in tables().values() for name in (plan.name, *(child.name for child in plan.children))}
    found = {row[0] for row in store.engine.fetch("SELECT table_name FROM information_schema.tables")}
    of_rules = {"gate", "gate_rule", "role_rule", "person_status", "person_gate", "standing_as_of"}
    assert found - known - _OTHER_TABLES - of_rules == set()


def test_keys_lead_with_the_organisation(store: Store) -> None:
    sql = "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
    without_one = {"schema_migration", "term"}
    keys = {table: columns for table, columns in store.engine.fetch(sql) if table not in without_one}
    assert {table for table, columns in keys.items() if columns[0] != "org_id"} == set()


def test_there_is_no_index(store: Store) -> None:
    assert store.engine.fetch("SELECT * FROM duckdb_indexes()") == []


def test_common_columns_come_first() -> None:
    for plan in tables().values():
        assert plan.column_names[: len(COMMON)] == COMMON
        assert all(child.column_names[: len(CHILD_COMMON)] == CHILD_COMMON for child in plan.children)


def test_a_reserved_word_is_no_table() -> None:
    assert "grant" not in {table_name(fact_class) for fact_class in fact_classes()}
