"""What the services need of a store, as protocols; the store implements them, tests use a small fake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assessments.facts import Attempt
from assessments.verdicts import Verdict
from curriculum.ids import ItemId, ProgrammeId, RoleId
from curriculum.models import Programme
from people.facts import Fact, FactId
from people.models import CohortId, HubId, PersonId
from people.ports import FactLedger


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

    def verdict(
        self, person_id: PersonId, programme_id: ProgrammeId, as_of: datetime, known_at: datetime
    ) -> Verdict | None:
        """Return the person's verdict from the facts, opened down to evidence; None when not enrolled."""
        ...
