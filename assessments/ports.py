"""What the services need of a store, as protocols; the store implements them, tests use a small fake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from assessments.check_ins import CheckIn
from assessments.facts import Attempt
from assessments.verdicts import Verdict
from curriculum.ids import ItemId, ProgrammeId, RoleId
from curriculum.models import Programme
from people.facts import Fact, FactId
from people.models import CohortId, HubId, PersonId
from people.ports import FactLedger, PeopleLedger


@dataclass(frozen=True, slots=True)
class EnrolmentNow:
    """The enrolment in force of a person in a programme."""

    fact_id: FactId
    person_id: PersonId
    programme_id: ProgrammeId
    cohort_id: CohortId
    hub_id: HubId
    role_id: RoleId
    version_no: int


class Ledger(FactLedger, Protocol):
    """A ledger that also knows programmes, enrolments and readiness."""

    def digests(self, fact_ids: Sequence[FactId]) -> list[str]:
        """Return the SHA-256 (hex) of each fact's content as recorded, in the order asked."""
        ...

    def enrolment(self, person_id: PersonId, programme_id: ProgrammeId) -> EnrolmentNow | None:
        """Return the enrolment in force, or None."""
        ...

    def programme(self, programme_id: ProgrammeId, version_no: int) -> Programme:
        """Return a published version (cached).

        Raises:
            UnknownVersionError: It was never published.
        """
        ...

    def publish(self, programme: Programme, bundle: bytes, media: Mapping[str, bytes] | None = None) -> int:
        """Store the bundle, the rows of its gates, and its files by digest, durably.

        Returns:
            The version's number, from 1; the number it has already when the same bytes were published before.
        """
        ...

    def attempts_on(self, programme_id: ProgrammeId, item_id: ItemId) -> list[Attempt]:
        """Return the counting attempts in force, of everybody, whose form holds the item."""
        ...

    def what_if(
        self, programme_id: ProgrammeId, facts: Sequence[Fact], as_of: datetime
    ) -> list[tuple[Verdict, Verdict]]:
        """Return where the people of these facts stand, without and with the facts, by person. Nothing is written.

        What counts of the facts are attempts and amendments of attempts; the others may be named by these. Those who
        stand alike are left out.
        """
        ...

    def cohort_verdicts(self, programme_id: ProgrammeId, cohort_id: CohortId, as_of: datetime) -> list[Verdict]:
        """Return where the people of a cohort stand, as of an instant and as known then; by person, no evidence."""
        ...

    def verdict(
        self, person_id: PersonId, programme_id: ProgrammeId, as_of: datetime, known_at: datetime
    ) -> Verdict | None:
        """Return the person's verdict from the facts, opened down to evidence; None when not enrolled."""
        ...

    def put_check_in(self, person_id: PersonId, entry: CheckIn) -> None:
        """Keep how somebody is, durably; an entry of the same id is kept once."""
        ...

    def list_check_ins(self, person_id: PersonId) -> list[CheckIn]:
        """Return the entries of a person, oldest first."""
        ...

    def delete_check_ins(self, person_id: PersonId, entry_id: UUID | None) -> int:
        """Delete one entry of a person, or all; return how many there were."""
        ...


class HubLedger(Ledger, PeopleLedger, Protocol):
    """A ledger that knows all that a hub's year asks for: programmes and readiness, names and sessions."""
