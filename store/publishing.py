# ruff: noqa: S608  the texts composed here are constants of this file
"""Published versions of programmes: immutable bundles, each with its number, and the rows of its gates."""

from dataclasses import fields
from datetime import datetime
from hashlib import sha256
from typing import Final

from assessments.errors import UnknownVersionError
from curriculum.bundle import from_bundle
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from store.batches import FactBatch
from store.duckdb_engine import Engine
from store.rows import Row, Value, stored_instant
from store.rules import GatePart, GateRow, GateRuleRow, RoleRuleRow, rule_rows
from store.terms import Terms

_COLUMNS: Final = ("org_id", "programme_no", "version_no", "version", "digest", "published_at", "bundle")
_SAME: Final = "org_id = $1 AND programme_no = $2"


def publish(batch: FactBatch, org_id: int, terms: Terms, programme: Programme, *, bundle: bytes, now: datetime) -> int:
    """Return the number of the version: a new one, or the one that the same bytes have already."""
    digest = sha256(bundle).hexdigest()
    programme_no = terms.number(programme.head.id)
    same = f"SELECT version_no FROM programme_version WHERE {_SAME} AND digest = $3"
    if found := batch.execute(same, [org_id, programme_no, digest]):
        return int(found[0][0])
    newest = f"SELECT coalesce(max(version_no), 0) FROM programme_version WHERE {_SAME}"
    version_no = int(batch.execute(newest, [org_id, programme_no])[0][0]) + 1
    row = [org_id, programme_no, version_no, programme.head.version, digest, stored_instant(now), bundle]
    batch.insert("programme_version", _COLUMNS, [row])
    _insert_rules(batch, org_id, terms, programme, version_no)
    return version_no


def _insert_rules(batch: FactBatch, org_id: int, terms: Terms, programme: Programme, version_no: int) -> None:
    rows = rule_rows(programme, version_no)
    for table, of_table in (("gate", rows.gates), ("gate_rule", rows.rules), ("role_rule", rows.roles)):
        stored = [{"org_id": org_id, **_rule_columns(row, terms)} for row in of_table]
        if stored:
            batch.insert(table, tuple(stored[0]), [list(row.values()) for row in stored])


def _rule_columns(row: GateRow | GateRuleRow | RoleRuleRow | GatePart, terms: Terms) -> Row:
    columns: Row = {}
    for name in [field.name for field in fields(row) if field.name != "references"]:
        value: Value = getattr(row, name)
        if name == "part":
            columns |= _rule_columns(value, terms)
        elif name.endswith("_id"):
            columns[f"{name[:-3]}_no"] = terms.number(value)
        else:
            columns[name] = value
        if name == "reference":
            columns["reference_no"] = None if value is None else terms.number(value)
    return columns


def load_programme(
    engine: Engine, org_id: int, programme_no: int | None, programme_id: ProgrammeId, version_no: int
) -> Programme:
    """Return a published version.

    Raises:
        UnknownVersionError: It was never published.
    """
    sql = f"SELECT bundle FROM programme_version WHERE {_SAME} AND version_no = $3"
    rows = engine.fetch(sql, [org_id, -1 if programme_no is None else programme_no, version_no])
    if not rows:
        raise UnknownVersionError(programme_id, version_no)
    return from_bundle(bytes(rows[0][0]))
