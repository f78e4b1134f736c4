# ruff: noqa: S608  the names come from the plans of facts, never from people
"""All that is kept about one person, whole: facts in force and withdrawn, and the rows that may be erased."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from people.models import PersonId
from store.ledger import Store
from store.reading import Recorded
from store.rows import read_instant, tables

_CHECK_INS: Final = (
    "SELECT recorded_at, day, level, note FROM wellbeing WHERE org_id = $1 AND person_no = $2 ORDER BY recorded_at"
)
_SESSIONS: Final = (
    "SELECT created_at, seen_at, expires_at, revoked_at FROM login_session "
    "WHERE org_id = $1 AND person_no = $2 ORDER BY created_at"
)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """How somebody said they were: a level, and perhaps a few words."""

    recorded_at: datetime
    day: date
    level: int
    note: str


@dataclass(frozen=True, slots=True)
class LoginTime:
    """When somebody was signed in; the token itself is kept nowhere."""

    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class ActsAboutOthers:
    """How many facts of a kind somebody recorded about others, and from when to when. What they say is the others'."""

    table: str
    n: int
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class About:
    """What is kept about a person. `facts` come in the order of recording."""

    facts: tuple[Recorded, ...]
    check_ins: tuple[CheckIn, ...]
    logins: tuple[LoginTime, ...]
    acts: tuple[ActsAboutOthers, ...]


def all_about(store: Store, person_id: PersonId) -> About:
    """Return all that is kept about a person, whoever asks: rights are checked by who calls."""
    facts = [
        recorded
        for plan in tables().values()
        for recorded in store.reader.recorded(plan, "f.person_no = $person_no", {"person_no": person_id})
    ]
    asked = [store.org.org_id, person_id]
    return About(
        tuple(sorted(facts, key=lambda recorded: recorded.fact_no)),
        tuple(
            CheckIn(read_instant(at), day, level, note)
            for at, day, level, note in store.engine.fetch(_CHECK_INS, asked)
        ),
        tuple(
            LoginTime(read_instant(made), read_instant(seen), read_instant(ends), ended and read_instant(ended))
            for made, seen, ends, ended in store.engine.fetch(_SESSIONS, asked)
        ),
        tuple(_acts(store, person_id)),
    )


def _acts(store: Store, person_id: PersonId) -> list[ActsAboutOthers]:
    found: list[ActsAboutOthers] = []
    for name in tables():
        sql = f"SELECT count(*), min(day), max(day) FROM {name} WHERE org_id = $1 AND actor_no = $2 AND person_no <> $2"
        n, first_on, last_on = store.engine.fetch(sql, [store.org.org_id, person_id])[0]
        if n:
            found.append(ActsAboutOthers(name, n, first_on, last_on))
    return found
