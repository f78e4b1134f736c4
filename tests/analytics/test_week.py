"""What a co-ordinator sees to in a week, for whom something waits, and the cohort as a team."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from analytics.our_cohort import see_our_cohort
from analytics.waiting import see_waiting
from analytics.week import Task, TaskKind, see_week
from assessments.facts import Mode, ModuleProgress, Supervision
from assessments.service import support
from assessments.support import ContactTopic, PreparationState, SessionKind
from curriculum.ids import ModuleId
from curriculum.models import Preparation
from people.errors import NotAllowedError
from people.models import HubId, Office, PersonId
from tests.analytics.place import COHORT, HUB, TRAINEE, TRAINER, Place, actor, all_gates
from tests.builders import PROGRAMME

GATES = [gate for gate in all_gates() if gate.kind in ("supervision", "portfolio", "quiz")]
COORDINATOR = actor(PersonId(50), Office.COORDINATOR)
SUNITA = actor(TRAINEE, Office.TRAINEE)
TOM = actor(TRAINER, Office.TRAINER)
TODAY = date(2026, 3, 10)


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place(*GATES)
    made.observe(-30)
    yield made
    made.store.close()


def supervise(place: Place, days: float) -> None:
    place.note(Supervision, days, supervisor_id=TRAINER, minutes=45, mode=Mode.PHONE)


def plan_live(place: Place, in_days: int) -> Any:
    return support.plan_session(
        place.store,
        COORDINATOR,
        COHORT,
        1,
        kind=SessionKind.LIVE,
        session_code=f"RIV-A day {in_days}",
        when=support.SessionTime(TODAY + timedelta(days=in_days), 600, 90),
        now=place.now,
        leader_ids=(TRAINEE,),
    )


def offer(place: Place, in_days: int) -> None:
    day = TODAY + timedelta(days=in_days)
    when = {"day": day, "start_minute": 600, "minutes": 45, "mode": Mode.PHONE, "now": place.now}
    support.offer_meeting(place.store, TOM, TRAINEE, PROGRAMME, **when)


def week(place: Place) -> list[Task]:
    return see_week(place.store, COORDINATOR, place.programme, HUB, place.store.day_of(place.now))


def kinds(place: Place) -> list[TaskKind]:
    return [task.kind for task in week(place)]


# ---------------------------------------------------------------- the week


def test_who_falls_due_in_the_week_is_to_be_offered_a_meeting(place: Place) -> None:
    supervise(place, -15)
    (task,) = week(place)
    assert (task.kind, task.name, task.day, task.is_urgent) == (TaskKind.OFFER, "Sunita", date(2026, 3, 16), False)


def test_who_is_late_comes_first(place: Place) -> None:
    supervise(place, -25)
    plan_live(place, 0)
    assert week(place)[0].is_urgent
    assert {TaskKind.OFFER, TaskKind.READY, TaskKind.SESSION} == set(kinds(place))


def test_who_has_a_meeting_ahead_is_asked_for_an_answer_and_not_offered_another(place: Place) -> None:
    supervise(place, -25)
    offer(place, 2)
    assert kinds(place) == [TaskKind.ANSWER]


def test_a_meeting_gone_by_waits_to_be_closed(place: Place) -> None:
    supervise(place, -1)
    offer(place, 1)
    place.now += timedelta(days=3)
    assert kinds(place) == [TaskKind.CLOSE]


def test_a_session_soon_after_the_week_is_prepared_already_and_what_is_ready_is_not_asked(place: Place) -> None:
    supervise(place, -1)
    planned = plan_live(place, 12)
    assert [task.thing for task in week(place)] == [Preparation.VENUE, Preparation.MATERIALS]
    for thing, state in ((Preparation.VENUE, PreparationState.READY), (Preparation.MATERIALS, "not_needed")):
        support.note_preparation(
            place.store, COORDINATOR, planned.fact_id, thing, PreparationState(state), now=place.now
        )
    assert week(place) == []


def test_who_waits_longer_than_promised_is_told_to_the_hub(place: Place) -> None:
    supervise(place, -1)
    support.ask_contact(place.store, SUNITA, PROGRAMME, ContactTopic.PRACTICE, asked_id=TRAINER, now=place.now)
    place.now += timedelta(hours=48)
    assert kinds(place) == []
    place.now += timedelta(minutes=1)
    (task,) = week(place)
    assert (task.kind, task.name, task.other, task.is_urgent) == (TaskKind.CONTACT, "Sunita", "Tom", True)


def test_the_week_is_for_who_may_see_the_supervision_of_the_hub(place: Place) -> None:
    for office, hub_id in ((Office.TRAINER, HUB), (Office.FUNDER, HUB), (Office.COORDINATOR, HubId("hilltop"))):
        other = actor(PersonId(60), office, hub_id)
        with pytest.raises(NotAllowedError):
            see_week(place.store, other, place.programme, HUB, TODAY)
        with pytest.raises(NotAllowedError):
            see_waiting(place.store, other, HUB)


# ---------------------------------------------------------------- a line to send


def test_what_waits_is_counted_for_each_person(place: Place) -> None:
    assert see_waiting(place.store, COORDINATOR, HUB) == []
    offer(place, 2)
    support.ask_contact(place.store, SUNITA, PROGRAMME, ContactTopic.PRACTICE, asked_id=None, now=place.now)
    (waiting,) = see_waiting(place.store, COORDINATOR, HUB)
    assert (waiting.person_id, waiting.name, waiting.n_things) == (TRAINEE, "Sunita", 1)


# ---------------------------------------------------------------- the cohort as a team


def test_a_cohort_of_few_is_not_counted(place: Place) -> None:
    ours = see_our_cohort(place.store, SUNITA, PROGRAMME)
    assert (ours.n_people, ours.is_shown, ours.modules, ours.gates) == (1, False, (), ())


def test_a_cohort_is_counted_without_results_of_quizzes(place: Place) -> None:
    for number in range(10, 14):
        place.enrol(PersonId(number))
    place.note(ModuleProgress, module_id=ModuleId("M1"), step=0, is_read=True)
    ours = see_our_cohort(place.store, SUNITA, PROGRAMME)
    assert (ours.n_people, ours.is_shown) == (5, True)
    assert [thing.title for thing in ours.gates] == ["Portfolio"]
    assert [thing.n for thing in ours.modules][:1] == [1]


def test_only_who_trains_in_it_sees_the_cohort(place: Place) -> None:
    with pytest.raises(NotAllowedError):
        see_our_cohort(place.store, TOM, PROGRAMME)
