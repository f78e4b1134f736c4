"""A small ledger in memory: the people services run on it as they do on the store."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from curriculum.ids import ProgrammeId
from people.facts import (
    Amendment,
    Assignment,
    Change,
    CohortOpened,
    Enrolment,
    Fact,
    FactId,
    Grant,
    PasswordSet,
    PersonErased,
    WorkKind,
)
from people.models import Account, HubId, LiveVersion, PersonId, PersonName, PrivateRows, SessionRow, Subject
from people.ports import OpenWork

F = TypeVar("F", bound=Fact)


class FakePeople:
    """Implements `people.ports.PeopleLedger`."""

    def __init__(self) -> None:
        self.facts: dict[FactId, Fact] = {}
        self.private: dict[PersonId, tuple[str, str]] = {}
        self.sessions: dict[str, SessionRow] = {}
        self.touched: list[datetime] = []
        self.today = date(2026, 11, 23)
        self.live: dict[tuple[ProgrammeId, HubId], LiveVersion] = {}
        self._last_person = 0

    def append(self, *facts: Fact) -> bool:
        if facts[0].fact_id in self.facts:
            return False
        self.facts.update({fact.fact_id: fact for fact in facts})
        return True

    def find(self, kind: type[F], fact_id: FactId) -> F | None:
        fact = self.facts.get(fact_id)
        return fact if isinstance(fact, kind) else None

    def list_facts(self, kind: type[F], person_id: PersonId | None = None, **equal: object) -> list[F]:
        found = [
            fact
            for fact in self.facts.values()
            if isinstance(fact, kind)
            and person_id in (None, fact.person_id)
            and all(getattr(fact, name) == value for name, value in equal.items())
            and not any(change.change in (Change.VOID, Change.REPLACED) for change in self.changes_to(fact.fact_id))
        ]
        return sorted(found, key=lambda fact: fact.occurred_at)

    def changes_to(self, fact_id: FactId) -> list[Amendment]:
        return [fact for fact in self.facts.values() if isinstance(fact, Amendment) and fact.target_id == fact_id]

    def subject(self, person_id: PersonId) -> Subject:
        newest = {fact.programme_id: fact.cohort_id for fact in self.list_facts(Enrolment, person_id)}
        hubs = {fact.cohort_id: fact.hub_id for fact in self.list_facts(CohortOpened)}
        trainers = {fact.trainer_id for fact in self.list_facts(Assignment, person_id) if not self._is_ended(fact)}
        offices = {
            fact.hub_id
            for fact in self.list_facts(Grant, person_id)
            if fact.hub_id is not None and not self._is_ended(fact) and (fact.until_on or self.today) >= self.today
        }
        training = frozenset(hubs[cohort] for cohort in newest.values())
        return Subject(person_id, training, frozenset(trainers), frozenset(offices))

    def _is_ended(self, fact: Fact) -> bool:
        return any(change.change == Change.ENDED for change in self.changes_to(fact.fact_id))

    def open_work(self, trainer_id: PersonId) -> list[OpenWork]:
        """Only the trainees: what else may wait is known to the store alone."""
        assigned = self.list_facts(Assignment, trainer_id=trainer_id)
        return [
            OpenWork(WorkKind.TRAINEE, one.fact_id, one.person_id, self.day_of(one.occurred_at))
            for one in assigned
            if not self._is_ended(one)
        ]

    def next_person_id(self) -> PersonId:
        self._last_person += 1
        return PersonId(self._last_person)

    def day_of(self, instant: datetime) -> date:
        return instant.date()

    def put_private(self, person_id: PersonId, name: str, login: str) -> bool:
        if any(kept == login and other != person_id for other, (_, kept) in self.private.items()):
            return False
        self.private[person_id] = (name, login)
        return True

    def append_named(self, names: Sequence[PersonName], *facts: Fact) -> bool:
        logins = [one.login for one in names]
        kept = {login for _, login in self.private.values()}
        if len(set(logins)) < len(logins) or kept & set(logins) or facts[0].fact_id in self.facts:
            return False
        self.private.update({one.person_id: (one.name, one.login) for one in names})
        return self.append(*facts)

    def list_names(self, person_ids: Iterable[PersonId]) -> list[PersonName]:
        asked = set(person_ids)
        return [PersonName(id_, *self.private[id_]) for id_ in sorted(self.private) if id_ in asked]

    def list_logins(self, logins: Iterable[str]) -> list[PersonName]:
        asked = set(logins)
        return [PersonName(id_, *self.private[id_]) for id_ in sorted(self.private) if self.private[id_][1] in asked]

    def live_version(self, programme_id: ProgrammeId, hub_id: HubId) -> LiveVersion | None:
        return self.live.get((programme_id, hub_id))

    def name_of(self, person_id: PersonId) -> str:
        return self.private.get(person_id, (f"Person {person_id}", ""))[0]

    def find_account(self, login: str) -> Account | None:
        for person_id, (_, kept) in self.private.items():
            if kept == login:
                return self.account_of(person_id)
        return None

    def account_of(self, person_id: PersonId) -> Account | None:
        if person_id not in self.private:
            return None
        passwords = self.list_facts(PasswordSet, person_id)
        return Account(person_id, self.private[person_id][1], passwords[-1].password_hash if passwords else None, True)

    def save_session(self, session: SessionRow) -> None:
        self.sessions[session.token_hash] = session

    def find_session(self, token_hash: str) -> SessionRow | None:
        return self.sessions.get(token_hash)

    def touch_session(self, token_hash: str, seen_at: datetime) -> None:
        self.touched.append(seen_at)
        self.sessions[token_hash] = replace(self.sessions[token_hash], seen_at=seen_at)

    def revoke_session(self, token_hash: str, revoked_at: datetime) -> None:
        session = self.sessions.get(token_hash)
        if session is not None and session.revoked_at is None:
            self.sessions[token_hash] = replace(session, revoked_at=revoked_at)

    def revoke_sessions(self, person_id: PersonId, revoked_at: datetime) -> int:
        open_ones = [s.token_hash for s in self.sessions.values() if s.person_id == person_id and s.revoked_at is None]
        for token_hash in open_ones:
            self.revoke_session(token_hash, revoked_at)
        return len(open_ones)

    def count_private(self, person_id: PersonId) -> PrivateRows:
        n_sessions = sum(one.person_id == person_id for one in self.sessions.values())
        return PrivateRows(n_names=int(person_id in self.private), n_sessions=n_sessions)

    def erase(self, erased: PersonErased, *more: Fact) -> PrivateRows:
        rows = self.count_private(erased.person_id)
        self.append(erased, *more)
        self.private.pop(erased.person_id, None)
        self.sessions = {key: one for key, one in self.sessions.items() if one.person_id != erased.person_id}
        return rows

    def leftovers(self) -> list[str]:
        return []
