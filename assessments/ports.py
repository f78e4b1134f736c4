"""What the services need of a store, as protocols; `store.ledger` implements them, tests use a small fake."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from assessments.verdicts import Verdict
from curriculum.ids import ProgrammeId, RoleId
from curriculum.models import Programme
from people.facts import Amendment, Fact, FactId
from people.models import CohortId, HubId, PersonId, Subject

F = TypeVar("F", bound=Fact)


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


class Ledger(Protocol):
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
        """Return the facts of a kind that are in force (not void or replaced), oldest first.

        `person_id` None means everybody; `equal` filters by fields, such as `started_id=…`.
        """
        ...

    def changes_to(self, fact_id: FactId) -> list[Amendment]:
        """Return the amendments that name the fact, oldest first."""
        ...

    def digests(self, fact_ids: Sequence[FactId]) -> list[str]:
        """Return the SHA-256 (hex) of each fact's content as recorded, in the order asked."""
        ...

    def subject(self, person_id: PersonId) -> Subject:
        """Return the person's hubs and trainers as of now, for checking rights."""
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

    def verdict(
        self, person_id: PersonId, programme_id: ProgrammeId, as_of: datetime, known_at: datetime
    ) -> Verdict | None:
        """Return the person's verdict from the facts, opened down to evidence; None when not enrolled."""
        ...

    def next_person_id(self) -> PersonId:
        """Return a number for a new person, never given before."""
        ...
