"""A hub that runs both programmes: the first part of Alongside, and Carers' Table whole."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assessments.facts import Done, GlobalRating, Mode, Presence, Seen, Stage, YesNo
from assessments.observations import lines_in
from assessments.service.learning import (
    record_attendance,
    record_certificate,
    record_peer_model,
    record_prerequisite,
    record_reflection,
    record_supervision,
)
from assessments.service.observations import open_observation, record_ticks, submit_observation
from assessments.service.programmes import publish_programme
from assessments.verdicts import GateState, Verdict
from curriculum.bundle import to_bundle
from curriculum.ids import (
    CertificateId,
    ChecklistId,
    ModuleId,
    PrerequisiteId,
    ProgrammeId,
    RoleId,
    ScenarioId,
)
from curriculum.loading import load_programme
from curriculum.models import BehaviourKind, Programme, ScaleKind, Setting
from people import service
from people.models import Actor, CohortId, HubId, Office, PersonId
from store.ledger import Store
from tests.builders import NOW

TABLE_FOLDER = Path(__file__).parents[1] / "programmes" / "carers-table"
OPERATOR = Actor(PersonId(0), "operator", is_operator=True)
HUB = HubId("harbour")
ALONGSIDE, TABLE = ProgrammeId("alongside"), ProgrammeId("carers-table")
GROUP_LEADER, LEAD, ASSISTANT = RoleId("group-leader"), RoleId("lead"), RoleId("assistant")
SAFEGUARDING, FIRST_AID = CertificateId("safeguarding"), CertificateId("first-aid")
TODAY = NOW.date()


@dataclass
class House:
    """A hub with a cohort in each programme, and a trainer who looks after everyone."""

    store: Store
    programmes: dict[ProgrammeId, Programme]
    versions: dict[ProgrammeId, int]
    cohorts: dict[ProgrammeId, CohortId] = field(default_factory=dict)
    trainer: Actor = OPERATOR

    def actor(self, person_id: PersonId) -> Actor:
        return Actor(person_id, self.store.name_of(person_id), service.held_grants(self.store, person_id, NOW))

    def enrol(self, name: str, programme_id: ProgrammeId, role_id: RoleId) -> PersonId:
        person_id = service.add_person(self.store, OPERATOR, name, name.lower(), NOW)
        self.join(person_id, programme_id, role_id)
        service.assign_trainer(self.store, OPERATOR, person_id, self.trainer.person_id, NOW)
        return person_id

    def join(self, person_id: PersonId, programme_id: ProgrammeId, role_id: RoleId) -> None:
        place: Any = {"cohort_id": self.cohorts[programme_id], "role_id": role_id}
        service.enrol(self.store, OPERATOR, person_id, **place, version_no=self.versions[programme_id], now=NOW)

    def attend(self, person_id: PersonId, programme_id: ProgrammeId, *sessions: str) -> None:
        for session in sessions:
            given: Any = {"presence": Presence.PRESENT, "minutes": 90, "held_on": TODAY, "now": NOW}
            record_attendance(self.store, self.trainer, person_id, programme_id, session, **given)

    def certify(self, person_id: PersonId, certificate_id: CertificateId, expires_on: date) -> None:
        dates: Any = {"expires_on": expires_on, "now": NOW}
        record_certificate(self.store, self.trainer, person_id, certificate_id, TODAY, **dates)

    def observe(
        self,
        person_id: PersonId,
        checklist_id: str,
        *,
        by: PersonId | None = None,
        scenario: str | None = None,
        stage: Stage = Stage.LEAD_WHOLE,
        code: str = "evening-1",
    ) -> None:
        """Record an observation at the table, by whom the form is for: all basics seen, and nothing unhelpful."""
        checklist = self.programmes[TABLE].checklist_by_id[ChecklistId(checklist_id)]
        setting = Setting.ROLEPLAY if scenario else Setting.LIVE
        actor = self.actor(by) if by else self.trainer
        opened = open_observation(
            self.store,
            actor,
            person_id,
            TABLE,
            checklist.id,
            setting=setting,
            stage=stage,
            scenario_id=ScenarioId(scenario) if scenario else None,
            session_code=code,
            relation=checklist.rater,
            counts=True,
            has_co_leader=True,
            now=NOW,
        )
        programme = self.programmes[TABLE]
        whole = YesNo.YES if programme.scale_of(checklist).kind is ScaleKind.YES_NO else Done.DONE
        ticks: list[Any] = []
        for line in lines_in(checklist, setting):
            watched = programme.watched_on(checklist, line)
            ticks += [] if watched else [(line.id, None, whole)]
            for behaviour in watched:
                is_basic = behaviour.kind is BehaviourKind.BASIC
                ticks.append((line.id, behaviour.id, Seen.SEEN if is_basic else Seen.NOT_SEEN))
        record_ticks(self.store, actor, opened.fact_id, ticks, NOW)
        footer: Any = {"global_rating": GlobalRating.PASS, "entrustment": 4, "strength": "", "next_step": ""}
        submit_observation(self.store, actor, opened.fact_id, **footer, confirms_harm=False, now=NOW)

    def verdict(self, person_id: PersonId, programme_id: ProgrammeId, at: datetime = NOW) -> Verdict:
        found = self.store.verdict(person_id, programme_id, at, at)
        assert found is not None
        return found

    def gate(self, person_id: PersonId, programme_id: ProgrammeId, gate_id: str, at: datetime = NOW) -> GateState:
        return self._gate(person_id, programme_id, gate_id, at).state

    def count(self, person_id: PersonId, programme_id: ProgrammeId, gate_id: str) -> tuple[int, int]:
        gate = self._gate(person_id, programme_id, gate_id, NOW)
        return gate.have, gate.need

    def _gate(self, person_id: PersonId, programme_id: ProgrammeId, gate_id: str, at: datetime) -> Any:
        return next(gate for gate in self.verdict(person_id, programme_id, at).gates if gate.gate_id == gate_id)


@pytest.fixture(scope="session")
def programmes(first_part: Programme) -> dict[ProgrammeId, Programme]:
    table, problems = load_programme(TABLE_FOLDER)
    assert table is not None, problems
    return {ALONGSIDE: first_part, TABLE: table}


@pytest.fixture
def house(programmes: dict[ProgrammeId, Programme]) -> Iterator[House]:
    made = make_house(Store.memory(clock=lambda: NOW), programmes)
    yield made
    made.store.close()


def make_house(store: Store, programmes: dict[ProgrammeId, Programme]) -> House:
    """Open the hub in an empty store."""
    service.open_hub(store, OPERATOR, HUB, "Harbour", NOW)
    versions = {
        programme_id: publish_programme(store, OPERATOR, programme, to_bundle(programme), NOW)
        for programme_id, programme in programmes.items()
    }
    made = House(store, programmes, versions)
    for programme_id, version_no in versions.items():
        given: Any = {"starts_on": TODAY, "active_version_no": version_no, "now": NOW}
        made.cohorts[programme_id] = service.open_cohort(
            store, OPERATOR, HUB, programme_id, f"Spring {programme_id}", **given
        ).cohort_id
    trainer_id = service.add_person(store, OPERATOR, "Ruth", "ruth", NOW)
    service.give_grant(store, OPERATOR, trainer_id, Office.TRAINER, NOW, hub_id=HUB)
    made.trainer = made.actor(trainer_id)
    return made


@pytest.fixture
def anna(house: House) -> PersonId:
    return enrol_anna(house)


@pytest.fixture
def ben(house: House) -> PersonId:
    return enrol_ben(house)


def enrol_anna(house: House) -> PersonId:
    """Enrol a group leader of `alongside` who is a table lead as well."""
    person_id = house.enrol("Anna", ALONGSIDE, GROUP_LEADER)
    house.join(person_id, TABLE, LEAD)
    return person_id


def enrol_ben(house: House) -> PersonId:
    """Enrol a table assistant."""
    return house.enrol("Ben", TABLE, ASSISTANT)


def do_what_both_roles_need(house: House, person_id: PersonId) -> None:
    """Let a person at the table do what is asked of leads and assistants alike, but for evenings and evaluations."""
    store, trainer, person = house.store, house.trainer, house.actor(person_id)
    day: Any = {"held_on": TODAY, "now": NOW}
    for name in ("came-as-guest", "references", "references"):
        record_prerequisite(store, trainer, person_id, TABLE, PrerequisiteId(name), seen_on=TODAY, now=NOW)
    for _ in range(2):
        record_supervision(store, trainer, person_id, TABLE, 30, mode=Mode.IN_PERSON, **day)
    for module in ("H1", "H2"):
        record_reflection(store, person, TABLE, ModuleId(module), "I waited longer.", now=NOW)
    record_peer_model(store, person, TABLE, "evening-0", "A calm start.", watched_on=TODAY, now=NOW)
    house.certify(person_id, SAFEGUARDING, TODAY + timedelta(days=300))
    for checklist_id, scenario in (("F2", "the-new-chair"), ("F3", "the-school-bus"), ("F3", "the-bolted-door")):
        house.observe(person_id, checklist_id, scenario=scenario)
