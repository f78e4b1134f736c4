"""A small ledger in memory: the assessment services run on it as they do on the store."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID
from zoneinfo import ZoneInfo

from assessments.check_ins import CheckIn
from assessments.errors import UnknownVersionError
from assessments.facts import Attempt
from assessments.ports import EnrolmentNow
from assessments.verdicts import Verdict
from curriculum.ids import ItemId, ProgrammeId
from curriculum.models import Programme
from people.facts import Amendment, Change, CohortOpened, Enrolment, Fact, FactId, Grant
from people.models import CohortId, PersonId, Subject
from tests.people.fake_people import FakePeople

_LONDON = ZoneInfo("Europe/London")


class FakeLedger(FakePeople):
    """Implements `assessments.ports.Ledger`; verdicts are put in by the test."""

    def __init__(self, *programmes: Programme) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.tried: list[Fact] = []
        self.bundles: dict[tuple[ProgrammeId, int], bytes] = {}
        self.programmes: dict[tuple[ProgrammeId, int], Programme] = {}
        self.verdicts: dict[tuple[PersonId, ProgrammeId], Verdict] = {}
        self.check_ins: dict[tuple[PersonId, UUID], CheckIn] = {}
        for programme in programmes:
            self.publish(programme, programme.head.version.encode())

    def append(self, *facts: Fact) -> bool:
        is_new = facts[0].fact_id not in self.facts
        if is_new and any(fact.fact_id in self.facts for fact in facts[1:]):
            raise AssertionError("a follow-up was recorded before in another company")
        return super().append(*facts)

    def day_of(self, instant: datetime) -> date:
        return instant.astimezone(_LONDON).date()

    def subject(self, person_id: PersonId) -> Subject:
        subject = super().subject(person_id)
        offices = {grant.hub_id for grant in self.list_facts(Grant, person_id) if grant.hub_id is not None}
        return replace(subject, hub_ids=subject.hub_ids | offices)

    def digests(self, fact_ids: Sequence[FactId]) -> list[str]:
        return [sha256(repr(self.facts[fact_id]).encode()).hexdigest() for fact_id in fact_ids]

    def enrolment(self, person_id: PersonId, programme_id: ProgrammeId) -> EnrolmentNow | None:
        found = self.list_facts(Enrolment, person_id, programme_id=programme_id)
        if not found:
            return None
        newest = found[-1]
        hubs = {cohort.cohort_id: cohort.hub_id for cohort in self.list_facts(CohortOpened)}
        return EnrolmentNow(
            fact_id=newest.fact_id,
            person_id=person_id,
            programme_id=programme_id,
            cohort_id=newest.cohort_id,
            hub_id=hubs[newest.cohort_id],
            role_id=newest.role_id,
            version_no=newest.version_no,
        )

    def attempts_on(self, programme_id: ProgrammeId, item_id: ItemId) -> list[Attempt]:
        found = self.list_facts(Attempt, programme_id=programme_id, counts=True)
        return [one for one in found if any(score.item_id == item_id for score in one.items)]

    def what_if(
        self, programme_id: ProgrammeId, facts: Sequence[Fact], as_of: datetime
    ) -> list[tuple[Verdict, Verdict]]:
        self.tried = list(facts)
        return []

    def publish(self, programme: Programme, bundle: bytes, media: Mapping[str, bytes] | None = None) -> int:
        self.files |= media or {}
        programme_id = programme.head.id
        for (known_id, version_no), kept in self.bundles.items():
            if known_id == programme_id and kept == bundle:
                return version_no
        version_no = 1 + sum(1 for known_id, _ in self.bundles if known_id == programme_id)
        self.bundles[programme_id, version_no] = bundle
        self.programmes[programme_id, version_no] = programme
        return version_no

    def programme(self, programme_id: ProgrammeId, version_no: int) -> Programme:
        if (programme_id, version_no) not in self.programmes:
            raise UnknownVersionError(programme_id, version_no)
        return self.programmes[programme_id, version_no]

    def verdict(
        self, person_id: PersonId, programme_id: ProgrammeId, as_of: datetime, known_at: datetime
    ) -> Verdict | None:
        return self.verdicts.get((person_id, programme_id))

    def put_check_in(self, person_id: PersonId, entry: CheckIn) -> None:
        self.check_ins.setdefault((person_id, entry.entry_id), entry)

    def list_check_ins(self, person_id: PersonId) -> list[CheckIn]:
        own = [entry for (owner, _), entry in self.check_ins.items() if owner == person_id]
        return sorted(own, key=lambda entry: entry.recorded_at)

    def delete_check_ins(self, person_id: PersonId, entry_id: UUID | None) -> int:
        gone = [key for key in self.check_ins if key[0] == person_id and entry_id in (None, key[1])]
        for key in gone:
            del self.check_ins[key]
        return len(gone)

    def cohort_verdicts(self, programme_id: ProgrammeId, cohort_id: CohortId, as_of: datetime) -> list[Verdict]:
        found = [
            one for one in self.verdicts.values() if (one.programme_id, one.cohort_id) == (programme_id, cohort_id)
        ]
        return sorted(found, key=lambda one: one.person_id)

    def changes_of(self, fact_id: FactId) -> set[Change]:
        """Return the kinds of change that name a fact."""
        return {amendment.change for amendment in self.changes_to(fact_id)}

    def count(self, kind: type[Fact]) -> int:
        """Return how many facts of a kind were ever recorded, amended or not."""
        return sum(isinstance(fact, kind) for fact in self.facts.values())

    def void(self, fact: Fact, fact_id: FactId, now: datetime) -> None:
        """Withdraw a fact, whoever recorded it."""
        self.append(
            Amendment(
                fact_id=fact_id,
                person_id=fact.person_id,
                actor_id=fact.actor_id,
                occurred_at=now,
                target_id=fact.fact_id,
                change=Change.VOID,
            )
        )
