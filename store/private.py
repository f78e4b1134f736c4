# ruff: noqa: S608  the texts composed here are constants of this file
"""What may be erased: names and sign-in names, private texts, check-ins, sessions. Changed in place, by the writer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from people.models import PersonId, PersonName, PrivateRows, SessionRow
from store.batches import FactBatch
from store.duckdb_engine import Engine
from store.rows import checked_text, read_instant, stored_instant

_SESSION: Final = "token_hash, person_no, created_at, seen_at, expires_at, revoked_at"
_TABLES: Final = ("person_private", "private_text", "wellbeing", "login_session")
"""The four tables that may be deleted from."""

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


def put_new_names(batch: FactBatch, org_id: int, names: Sequence[PersonName]) -> bool:
    """Keep the names of new people; return False, and keep none, when somebody has one of the sign-in names."""
    logins = [one.login for one in names]
    taken = "SELECT count(*) FROM person_private WHERE org_id = $1 AND login IN (SELECT unnest($2::TEXT[]))"
    if len(set(logins)) < len(logins) or batch.execute(taken, [org_id, logins])[0][0]:
        return False
    rows = [[org_id, one.person_id, checked_text(one.name, "name"), checked_text(one.login, "login")] for one in names]
    batch.insert("person_private", ("org_id", "person_no", "name", "login"), rows)
    return True


def list_names(engine: Engine, org_id: int, person_ids: Iterable[PersonId]) -> list[PersonName]:
    """Return the names of those people who are known and not erased, by number."""
    return _list_people(engine, "person_no IN (SELECT unnest($2::INTEGER[]))", org_id, sorted(set(person_ids)))


def list_logins(engine: Engine, org_id: int, logins: Iterable[str]) -> list[PersonName]:
    """Return those who have one of the sign-in names, by number."""
    return _list_people(engine, "login IN (SELECT unnest($2::TEXT[]))", org_id, sorted(set(logins)))


def _list_people(engine: Engine, condition: str, org_id: int, asked: Sequence[int] | Sequence[str]) -> list[PersonName]:
    sql = f"SELECT person_no, name, login FROM person_private WHERE org_id = $1 AND {condition} ORDER BY person_no"
    rows = engine.fetch(sql, [org_id, list(asked)])
    return [PersonName(PersonId(person_no), name, login) for person_no, name, login in rows]


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


def count_rows(engine: Engine, org_id: int, person_id: PersonId) -> PrivateRows:
    """Return how many rows may be erased of the person."""
    counts = [
        engine.fetch(f"SELECT count(*) FROM {table} WHERE org_id = $1 AND person_no = $2", [org_id, person_id])[0][0]
        for table in _TABLES
    ]
    return PrivateRows(*counts)


def erase_rows(batch: FactBatch, org_id: int, person_id: PersonId) -> PrivateRows:
    """Delete all that may be erased of the person; return how many rows."""
    counts = [
        batch.execute(f"DELETE FROM {table} WHERE org_id = $1 AND person_no = $2", [org_id, person_id])[0][0]
        for table in _TABLES
    ]
    return PrivateRows(*counts)
