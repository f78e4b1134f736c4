# ruff: noqa: S608  the texts composed here are constants of this file
"""What may be erased: names and sign-in names, and login sessions. Changed in place, through the writer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from people.models import PersonId, SessionRow
from store.batches import FactBatch
from store.duckdb_engine import Engine
from store.rows import checked_text, read_instant, stored_instant

_SESSION: Final = "token_hash, person_no, created_at, seen_at, expires_at, revoked_at"
_REVOKE: Final = "UPDATE login_session SET revoked_at = $3 WHERE org_id = $1 AND revoked_at IS NULL"


def put_name(batch: FactBatch, org_id: int, person_id: PersonId, name: str, login: str) -> bool:
    """Keep or change a person's name and sign-in name; return False when another person has that sign-in name."""
    taken = "SELECT 1 FROM person_private WHERE org_id = $1 AND login = $2 AND person_no <> $3"
    if login and batch.execute(taken, [org_id, login, person_id]):
        return False
    keep = "INSERT INTO person_private (org_id, person_no, name, login) VALUES ($1, $2, $3, $4)"
    change = f"{keep} ON CONFLICT (org_id, person_no) DO UPDATE SET name = excluded.name, login = excluded.login"
    batch.execute(change, [org_id, person_id, checked_text(name, "name"), checked_text(login, "login")])
    return True


def add_names(batch: FactBatch, org_id: int, people: Iterable[tuple[PersonId, str, str]]) -> None:
    """Keep the names and sign-in names of new people, of which none is taken: number, name, sign-in name."""
    rows = [
        [org_id, number, checked_text(name, "name"), checked_text(login, "login")] for number, name, login in people
    ]
    batch.insert("person_private", ("org_id", "person_no", "name", "login"), rows)


def find_name(engine: Engine, org_id: int, person_id: PersonId) -> str | None:
    """Return the person's name, or None when it is erased or was never known."""
    sql = "SELECT name FROM person_private WHERE org_id = $1 AND person_no = $2"
    rows = engine.fetch(sql, [org_id, person_id])
    return rows[0][0] if rows else None


def save_session(batch: FactBatch, org_id: int, session: SessionRow) -> None:
    """Keep a new login session."""
    sql = f"INSERT INTO login_session (org_id, {_SESSION}) VALUES ($1, $2, $3, $4, $5, $6, $7)"
    ends = None if session.revoked_at is None else stored_instant(session.revoked_at, "revoked_at")
    times = [stored_instant(at) for at in (session.created_at, session.seen_at, session.expires_at)]
    batch.execute(sql, [org_id, session.token_hash, session.person_id, *times, ends])


def find_session(engine: Engine, org_id: int, token_hash: str) -> SessionRow | None:
    """Return the session, ended or not, or None."""
    rows = engine.fetch(
        f"SELECT {_SESSION} FROM login_session WHERE org_id = $1 AND token_hash = $2", [org_id, token_hash]
    )
    if not rows:
        return None
    token, person_no, created_at, seen_at, expires_at, revoked_at = rows[0]
    ended = None if revoked_at is None else read_instant(revoked_at)
    times = (read_instant(created_at), read_instant(seen_at), read_instant(expires_at))
    return SessionRow(token, PersonId(person_no), *times, ended)


def touch_session(batch: FactBatch, org_id: int, token_hash: str, seen_at: datetime) -> None:
    """Note that a session was used."""
    sql = "UPDATE login_session SET seen_at = $3 WHERE org_id = $1 AND token_hash = $2"
    batch.execute(sql, [org_id, token_hash, stored_instant(seen_at, "seen_at")])


def revoke_session(batch: FactBatch, org_id: int, token_hash: str, revoked_at: datetime) -> None:
    """End a session; one that has ended keeps its time."""
    batch.execute(f"{_REVOKE} AND token_hash = $2", [org_id, token_hash, stored_instant(revoked_at, "revoked_at")])


def revoke_sessions(batch: FactBatch, org_id: int, person_id: PersonId, revoked_at: datetime) -> int:
    """End all sessions of a person; return how many had not ended."""
    changed = batch.execute(
        f"{_REVOKE} AND person_no = $2", [org_id, person_id, stored_instant(revoked_at, "revoked_at")]
    )
    return int(changed[0][0])
