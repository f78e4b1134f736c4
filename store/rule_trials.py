# ruff: noqa: S608  the names come from the plans of facts, never from people
"""What would be under other rules: the statement of readiness over tables of gates of this question alone.

Nothing is written: the rules stand in temporary tables of one connection, which hide the store's own.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from assessments.verdicts import Verdict
from curriculum.ids import BlueprintId
from curriculum.models import Programme
from store.assembling import assemble
from store.duckdb_engine import DuckDBPyConnection
from store.gates import Ending, compose, used_by
from store.publishing import rule_tables
from store.questions import FactStore, Question, bind, number_of
from store.rows import Row

_RULES: Final = ("gate", "gate_rule", "role_rule")


def try_rules(
    store: FactStore,
    programme: Programme,
    version_no: int,
    cuts: Mapping[BlueprintId, int],
    *,
    as_of: datetime,
    known_at: datetime,
) -> list[Verdict]:
    """Return how everybody would stand whose version is this one, if its gates were those of the programme given.

    Args:
        store: Where the facts are; it is only read.
        programme: The version with other gates.
        version_no: The version that people are pinned to; who is pinned to another is left out.
        cuts: Pass marks by which attempts are judged in place of those that they were judged by.
        as_of: What had happened by then counts.
        known_at: What had been recorded by then is known.
    """
    question = Question(number_of(store, programme.head.id), as_of, known_at)
    bound = bind(store, question)
    if bound is None:
        return []
    sql = compose(frozenset(gate.kind for gate in programme.gates), Ending.VERDICTS)
    cursor = store.engine.new_reader()
    try:
        _hide_rules(cursor, store, programme, version_no)
        if cuts:
            _hide_attempts(cursor, store, cuts)
        rows = cursor.execute(sql, used_by(sql, bound)).fetchall()
    finally:
        cursor.close()
    found = assemble(store, programme.head.id, rows, as_of)
    return [verdict for verdict in found if verdict.version_no == version_no]


def _hide_rules(cursor: DuckDBPyConnection, store: FactStore, programme: Programme, version_no: int) -> None:
    tables = rule_tables(store.org.org_id, store.terms, programme, version_no)
    for table in _RULES:
        cursor.execute(f"CREATE TEMP TABLE tried_{table} AS SELECT * FROM {table} LIMIT 0")
        for row in tables.get(table, ()):
            _insert(cursor, f"tried_{table}", row)
        cursor.execute(f"ALTER TABLE tried_{table} RENAME TO {table}")


def _insert(cursor: DuckDBPyConnection, table: str, row: Row) -> None:
    columns: Sequence[str] = tuple(row)
    marks = ", ".join("?" for _ in columns)
    cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(row.values()))


def _hide_attempts(cursor: DuckDBPyConnection, store: FactStore, cuts: Mapping[BlueprintId, int]) -> None:
    cursor.execute("CREATE TEMP TABLE tried_attempt AS SELECT * FROM attempt WHERE org_id = $1", [store.org.org_id])
    for blueprint_id, pass_pct in cuts.items():
        changed = "UPDATE tried_attempt SET pass_pct = $1 WHERE blueprint_no = $2"
        cursor.execute(changed, [pass_pct, number_of(store, blueprint_id)])
    cursor.execute("ALTER TABLE tried_attempt RENAME TO attempt")
