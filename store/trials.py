# ruff: noqa: S608  the names come from the plans of facts, never from people
"""What would be, if facts were recorded that are not: the statement of readiness over tables of this question alone."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from assessments.facts import Attempt
from assessments.verdicts import Verdict
from curriculum.ids import ProgrammeId
from store.assembling import assemble
from store.duckdb_engine import DuckDBPyConnection
from store.gates import Ending, used_by
from store.questions import FactStore, Question, bind, number_of, statement
from store.recording import Prepared
from store.rows import Value

TRIED: Final = ("attempt", "amendment")
"""The tables that a trial may add to: what corrected keys and marked texts change."""


def what_if(
    store: FactStore, prepared: Prepared, programme_id: ProgrammeId, as_of: datetime
) -> list[tuple[Verdict, Verdict]]:
    """Return where the people of the facts stand without and with them, by person, where that differs.

    The facts stand in temporary tables of one connection, which hide the store's own; the store is only read.
    """
    people = sorted({fact.person_id for fact in prepared.facts if isinstance(fact, Attempt)})
    if not people:
        return []
    question = Question(number_of(store, programme_id), as_of, as_of, person_range=(people[0], people[-1]))
    bound = bind(store, question)
    if bound is None:
        return []
    sql = statement(store, question.programme_no, Ending.VERDICTS)
    cursor = store.engine.new_reader()
    try:
        before = cursor.execute(sql, used_by(sql, bound)).fetchall()
        _hide_tables(cursor, prepared, store.position, store.org.org_id)
        after = cursor.execute(sql, used_by(sql, bound)).fetchall()
    finally:
        cursor.close()
    return _differing(store, programme_id, as_of, before, after)


def _hide_tables(cursor: DuckDBPyConnection, prepared: Prepared, position: int, org_id: int) -> None:
    """Put temporary tables with the facts added in the place of the store's."""
    for table in TRIED:
        cursor.execute(f"CREATE TEMP TABLE tried_{table} AS SELECT * FROM {table} WHERE org_id = $1", [org_id])
        for columns, values in _rows(prepared, table, position):
            marks = ", ".join("?" for _ in columns)
            cursor.execute(f"INSERT INTO tried_{table} ({', '.join(columns)}) VALUES ({marks})", values)
    for table in TRIED:
        cursor.execute(f"ALTER TABLE tried_{table} RENAME TO {table}")


def _rows(prepared: Prepared, table: str, position: int) -> list[tuple[Sequence[str], list[Value]]]:
    found: list[tuple[Sequence[str], list[Value]]] = []
    for (name, columns), rows in prepared.tables.items():
        for row, later in rows if name == table else ():
            values = list(row)
            for index, place in later:
                values[index] = position + 1 + place
            found.append((columns, values))
    return found


def _differing(
    store: FactStore,
    programme_id: ProgrammeId,
    as_of: datetime,
    before: list[tuple[Value, ...]],
    after: list[tuple[Value, ...]],
) -> list[tuple[Verdict, Verdict]]:
    then = {one.person_id: one for one in assemble(store, programme_id, after, as_of)}
    now = assemble(store, programme_id, before, as_of)
    return [(one, then[one.person_id]) for one in now if _shown(one) != _shown(then[one.person_id])]


def _shown(verdict: Verdict) -> tuple[object, ...]:
    gates = tuple((gate.gate_id, gate.state, gate.have) for gate in verdict.gates)
    return verdict.status, verdict.valid_until, gates
