"""Both programmes that ship, in one store: what they share, what they keep apart, and that their rules can be met."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assessments.facts import Attempt, Done, GlobalRating, Mode, Presence, Relation, Seen, Stage
from assessments.observations import lines_in
from assessments.service.learning import (
    record_attendance,
    record_certificate,
    record_group_delivered,
    record_peer_model,
    record_prerequisite,
    record_reflection,
    record_supervision,
)
from assessments.service.observations import open_observation, record_ticks, submit_observation
from assessments.service.programmes import publish_programme
from assessments.verdicts import GateState, Status, Verdict
from curriculum.bundle import to_bundle
from curriculum.ids import CertificateId, ChecklistId, ModuleId, PrerequisiteId, ProgrammeId, RoleId, ScenarioId
from curriculum.loading import load_programme
from curriculum.models import BehaviourKind, Programme, Scale, Setting
from people import service
from people.models import Actor, CohortId, HubId, Office, PersonId
from store.ledger import Store
from tests.builders import NOW

HOME = Path(__file__).parents[2] / "programmes"
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
        relation: Relation = Relation.TRAINER,
        scenario: str | None = None,
        stage: Stage = Stage.LEAD_WHOLE,
        code: str = "evening-1",
    ) -> None:
        """Record an observation at the table in which all that must be seen was seen, and nothing unhelpful."""
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
            relation=relation,
            counts=True,
            has_co_leader=True,
            now=NOW,
        )
        ticks: list[Any] = []
        for line in lines_in(checklist, setting):
            if checklist.scale is Scale.FIDELITY:
                ticks.append((line.id, None, Done.DONE))
                continue
            for behaviour in self.programmes[TABLE].behaviours_of(line):
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


@pytest.fixture(scope="module")
def programmes() -> dict[ProgrammeId, Programme]:
    found: dict[ProgrammeId, Programme] = {}
    for programme_id in (ALONGSIDE, TABLE):
        programme, problems = load_programme(HOME / programme_id)
        assert programme is not None, problems
        found[programme_id] = programme
    return found


@pytest.fixture
def house(programmes: dict[ProgrammeId, Programme]) -> Iterator[House]:
    store = Store.memory(clock=lambda: NOW)
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
    yield made
    store.close()


@pytest.fixture
def anna(house: House) -> PersonId:
    """A group leader of `alongside` who is a table lead as well."""
    person_id = house.enrol("Anna", ALONGSIDE, GROUP_LEADER)
    house.join(person_id, TABLE, LEAD)
    return person_id


@pytest.fixture
def ben(house: House) -> PersonId:
    """A table assistant."""
    return house.enrol("Ben", TABLE, ASSISTANT)


# ---------------------------------------------------------------- shared and apart


def test_one_certificate_counts_in_both_programmes(house, anna):
    gate = "safeguarding-certificate"
    assert [house.gate(anna, one, gate) for one in (ALONGSIDE, TABLE)] == [GateState.NOT_MET] * 2
    house.certify(anna, SAFEGUARDING, TODAY + timedelta(days=100))
    assert [house.gate(anna, one, gate) for one in (ALONGSIDE, TABLE)] == [GateState.MET] * 2


def test_shared_certificate_runs_out_in_both_programmes(house, anna):
    house.certify(anna, SAFEGUARDING, TODAY + timedelta(days=100))
    for days, state in ((100, GateState.MET), (101, GateState.NOT_MET)):
        at = NOW + timedelta(days=days)
        assert [house.gate(anna, one, "safeguarding-certificate", at) for one in (ALONGSIDE, TABLE)] == [state] * 2


def test_another_certificate_does_not_stand_in(house, anna):
    house.certify(anna, FIRST_AID, TODAY + timedelta(days=100))
    assert house.gate(anna, TABLE, "first-aid") is GateState.MET
    assert house.gate(anna, TABLE, "safeguarding-certificate") is GateState.NOT_MET


def test_training_in_one_programme_is_no_training_in_the_other(house, anna):
    house.attend(anna, ALONGSIDE, *(session.id for session in house.programmes[ALONGSIDE].head.sessions))
    assert house.gate(anna, ALONGSIDE, "training") is GateState.MET
    assert house.count(anna, TABLE, "training-lead") == (0, 7)


def test_supervision_in_one_programme_is_none_in_the_other(house, anna):
    given: Any = {"mode": Mode.PHONE, "held_on": TODAY, "now": NOW}
    for _ in range(2):
        record_supervision(house.store, house.trainer, anna, TABLE, 30, **given)
    assert house.gate(anna, TABLE, "supervision") is GateState.MET
    assert house.gate(anna, ALONGSIDE, "supervision") is GateState.NOT_MET


# ---------------------------------------------------------------- two roles, two doses


def test_sessions_four_to_seven_are_enough_for_an_assistant_and_not_for_a_lead(house, anna, ben):
    for person_id in (anna, ben):
        house.attend(person_id, TABLE, "T4", "T5", "T6", "T7")
    assert house.gate(ben, TABLE, "training-assistant") is GateState.MET
    assert house.gate(anna, TABLE, "training-lead") is GateState.NOT_MET
    assert house.count(anna, TABLE, "training-lead") == (4, 7)
    house.attend(anna, TABLE, "T1", "T2", "T3")
    assert house.gate(anna, TABLE, "training-lead") is GateState.MET


def test_the_first_sessions_do_not_count_for_an_assistant(house, ben):
    house.attend(ben, TABLE, "T1", "T2", "T3", "T4")
    assert house.count(ben, TABLE, "training-assistant") == (1, 4)


def test_the_dose_of_the_other_role_is_not_required(house, anna, ben):
    assert house.gate(anna, TABLE, "training-assistant") is GateState.NOT_REQUIRED
    assert house.gate(ben, TABLE, "training-lead") is GateState.NOT_REQUIRED


def test_an_assistant_who_becomes_a_lead_needs_the_dose_of_a_lead(house, ben):
    house.attend(ben, TABLE, "T4", "T5", "T6", "T7")
    house.join(ben, TABLE, LEAD)
    assert house.gate(ben, TABLE, "training-assistant") is GateState.NOT_REQUIRED
    assert house.count(ben, TABLE, "training-lead") == (4, 7)


# ---------------------------------------------------------------- ready without a quiz


def _do_what_both_roles_need(house: House, person_id: PersonId) -> None:
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


def _evaluate(house: House, person_id: PersonId, partner_id: PersonId, n: int) -> None:
    for number in range(n):
        code = f"evening-{number}"
        house.observe(person_id, "F1", by=person_id, relation=Relation.SELF, code=code)
        house.observe(person_id, "F1", by=partner_id, relation=Relation.PARTNER, code=code)


def _train_assistant(house: House, person_id: PersonId, partner_id: PersonId, n_evenings: int) -> None:
    house.attend(person_id, TABLE, "T4", "T5", "T6", "T7")
    _do_what_both_roles_need(house, person_id)
    _evaluate(house, person_id, partner_id, 1)
    for number in range(n_evenings):
        house.observe(person_id, "F1", stage=Stage.CO_LEAD, code=f"evening-{number}")


def test_an_assistant_gets_ready_without_a_quiz(house, anna, ben):
    _train_assistant(house, ben, anna, n_evenings=1)
    assert [gate.gate_id for gate in house.verdict(ben, TABLE).open_blocks] == ["live-assistant"]
    house.observe(ben, "F1", stage=Stage.CO_LEAD, code="evening-2")
    assert house.verdict(ben, TABLE).status is Status.READY_FOR_DECISION
    assert house.store.list_facts(Attempt) == []


def test_warnings_and_information_do_not_hold_an_assistant_back(house, anna, ben):
    _train_assistant(house, ben, anna, n_evenings=2)
    still_open = {gate.gate_id for gate in house.verdict(ben, TABLE).gates if not gate.is_open}
    assert still_open == {"two-observers", "season-helped", "first-aid"}


def test_a_lead_gets_ready_with_seven_sessions_and_a_whole_season(house, anna, ben):
    house.attend(anna, TABLE, "T1", "T2", "T3", "T4", "T5", "T6", "T7")
    _do_what_both_roles_need(house, anna)
    for number, stage in enumerate((Stage.LEAD_PART, Stage.LEAD_WHOLE), start=1):
        for checklist_id in ("F1", "F2", "F4"):
            house.observe(anna, checklist_id, stage=stage, code=f"evening-{number}")
    _evaluate(house, anna, ben, 1)
    record_group_delivered(house.store, house.trainer, anna, TABLE, "season-1", held_on=TODAY, now=NOW)
    assert [gate.gate_id for gate in house.verdict(anna, TABLE).open_blocks] == ["evaluations-lead"]
    _evaluate(house, anna, ben, 1)
    assert house.verdict(anna, TABLE).status is Status.READY_FOR_DECISION


def test_a_level_of_oneself_or_the_partner_is_no_practice(house, anna, ben):
    _evaluate(house, ben, anna, 2)
    assert house.gate(ben, TABLE, "evaluations-assistant") is GateState.MET
    assert house.count(ben, TABLE, "live-assistant") == (0, 2)
