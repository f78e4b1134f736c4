"""A large store made of a small simulated one: each person many times, by SQL, in the order in which facts arrive.

A simulation of 100,000 people takes more than an hour, and readiness asks only how many there are. So each fact that
readiness reads is written n times, with numbers of its own for the facts and the people of each copy, and with days up
to a week earlier, so that the copies do not stand alike. All copies of a fact were recorded when it was: the order of
their numbers stays the order of arrival, and the rows are written in that order. What is copied keeps the digest of the
original, so `verify` would not pass it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from store.ledger import Clock, Store
from store.rows import Column, ColumnKind, tables

MEMORY: Final = "8GB"
"""Of the database, while it copies and is asked."""

_RULES: Final = ("gate", "gate_rule", "role_rule", "programme_version")
_READ: Final = (
    *("hub_opened", "cohort_opened", "person_added", "enrolment", "pause", "assignment", "amendment"),
    *("module_progress", "attendance", "milestone", "attempt", "observation", "hold", "supervision", "certificate"),
    *("calibration", "participant_summary", "sign_off", "countersign"),
)
"""The facts that readiness reads, and whom and where they are about; answers, ticks and texts stay behind."""

_CHILDREN: Final = frozenset({"rating"})

_FACT: Final = "(({0} - 1) * {n} + c.copy + 1)"
_PERSON: Final = "CASE WHEN {0} > 0 THEN ({0} - 1) * {n} + c.copy + 1 ELSE {0} END"
"""Those who are nobody in particular, such as the operator, have no positive number and stay who they are."""

_EARLIER: Final = "({0} - to_days(CAST(c.copy % 7 AS INTEGER)))"
_FORMS: Final = {
    ColumnKind.FACT: f"CAST({_FACT} AS BIGINT)",
    ColumnKind.PERSON: f"CAST({_PERSON} AS INTEGER)",
    ColumnKind.DATE: f"CAST({_EARLIER} AS DATE)",
    ColumnKind.INSTANT: _EARLIER,
}
_COMMON: Final = {
    "fact_no": ColumnKind.FACT,
    "person_no": ColumnKind.PERSON,
    "actor_no": ColumnKind.PERSON,
    "occurred_at": ColumnKind.INSTANT,
    "day": ColumnKind.DATE,
}
"""Of the columns that every table has, those that differ in each copy."""


def copy_store(source: Path, target: Path, n: int, clock: Clock) -> None:
    """Write the people of a store n times into a new file."""
    store = Store.open(target, clock=clock, is_synthetic=True)
    connection = store.engine.writing
    try:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(f"ATTACH '{source}' AS source (READ_ONLY)")
        for name in ("term", *_RULES):
            connection.execute(f"INSERT INTO {name} SELECT * FROM source.{name}")
        for statement in _statements(n):
            connection.execute(statement)
        connection.execute("CHECKPOINT")
    finally:
        store.close()


def _statements(n: int) -> Iterable[str]:
    for name in _READ:
        plan = tables()[name]
        yield _copied(name, plan.column_names, _kinds(plan.columns), n)
        for child in plan.children:
            if child.name in _CHILDREN:
                yield _copied(child.name, child.column_names, _kinds(child.columns), n)
    kinds = ", ".join(f"'{name}'" for name in _READ)
    yield (
        "INSERT INTO fact_key (org_id, fact_id, fact_no, kind, digest)"
        f" SELECT s.org_id, CAST(md5(CAST(s.fact_id AS TEXT) || c.copy) AS UUID), {_FACT.format('s.fact_no', n=n)},"
        f" s.kind, s.digest FROM source.fact_key s, range({n}) c(copy) WHERE s.kind IN ({kinds})"
        " ORDER BY s.fact_no, c.copy"
    )


def _kinds(columns: Iterable[Column]) -> dict[str, ColumnKind]:
    return _COMMON | {column.name: column.kind for column in columns}


def _copied(table: str, columns: tuple[str, ...], kinds: dict[str, ColumnKind], n: int) -> str:
    """Return the statement that writes the rows of a table n times, those of each instant beside each other."""
    forms = (_FORMS.get(kinds.get(name, ColumnKind.TEXT), "{0}").format(f"s.{name}", n=n) for name in columns)
    order = (
        "s.fact_no, c.copy, s.position"
        if "position" in columns and "occurred_at" not in columns
        else "s.fact_no, c.copy"
    )
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(forms)}"
        f" FROM source.{table} s, range({n}) c(copy) ORDER BY {order}"
    )
