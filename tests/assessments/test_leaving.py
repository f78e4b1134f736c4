"""A trainer leaves: nothing that waits for them is forgotten, old sign-offs stand, and their sessions end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest

from assessments.errors import HandOverError
from assessments.facts import Countersign, Observation, ObservationOpened, ObservationRequest, SignOff
from assessments.reasons import CorrectionReason
from assessments.service.decisions import countersign, sign_off
from assessments.service.holds import record_debrief
from assessments.service.learning import correct
from assessments.service.leaving import Choices, hand_over, prepare_leaving
from assessments.service.observations import list_open_forms, request_observation
from assessments.verdicts import Status
from curriculum.ids import ChecklistId
from curriculum.models import Setting
from people.errors import NotAllowedError, OpenWorkError
from people.facts import (
    Amendment,
    Change,
    ClockChange,
    ClockReason,
    EndReason,
    FactId,
    WorkHandedOver,
    WorkKind,
)
from people.models import Actor, Office, PersonId
from people.service import (
    assign_trainer,
    change_clock,
    end_assignment,
    end_grant,
    find_actor,
    give_grant,
    start_session,
)
from people.service.reach import list_assignments, list_grants
from tests.assessments.world import TODAY, open_form, submit, tick
from tests.builders import NOW, PROGRAMME
from tests.rights.house import HERE, LEVELS, THE_OPERATOR, THERE, House, Stage, make_house

LATER = NOW + timedelta(hours=1)
_NUMBERS = count(1)


@dataclass
class Desk:
    """A trainer who leaves, a trainee of theirs, and another trainer who stays."""

    stage: Stage
    leaver: Actor
    stays: Actor

    @property
    def store(self):
        return self.stage.store

    @property
    def grant_id(self) -> FactId:
        return next(one.fact_id for one in list_grants(self.store, self.leaver.person_id, NOW))

    def open_work(self) -> dict[WorkKind, FactId]:
        """Return what waits for the leaver about the trainee."""
        handings = prepare_leaving(self.store, self.stage.cast["manager"], self.grant_id, NOW)
        return {each.work.kind: each.work.target_id for each in handings if each.work.person_id == self.stage.person_id}

    def give_all(self, **changed: PersonId | None) -> Choices:
        """Choose the trainer who stays for everything, and the training lead for countersignatures."""
        lead = self.stage.person_of("lead")
        usual = {WorkKind.FORM: None, WorkKind.COUNTERSIGN: lead}
        return {
            target: changed.get(kind, usual.get(kind, self.stays.person_id))
            for kind, target in self.open_work().items()
        }

    def leave(self, choices: Choices, actor: str = "manager") -> Amendment:
        return hand_over(self.store, self.stage.cast[actor], self.grant_id, choices, now=LATER)

    def request(self, asked: Actor | None) -> ObservationRequest:
        asked_id = None if asked is None else asked.person_id
        return request_observation(
            self.store,
            self.stage.trainee,
            PROGRAMME,
            ChecklistId("C2"),
            Setting.ROLEPLAY,
            asked_id=asked_id,
            now=NOW,
        )

    def see_harm(self, **frame: object) -> Observation:
        opened = open_form(self.stage.world, self.leaver, **frame)
        tick(self.stage.world, opened, ("L2", "D1.2-U1", "seen"), actor=self.leaver)
        return submit(self.stage.world, opened, self.leaver, confirms_harm=True)


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = make_house()
    yield made
    made.store.close()


@pytest.fixture
def desk(house: House) -> Desk:
    """The trainee has the leaver alone."""
    stage, n = house.stage(), next(_NUMBERS)
    leaver, stays = (house.hire(f"{name}_{n}", Office.TRAINER, HERE) for name in ("leaver", "stays"))
    (first,) = list_assignments(house.store, stage.person_id)
    end_assignment(house.store, THE_OPERATOR, first.fact_id, NOW)
    assign_trainer(house.store, THE_OPERATOR, stage.person_id, leaver.person_id, NOW)
    return Desk(stage, leaver, stays)


# ---------------------------------------------------------------- what is open


def test_all_that_waits_for_a_trainer_is_listed(desk: Desk) -> None:
    desk.request(desk.leaver)
    begun = open_form(desk.stage.world, desk.leaver, checklist_id=ChecklistId("C7"), setting=Setting.LIVE)
    desk.see_harm(setting=Setting.LIVE, counts=True)
    assert set(desk.open_work()) == {WorkKind.TRAINEE, WorkKind.FORM, WorkKind.HOLD, WorkKind.REQUEST}
    assert desk.open_work()[WorkKind.FORM] == begun.fact_id


def test_a_talk_that_is_owed_is_listed_where_there_is_no_hold(desk: Desk) -> None:
    seen = desk.see_harm()
    assert desk.open_work()[WorkKind.DEBRIEF] == seen.fact_id
    record_debrief(desk.store, desk.leaver, seen.fact_id, True, NOW)
    assert WorkKind.DEBRIEF not in desk.open_work()


def test_a_countersignature_that_is_wanted_is_listed(desk: Desk) -> None:
    desk.stage.make_ready()
    signed = sign_off(desk.store, desk.leaver, desk.stage.person_id, PROGRAMME, LEVELS, note="", now=NOW)
    assert desk.open_work()[WorkKind.COUNTERSIGN] == signed.fact_id
    countersign(desk.store, desk.stage.cast["lead"], signed.fact_id, NOW)
    assert WorkKind.COUNTERSIGN not in desk.open_work()


def test_what_was_asked_of_any_trainer_or_done_since_waits_for_nobody_in_particular(desk: Desk) -> None:
    desk.request(None)
    assert set(desk.open_work()) == {WorkKind.TRAINEE}
    desk.request(desk.leaver)
    opened = open_form(desk.stage.world, desk.leaver, now=LATER)
    tick(desk.stage.world, opened, ("L1", "D1.1-B1", "seen"), actor=desk.leaver)
    submit(desk.stage.world, opened, desk.leaver, now=LATER)
    assert set(desk.open_work()) == {WorkKind.TRAINEE}


def test_a_form_that_was_taken_back_leaves_the_request_open(desk: Desk) -> None:
    desk.request(desk.leaver)
    opened = open_form(desk.stage.world, desk.leaver, now=LATER)
    assert WorkKind.REQUEST not in desk.open_work()
    correct(desk.store, desk.leaver, opened.fact_id, CorrectionReason.WRONG_ENTRY, LATER)
    assert set(desk.open_work()) == {WorkKind.TRAINEE, WorkKind.REQUEST}
    asked = desk.store.query("assigned_requests", desk.leaver)
    assert [row["person_no"] for row in asked] == [desk.stage.person_id]


def test_the_office_does_not_end_while_something_is_open_and_all_of_it_is_named(desk: Desk) -> None:
    desk.request(desk.leaver)
    desk.see_harm(setting=Setting.LIVE, counts=True)
    name, position = desk.stage.trainee.name, desk.store.position
    with pytest.raises(OpenWorkError) as caught:
        end_grant(desk.store, desk.stage.cast["manager"], desk.grant_id, NOW)
    assert caught.value.open_work == (
        f"1 trainee ({name})",
        f"1 request to be watched ({name})",
        f"1 hold ({name})",
    )
    assert desk.store.position == position


# ---------------------------------------------------------------- who may take it


def test_takers_are_the_other_trainers_of_the_hub_and_those_who_may_countersign(desk: Desk) -> None:
    desk.stage.make_ready()
    sign_off(desk.store, desk.leaver, desk.stage.person_id, PROGRAMME, LEVELS, note="", now=NOW)
    give_grant(desk.store, THE_OPERATOR, desk.leaver.person_id, Office.TRAINING_LEAD, NOW, hub_id=HERE)
    give_grant(
        desk.store,
        THE_OPERATOR,
        desk.stage.person_of("fellow"),
        Office.COUNTERSIGNER,
        NOW,
        record_id=desk.stage.person_id,
        until_on=TODAY,
    )
    handings = prepare_leaving(desk.store, desk.stage.cast["manager"], desk.grant_id, NOW)
    takers = {each.work.kind: set(each.takers) for each in handings}
    assert {desk.stays.person_id, desk.stage.person_of("other_trainer")} <= takers[WorkKind.TRAINEE]
    assert takers[WorkKind.TRAINEE].isdisjoint({desk.leaver.person_id, desk.stage.person_of("there_trainer")})
    assert takers[WorkKind.COUNTERSIGN] == {desk.stage.person_of("lead"), desk.stage.person_of("fellow")}


def test_every_choice_that_is_missing_or_wrong_is_named(desk: Desk) -> None:
    desk.request(desk.leaver)
    open_form(desk.stage.world, desk.leaver, checklist_id=ChecklistId("C7"), setting=Setting.LIVE)
    work, position = desk.open_work(), desk.store.position
    wrong = {work[WorkKind.TRAINEE]: None, work[WorkKind.REQUEST]: desk.stage.person_of("there_trainer")}
    with pytest.raises(HandOverError) as caught:
        desk.leave(wrong)
    assert len(caught.value.faults) == 3
    assert "it needs somebody" in caught.value.faults[0]
    assert "cannot take it" in caught.value.faults[1]
    assert "choose who takes it over" in caught.value.faults[2]
    assert desk.store.position == position


def test_a_hold_is_followed_up_by_somebody_who_trains_the_person_then(desk: Desk) -> None:
    desk.see_harm(setting=Setting.LIVE, counts=True)
    work = desk.open_work()
    other = desk.stage.person_of("other_trainer")
    with pytest.raises(HandOverError, match="does not train them"):
        desk.leave({work[WorkKind.TRAINEE]: desk.stays.person_id, work[WorkKind.HOLD]: other})
    with pytest.raises(HandOverError, match="needs somebody"):
        desk.leave({work[WorkKind.TRAINEE]: desk.stays.person_id, work[WorkKind.HOLD]: None})


def test_a_trainee_with_another_trainer_needs_no_new_one(desk: Desk) -> None:
    assign_trainer(desk.store, THE_OPERATOR, desk.stage.person_id, desk.stays.person_id, NOW)
    desk.leave(desk.give_all(trainee=None))
    assert desk.store.subject(desk.stage.person_id).trainer_ids == {desk.stays.person_id}


def test_who_has_left_the_programme_needs_no_trainer(desk: Desk) -> None:
    change_clock(
        desk.store,
        THE_OPERATOR,
        desk.stage.person_id,
        PROGRAMME,
        change=ClockChange.WITHDRAWN,
        reason=ClockReason.OWN_WISH,
        now=LATER,
    )
    desk.leave(desk.give_all(trainee=None))
    assert desk.store.subject(desk.stage.person_id).trainer_ids == frozenset()


@pytest.mark.parametrize("name", ["trainer", "lead", "coordinator", "there_manager", "safeguarding", "funder"])
def test_only_who_looks_after_the_people_of_the_hub_hands_over(desk: Desk, name: str) -> None:
    choices = desk.give_all()
    with pytest.raises(NotAllowedError):
        prepare_leaving(desk.store, desk.stage.cast[name], desk.grant_id, NOW)
    with pytest.raises(NotAllowedError):
        desk.leave(choices, name)


# ---------------------------------------------------------------- what becomes of it


def test_trainee_and_request_go_to_the_other_trainer(desk: Desk) -> None:
    first = desk.request(desk.leaver)
    desk.leave(desk.give_all())
    assert desk.store.subject(desk.stage.person_id).trainer_ids == {desk.stays.person_id}
    rows = [
        row for row in desk.store.query("assigned_requests", desk.stays) if row["person_no"] == desk.stage.person_id
    ]
    assert [(row["is_asked_of_me"], row["occurred_at"]) for row in rows] == [(True, first.occurred_at)]
    assert [change.change for change in desk.store.changes_to(first.fact_id)] == [Change.REPLACED]


def test_a_request_that_was_addressed_anew_is_still_the_trainees_to_take_back(desk: Desk) -> None:
    desk.request(desk.leaver)
    desk.leave(desk.give_all())
    (asked,) = desk.store.list_facts(ObservationRequest, desk.stage.person_id)
    with pytest.raises(NotAllowedError):
        correct(desk.store, desk.stage.cast["manager"], asked.fact_id, CorrectionReason.DUPLICATE, LATER)
    correct(desk.store, desk.stage.trainee, asked.fact_id, CorrectionReason.DUPLICATE, LATER)
    assert desk.store.list_facts(ObservationRequest, desk.stage.person_id) == []


def test_a_form_is_set_aside_and_stays_on_record(desk: Desk) -> None:
    begun = open_form(desk.stage.world, desk.leaver)
    desk.leave(desk.give_all())
    assert list_open_forms(desk.store, desk.leaver) == []
    assert desk.store.find(ObservationOpened, begun.fact_id) == begun


def test_who_took_over_what_is_recorded(desk: Desk) -> None:
    desk.see_harm(setting=Setting.LIVE, counts=True)
    work = desk.open_work()
    desk.leave(desk.give_all())
    handed = desk.store.list_facts(WorkHandedOver, desk.stage.person_id)
    assert {(one.kind, one.target_id, one.to_id) for one in handed} == {
        (kind, target, desk.stays.person_id) for kind, target in work.items()
    }
    assert {(one.from_id, one.actor_id) for one in handed} == {(desk.leaver.person_id, desk.stage.person_of("manager"))}


def test_the_new_trainer_finds_the_hold_and_can_talk_it_through(desk: Desk) -> None:
    seen = desk.see_harm(setting=Setting.LIVE, counts=True)
    desk.leave(desk.give_all())
    rows = desk.store.query("assigned_harm", desk.stays)
    assert seen.fact_id in {row["fact_id"] for row in rows}
    assert record_debrief(desk.store, desk.stays, seen.fact_id, True, LATER).actor_id == desk.stays.person_id
    verdict = desk.store.verdict(desk.stage.person_id, PROGRAMME, LATER, LATER)
    assert verdict is not None
    assert verdict.status == Status.ON_HOLD


def test_old_sign_offs_stand_and_can_be_countersigned(desk: Desk) -> None:
    desk.stage.make_ready()
    signed = sign_off(desk.store, desk.leaver, desk.stage.person_id, PROGRAMME, LEVELS, note="", now=NOW)
    desk.leave(desk.give_all())
    assert desk.store.list_facts(SignOff, desk.stage.person_id) == [signed]
    countersign(desk.store, desk.stage.cast["lead"], signed.fact_id, LATER)
    assert len(desk.store.list_facts(Countersign, desk.stage.person_id)) == 1
    verdict = desk.store.verdict(desk.stage.person_id, PROGRAMME, LATER, LATER)
    assert verdict is not None
    assert verdict.status == Status.SIGNED_OFF


def test_the_leaver_is_signed_out_and_sees_nobody(desk: Desk) -> None:
    give_grant(desk.store, THE_OPERATOR, desk.leaver.person_id, Office.COORDINATOR, NOW, hub_id=HERE)
    token = start_session(desk.store, desk.leaver.person_id, NOW).token
    grant_id = next(
        one.fact_id for one in list_grants(desk.store, desk.leaver.person_id, NOW) if one.office == Office.TRAINER
    )
    end = hand_over(desk.store, desk.stage.cast["manager"], grant_id, desk.give_all(), now=LATER, reason=EndReason.LEFT)
    assert end.reason == EndReason.LEFT
    assert find_actor(desk.store, token, LATER) is None
    assert {one.office for one in list_grants(desk.store, desk.leaver.person_id, LATER)} == {Office.COORDINATOR}
    assert desk.store.query("assigned_trainees", desk.leaver) == []


def test_a_second_click_changes_nothing(desk: Desk) -> None:
    choices, grant_id = desk.give_all(), desk.grant_id
    first = desk.leave(choices)
    position = desk.store.position
    manager = desk.stage.cast["manager"]
    assert hand_over(desk.store, manager, grant_id, choices, now=LATER + timedelta(minutes=1)) == first
    assert desk.store.position == position


def test_who_comes_back_and_leaves_again_leaves_only_what_is_new(desk: Desk) -> None:
    desk.see_harm(setting=Setting.LIVE, counts=True)
    desk.leave(desk.give_all())
    give_grant(desk.store, THE_OPERATOR, desk.leaver.person_id, Office.TRAINER, LATER, hub_id=HERE)
    assert desk.open_work() == {}
    assign_trainer(desk.store, THE_OPERATOR, desk.stage.person_id, desk.leaver.person_id, LATER)
    assert set(desk.open_work()) == {WorkKind.TRAINEE}


def test_work_in_a_hub_where_the_office_goes_on_is_left_alone(desk: Desk) -> None:
    give_grant(desk.store, THE_OPERATOR, desk.leaver.person_id, Office.TRAINER, NOW, hub_id=THERE)
    there = desk.stage.person_of("there_trainee")
    assign_trainer(desk.store, THE_OPERATOR, there, desk.leaver.person_id, NOW)
    desk.leave(desk.give_all())
    assert desk.leaver.person_id in desk.store.subject(there).trainer_ids
