# ruff: noqa: S608  the names come from the plans of facts, never from people
"""What would be of one person in several cases: the statement of readiness over copies of them, each with facts more.

The copies stand in temporary tables of one connection, which hide the store's own; the store is only read. So a case
is judged by the very statement that judges people, and many cases cost one question.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from assessments.verdicts import Verdict
from curriculum.ids import ProgrammeId
from people.facts import Fact
from people.ids import new_fact_id
from people.models import PersonId
from store.assembling import assemble
from store.duckdb_engine import DuckDBPyConnection
from store.gates import Ending, compose, used_by
from store.questions import FactStore, Question, bind, number_of, statement
from store.recording import Dated, Prepared, PreparedRow
from store.rows import ColumnKind, Value, table_of

_COPIED: Final = (
    "enrolment",
    "pause",
    "module_progress",
    "attendance",
    "milestone",
    "attempt",
    "observation",
    "rating",
    "hold",
    "supervision",
    "certificate",
    "participant_summary",
    "sign_off",
    "countersign",
)
"""Every table of a person's facts that the statement reads, but for amendments."""

_READ: Final = frozenset({*_COPIED, "amendment", "calibration"})
"""What else a fact writes, such as the nonce of a text, plays no part."""

_OF_CALIBRATIONS: Final = (
    "SELECT * FROM amendment a WHERE a.org_id = $1 AND a.target_no IN (SELECT c.fact_no FROM calibration c)"
)
"""What was changed about calibrations is the observers', and stays where it is."""

_WORD: Final = re.compile(r"\w+")

_NAMES_A_FACT: Final = {"countersign": "sign_off_no", "amendment": "target_no"}
"""The column that names another fact of the person, where the statement reads it."""

FIRST_COPY: Final = 2_000_000_000
"""Numbers of people begin at 1 and are given one by one: nobody has one as great as this."""

_STRIDE: Final = 2**40
"""The facts of each copy are numbered so far apart from those of the next."""

_NEW: Final = 2**61
"""Facts of a case come after all that is recorded."""


Preparing = Callable[[Sequence[Dated]], Prepared]
"""Turns facts into rows, each with the instant at which it is recorded."""


def try_cases(
    store: FactStore,
    prepare: Preparing,
    programme_id: ProgrammeId,
    person_id: PersonId,
    cases: Sequence[Sequence[Fact]],
    *,
    as_of: datetime,
    known_at: datetime,
    kinds: Collection[str] | None = None,
) -> list[Verdict]:
    """Return the person's verdict in each case, in order; none when they are not enrolled.

    Args:
        store: Where the facts are.
        prepare: Turns facts into rows, each with the instant at which it is recorded.
        programme_id: The programme asked about.
        person_id: Whose case it is.
        cases: The facts that are added in each: about the person, or about others, such as who observes.
        as_of: What had happened by then counts.
        known_at: What had been recorded by then is known; what is added is recorded then.
        kinds: Only gates of these kinds are judged; the states of the others mean nothing.
    """
    copies = range(FIRST_COPY, FIRST_COPY + len(cases))
    question = Question(number_of(store, programme_id), as_of, known_at, person_range=(copies.start, copies.stop - 1))
    bound = bind(store, question)
    if bound is None or not cases:
        return []
    records: list[Dated] = []
    for copy, facts in zip(copies, cases, strict=True):
        records += [(known_at, _copied(fact, person_id, PersonId(copy))) for fact in facts]
    prepared = prepare(records)
    asked = Ending.VERDICTS
    sql = statement(store, question.programme_no, asked) if kinds is None else compose(frozenset(kinds), asked)
    cursor = store.engine.new_reader()
    try:
        _hide_tables(cursor, _read_by(sql), prepared, [store.org.org_id, person_id], len(cases))
        rows = cursor.execute(sql, used_by(sql, bound)).fetchall()
    finally:
        cursor.close()
    return assemble(store, programme_id, rows, as_of)


def _copied(fact: Fact, person_id: PersonId, copy: PersonId) -> Fact:
    """Return the fact as one about the copy, under an id of its own; what names itself goes on naming itself."""
    fact_id = new_fact_id()
    changed: dict[str, Any] = {"fact_id": fact_id}
    if fact.person_id == person_id:
        changed["person_id"] = copy
    if fact.actor_id == person_id:
        changed["actor_id"] = copy
    for column in table_of(type(fact)).columns:
        if column.kind is ColumnKind.FACT and getattr(fact, column.field) == fact.fact_id:
            changed[column.field] = fact_id
    return replace(fact, **changed)


@lru_cache(maxsize=64)
def _read_by(sql: str) -> frozenset[str]:
    """Return the tables that a statement reads: to copy the others takes as long as to judge."""
    return _READ.intersection(_WORD.findall(sql))


def _hide_tables(
    cursor: DuckDBPyConnection, tables: Collection[str], prepared: Prepared, whose: list[Value], n_copies: int
) -> None:
    """Put temporary tables with the copies, and what is added to each, in the place of the store's.

    `whose` are the numbers of the organisation and of the person.
    """
    cursor.execute(
        "CREATE TEMP TABLE copied AS SELECT CAST(i AS INTEGER) AS copy_no, "
        f"(i - {FIRST_COPY}) * {_STRIDE} AS shift FROM range({FIRST_COPY}, {FIRST_COPY + n_copies}) r(i)"
    )
    for table in sorted(tables):
        if table == "calibration":
            cursor.execute("CREATE TEMP TABLE calibration AS SELECT * FROM calibration WHERE org_id = $1", whose[:1])
        else:
            cursor.execute(f"CREATE TEMP TABLE {table} AS {_copies_of(table)}", whose)
    for (table, columns), rows in prepared.tables.items():
        if table in tables and rows:
            _insert(cursor, table, columns, [_numbered(table, columns, row) for row in rows])


def _copies_of(table: str) -> str:
    """Return the query for a person's rows, once a copy: numbers of people and facts are the copy's own."""
    changed = ["c.copy_no AS person_no", "t.fact_no + c.shift AS fact_no"]
    if table != "rating":
        changed.append("CASE WHEN t.actor_no = $2 THEN c.copy_no ELSE t.actor_no END AS actor_no")
    if table in _NAMES_A_FACT:
        named = _NAMES_A_FACT[table]
        changed.append(f"t.{named} + c.shift AS {named}")
    copies = (
        f"SELECT t.* REPLACE ({', '.join(changed)}) FROM {table} t, copied c WHERE t.org_id = $1 AND t.person_no = $2"
    )
    return f"{copies} UNION ALL {_OF_CALIBRATIONS}" if table == "amendment" else copies


def _numbered(table: str, columns: Sequence[str], prepared: PreparedRow) -> list[Value]:
    values, later = list(prepared[0]), prepared[1]
    for index, place in later:
        values[index] = _NEW + place
    if table == "amendment":
        # It names a fact of the person: in a copy, that of the copy.
        target, person_no = columns.index("target_no"), values[columns.index("person_no")]
        values[target] += (person_no - FIRST_COPY) * _STRIDE
    return values


def _insert(cursor: DuckDBPyConnection, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    appender = cursor.appender(table, columns=list(columns))
    appender.append_rows(rows)
    appender.flush()
