"""A cohort's calendar, and what is ready for a session."""

from datetime import date, timedelta

import pytest

from assessments.errors import SkippedTimeError, TimeTakenError, UnknownFactError, UnknownPartError, WrongInputError
from assessments.service import support
from assessments.service.support.sessions import SessionTime, is_called_off
from assessments.support import PreparationNoted, PreparationState, SessionKind, SessionPlanned
from curriculum.models import Preparation
from people.errors import NotAllowedError, NotKnownError
from people.ids import new_fact_id
from people.models import Actor, CohortId
from tests.assessments.support.conftest import TUESDAY, Hub
from tests.builders import COHORT

TEN = 600


def plan(hub: Hub, actor: Actor | None = None, code: str = "RIV-A week 3", **changes) -> SessionPlanned:
    given = {
        "kind": SessionKind.LIVE,
        "session_code": code,
        "when": SessionTime(TUESDAY, TEN, 120),
        "leader_ids": (hub.world.trainee.person_id, hub.world.fellow.person_id),
        "now": hub.now,
    }
    cohort_id = changes.pop("cohort_id", COHORT)
    return support.plan_session(hub.store, actor or hub.world.coordinator, cohort_id, 1, **given | changes)


def note(
    hub: Hub, planned: SessionPlanned, who: str, state: PreparationState = PreparationState.READY
) -> PreparationNoted:
    actor = getattr(hub.world, who)
    return support.note_preparation(hub.store, actor, planned.fact_id, Preparation.VENUE, state, now=hub.now)


def test_a_session_is_led_by_a_pair(hub: Hub) -> None:
    planned = plan(hub)
    assert planned.leader_ids == (hub.world.trainee.person_id, hub.world.fellow.person_id)
    third = hub.world.trainer.person_id
    with pytest.raises(WrongInputError, match="at most two"):
        plan(hub, leader_ids=(*planned.leader_ids, third))


def test_taught_sessions_are_those_of_the_programme(hub: Hub) -> None:
    taught = {"kind": SessionKind.TAUGHT, "leader_ids": ()}
    assert plan(hub, code="T1", **taught).session_code == "T1"
    with pytest.raises(UnknownPartError, match="no session `T7`"):
        plan(hub, code="T7", **taught)


def test_double_clicks_plan_it_once(hub: Hub) -> None:
    same = new_fact_id()
    assert plan(hub, fact_id=same) == plan(hub, fact_id=same)
    assert len(hub.store.list_facts(SessionPlanned)) == 1


def test_a_session_that_is_moved_takes_the_place_of_the_first(hub: Hub) -> None:
    first = plan(hub)
    later = plan(hub, when=SessionTime(TUESDAY, TEN + 30, 120), moves_id=first.fact_id)
    assert hub.store.list_facts(SessionPlanned) == [later]
    with pytest.raises(UnknownFactError):
        note(hub, first, "coordinator")


def test_nobody_leads_two_sessions_at_once(hub: Hub) -> None:
    plan(hub)
    with pytest.raises(TimeTakenError, match="already has a meeting on 2025-03-11 at 10:00"):
        plan(hub, code="RIV-B week 1", when=SessionTime(TUESDAY, TEN + 60, 120))
    support.call_off_session(hub.store, hub.world.coordinator, hub.store.list_facts(SessionPlanned)[0].fact_id, hub.now)
    plan(hub, code="RIV-B week 1", when=SessionTime(TUESDAY, TEN + 60, 120))


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"code": ""}, WrongInputError, "Use a code, never a name"),
        ({"code": "mail@home"}, WrongInputError, "Use a code"),
        ({"when": SessionTime(date(2025, 3, 9), TEN, 60)}, WrongInputError, "a day to come"),
        ({"when": SessionTime(TUESDAY, TEN, 5)}, WrongInputError, "15 to 600"),
        ({"when": SessionTime(date(2025, 3, 30), 90, 60)}, SkippedTimeError, "go forward"),
        ({"cohort_id": CohortId("nowhere")}, NotKnownError, "nowhere"),
    ],
)
def test_what_does_not_fit_is_refused(hub: Hub, changes: dict, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        plan(hub, **changes)
    assert hub.store.list_facts(SessionPlanned) == []


def test_leaders_are_of_this_hub(hub: Hub) -> None:
    stranger = hub.world.outsider.person_id
    with pytest.raises(NotKnownError):
        plan(hub, leader_ids=(stranger,))


def test_a_trainer_keeps_the_calendar_of_their_own_trainees_alone(hub: Hub) -> None:
    mine = (hub.world.trainee.person_id,)
    plan(hub, hub.world.trainer, leader_ids=mine)
    for changes in ({}, {"leader_ids": ()}, {"kind": SessionKind.TAUGHT, "code": "T1", "leader_ids": mine}):
        with pytest.raises(NotAllowedError):
            plan(hub, hub.world.trainer, **changes)


@pytest.mark.parametrize("who", ["trainee", "lead", "manager", "outsider", "safeguarding"])
def test_others_keep_no_calendar(hub: Hub, who: str) -> None:
    with pytest.raises(NotAllowedError):
        plan(hub, getattr(hub.world, who))


def test_the_pair_their_trainer_and_the_coordinator_prepare(hub: Hub) -> None:
    planned = plan(hub)
    for number, who in enumerate(("trainee", "fellow", "trainer", "coordinator")):
        note(hub, planned, who, list(PreparationState)[number % 3])
    assert len(hub.store.list_facts(PreparationNoted)) == 4
    for who in ("outsider", "manager", "lead", "safeguarding"):
        with pytest.raises(NotAllowedError):
            note(hub, planned, who)


def test_the_same_again_adds_nothing(hub: Hub) -> None:
    planned = plan(hub)
    first = note(hub, planned, "trainee")
    assert note(hub, planned, "fellow") == first
    note(hub, planned, "trainee", PreparationState.NOT_READY)
    note(hub, planned, "trainee")
    assert len(hub.store.list_facts(PreparationNoted)) == 3


def test_what_was_called_off_needs_no_preparation(hub: Hub) -> None:
    planned = plan(hub)
    support.call_off_session(hub.store, hub.world.coordinator, planned.fact_id, hub.now)
    support.call_off_session(hub.store, hub.world.coordinator, planned.fact_id, hub.now)
    assert is_called_off(hub.store, planned)
    with pytest.raises(WrongInputError, match="called off"):
        note(hub, planned, "trainee")


def test_a_year_ahead_is_far_enough(hub: Hub) -> None:
    with pytest.raises(WrongInputError):
        plan(hub, when=SessionTime(TUESDAY + timedelta(days=370), TEN, 60))
