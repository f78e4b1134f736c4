# ruff: noqa: S608  the texts composed here are constants of this file
"""Published versions of programmes: immutable bundles, each with its number, and the rows of its gates."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
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


_MEDIA_COLUMNS: Final = ("org_id", "digest", "type", "content")


@dataclass(frozen=True, slots=True)
class MediaContent:
    """A file of a published programme: its type as browsers call it, and its bytes."""

    type: str
    content: bytes


def publish(
    batch: FactBatch,
    org_id: int,
    terms: Terms,
    programme: Programme,
    *,
    bundle: bytes,
    media: Mapping[str, bytes],
    now: datetime,
) -> int:
    """Return the number of the version: a new one, or the one that the same bytes have already."""
    _insert_media(batch, org_id, programme, media)
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


def _insert_media(batch: FactBatch, org_id: int, programme: Programme, media: Mapping[str, bytes]) -> None:
    """Keep each file once, whichever versions show it."""
    known = "SELECT 1 FROM media WHERE org_id = $1 AND digest = $2"
    for file in {file.digest: file for file in programme.media}.values():
        if file.digest in media and not batch.execute(known, [org_id, file.digest]):
            batch.insert("media", _MEDIA_COLUMNS, [[org_id, file.digest, file.type, media[file.digest]]])


def load_media(engine: Engine, org_id: int, digest: str) -> MediaContent | None:
    """Return the file whose bytes have this SHA-256, or None."""
    rows = engine.fetch("SELECT type, content FROM media WHERE org_id = $1 AND digest = $2", [org_id, digest])
    return MediaContent(rows[0][0], bytes(rows[0][1])) if rows else None


def _insert_rules(batch: FactBatch, org_id: int, terms: Terms, programme: Programme, version_no: int) -> None:
    for table, stored in rule_tables(org_id, terms, programme, version_no).items():
        if stored:
            batch.insert(table, tuple(stored[0]), [list(row.values()) for row in stored])


def rule_tables(org_id: int, terms: Terms, programme: Programme, version_no: int) -> dict[str, list[Row]]:
    """Return the rows of a version's rules, by table."""
    rows = rule_rows(programme, version_no)
    return {
        "gate": [{"org_id": org_id, **_rule_columns(row, terms)} for row in rows.gates],
        "gate_rule": [{"org_id": org_id, **_rule_columns(row, terms)} for row in rows.rules],
        "role_rule": [{"org_id": org_id, **_rule_columns(row, terms)} for row in rows.roles],
    }


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
