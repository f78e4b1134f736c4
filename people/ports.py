"""What the services need of a store, as protocols; the store implements them, tests use a small fake."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar

from curriculum.ids import ProgrammeId
from people.facts import Amendment, Fact, FactId, PersonErased, WorkKind
from people.models import Account, HubId, LiveVersion, PersonId, PersonName, PrivateRows, SessionRow, Subject

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Something that waits for a trainer: what, about whom, since which day. `target_id` is the fact that waits."""

    kind: WorkKind
    target_id: FactId
    person_id: PersonId
    since: date
    programme_id: ProgrammeId | None = None


class FactLedger(Protocol):
    """Append and read back facts. Everything acknowledged is durable."""

    def append(self, *facts: Fact) -> bool:
        """Record the facts together, durably.

        Returns:
            True when they were recorded now; False when the first one's id was there before (nothing was written).
        """
        ...

    def find(self, kind: type[F], fact_id: FactId) -> F | None:
        """Return the fact, amended or not, or None."""
        ...

    def list_facts(self, kind: type[F], person_id: PersonId | None = None, **equal: object) -> list[F]:
        """Return the facts of a kind that are in force (not void or replaced), by when they occurred, then as recorded.

        `person_id` None means everybody; `equal` filters by fields, such as `token_hash=…` or `change=Change.ENDED`.
        Amendments are facts too: `list_facts(Amendment, person_id)` gives all that name facts about the person.
        """
        ...

    def changes_to(self, fact_id: FactId) -> list[Amendment]:
        """Return the amendments that name the fact, oldest first."""
        ...

    def subject(self, person_id: PersonId) -> Subject:
        """Return the person's hubs and trainers as of now, for checking rights.

        `hub_ids` are those of the newest enrolment in each programme, `office_hub_ids` those of the grants in force,
        `trainer_ids` those of the assignments not ended.
        """
        ...

    def open_work(self, trainer_id: PersonId) -> list[OpenWork]:
        """Return all that waits for a trainer, in any hub, by person; what was handed over waits for them no more."""
        ...

    def next_person_id(self) -> PersonId:
        """Return a number for a new person, never given before; 1 in an empty store."""
        ...

    def day_of(self, instant: datetime) -> date:
        """Return the day at the organisation's place."""
        ...


class PeopleLedger(FactLedger, Protocol):
    """A ledger that also keeps what may be erased: names, sign-in names and login sessions."""

    def put_private(self, person_id: PersonId, name: str, login: str) -> bool:
        """Keep or change the name and sign-in name of a person.

        Returns:
            False when another person has the sign-in name (nothing was written).
        """
        ...

    def append_named(self, names: Sequence[PersonName], *facts: Fact) -> bool:
        """Record facts about new people together with their names, durably: all of it, or nothing.

        Returns:
            False when somebody has one of the sign-in names, or the first fact's id was there before (nothing was
            written).
        """
        ...

    def name_of(self, person_id: PersonId) -> str:
        """Return the name, or `Person 12` for an erased person."""
        ...

    def list_names(self, person_ids: Iterable[PersonId]) -> list[PersonName]:
        """Return the names of people, by number; erased people are left out."""
        ...

    def list_logins(self, logins: Iterable[str]) -> list[PersonName]:
        """Return those who have one of the sign-in names, by number."""
        ...

    def live_version(self, programme_id: ProgrammeId, hub_id: HubId) -> LiveVersion | None:
        """Return the version that the hub has gone live with, or None."""
        ...

    def find_account(self, login: str) -> Account | None:
        """Return the account with the sign-in name (kept in small letters), or None."""
        ...

    def account_of(self, person_id: PersonId) -> Account | None:
        """Return the account of a person, or None (erased, or never known).

        `password_hash` is that of the newest `PasswordSet`; `is_active` is True while the person is not erased.
        Whether an office is held is the services' question.
        """
        ...

    def save_session(self, session: SessionRow) -> None:
        """Keep a new login session."""
        ...

    def find_session(self, token_hash: str) -> SessionRow | None:
        """Return the session, ended or not, or None."""
        ...

    def touch_session(self, token_hash: str, seen_at: datetime) -> None:
        """Note that the session was used."""
        ...

    def revoke_session(self, token_hash: str, revoked_at: datetime) -> None:
        """End the session; an ended one keeps its time."""
        ...

    def revoke_sessions(self, person_id: PersonId, revoked_at: datetime) -> int:
        """End all sessions of the person that are not ended. Return how many."""
        ...

    def count_private(self, person_id: PersonId) -> PrivateRows:
        """Return how many rows may be erased of the person."""
        ...

    def erase(self, erased: PersonErased, *more: Fact) -> PrivateRows:
        """Delete all that may be erased of the person, and record the facts, in one step, durably.

        When the erasure was recorded before, rows are deleted and no facts are added.

        Returns:
            How many rows were deleted.
        """
        ...

    def leftovers(self) -> list[str]:
        """Return sentences that say which files may still hold words that were erased, and what to do."""
        ...
