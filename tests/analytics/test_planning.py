"""The plan of a hub: who needs a meeting by when, what is free, and what one more evening would buy."""

from collections.abc import Iterator
from datetime import date

import pytest

from analytics.planner import WhyNot
from analytics.planning import Further, HubPlan, best_one_more, buy_one_more, plan_hub
from assessments.facts import Mode, Supervision
from assessments.local_time import DayPart
from assessments.service import support
from assessments.support import FreeWindow
from people.errors import NotAllowedError
from people.facts import Assignment
from people.models import Office, PersonId
from tests.analytics.place import HUB, TRAINEE, TRAINER, Place, actor, all_gates
from tests.builders import PROGRAMME

GATES = [gate for gate in all_gates() if gate.kind == "supervision"]
COORDINATOR = actor(PersonId(50), Office.COORDINATOR)
TUESDAY, EVENING = 1, 18 * 60


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place(*GATES)
    made.observe(-30)
    made.note(Supervision, -15, supervisor_id=TRAINER, minutes=45, mode=Mode.PHONE)
    yield made
    made.store.close()


def free(place: Place, person_id: PersonId, *windows: tuple[int, int, int], **changes) -> None:
    office = Office.TRAINER if person_id == TRAINER else Office.TRAINEE
    given = {"zone": "Europe/London", "now": place.now} | changes
    modes = given.pop("modes", [Mode.PHONE])
    stretches = [FreeWindow(*window) for window in windows]
    support.say_when_free(place.store, actor(person_id, office), stretches, modes, **given)


def plan(place: Place, **changes) -> HubPlan:
    return plan_hub(place.store, COORDINATOR, place.programme, HUB, **changes)


def test_who_falls_due_is_placed_before_they_are_late(place: Place) -> None:
    free(place, TRAINER, (TUESDAY, EVENING, EVENING + 45))
    found = plan(place)
    (placed,) = found.plan.placed
    assert (placed.person.person_id, placed.person.due_day) == (TRAINEE, date(2026, 3, 16))
    assert (placed.slot.day, placed.is_in_time, placed.is_sure) == (date(2026, 3, 10), True, False)
    assert found.supervisors == {TRAINER: "Tom"}


def test_who_falls_due_later_than_the_days_asked_about_is_left_alone(place: Place) -> None:
    free(place, TRAINER, (TUESDAY, EVENING, EVENING + 45))
    assert plan(place, n_days=5).people == ()
    assert len(plan(place, n_days=6).people) == 1


def test_who_has_a_meeting_in_time_is_settled(place: Place) -> None:
    free(place, TRAINER, (TUESDAY, EVENING, EVENING + 90), (6, EVENING, EVENING + 45))
    offer = {"day": date(2026, 3, 17), "start_minute": EVENING, "minutes": 45, "mode": Mode.PHONE, "now": place.now}
    trainer = actor(TRAINER, Office.TRAINER)
    support.offer_meeting(place.store, trainer, TRAINEE, PROGRAMME, **offer)
    late = plan(place)
    assert (len(late.people), late.settled) == (1, ())
    assert date(2026, 3, 17) not in {one.day for one in late.slots if one.clock == "18:00"}
    support.offer_meeting(place.store, trainer, TRAINEE, PROGRAMME, **offer | {"day": date(2026, 3, 15)})
    settled = plan(place)
    assert (settled.people, [due.person_id for due in settled.settled]) == ((), [TRAINEE])


def test_what_the_person_has_said_holds(place: Place) -> None:
    free(place, TRAINER, (TUESDAY, EVENING, EVENING + 45))
    free(place, TRAINEE, (2, EVENING, EVENING + 120))
    (out,) = plan(place).plan.left_out
    assert (out.why, out.n_of_supervisors) == (WhyNot.NO_COMMON_TIME, 5)
    free(place, TRAINEE, (TUESDAY, EVENING, EVENING + 120), modes=[Mode.VIDEO])
    assert plan(place).plan.left_out[0].why is WhyNot.NO_COMMON_MODE
    free(place, TRAINEE, (TUESDAY, EVENING, EVENING + 120))
    assert plan(place).plan.placed[0].is_sure


def test_without_any_free_time_the_reason_is_told(place: Place) -> None:
    assert plan(place).plan.left_out[0].why is WhyNot.NO_FREE_TIME


def test_one_more_tuesday_evening_buys_whom_it_buys(place: Place) -> None:
    free(place, TRAINER, (0, 9 * 60, 9 * 60 + 45))
    for number in (11, 12, 13):
        place.enrol(PersonId(number))
        place.record(Assignment, -50, person_id=PersonId(number), trainer_id=TRAINER)
        place.observe(-30, person_id=PersonId(number))
        place.note(Supervision, -15, person_id=PersonId(number), supervisor_id=TRAINER, minutes=45, mode=Mode.PHONE)
    before = plan(place, n_days=10)
    assert (before.plan.n_in_time, len(before.plan.placed), len(before.people)) == (1, 1, 4)
    evening = buy_one_more(before, place.programme, Further(TRAINER, 3, DayPart.EVENING))
    assert (evening.n_slots, evening.gain.n_in_time, evening.gain.n_placed) == (4, 2, 3)
    tuesday = buy_one_more(before, place.programme, Further(TRAINER, TUESDAY, DayPart.EVENING))
    assert (tuesday.gain.n_in_time, tuesday.gain.n_placed) == (0, 2)
    ranked = best_one_more(before, place.programme, [tuesday.further, evening.further])
    assert [one.further.weekday for one in ranked] == [3, TUESDAY]


def test_further_time_that_is_free_already_buys_nothing(place: Place) -> None:
    free(place, TRAINER, (TUESDAY, EVENING, EVENING + 90))
    found = buy_one_more(plan(place), place.programme, Further(TRAINER, TUESDAY, DayPart.EVENING))
    assert (found.n_slots, found.gain.n_placed) == (0, 0)


def test_strangers_plan_nothing(place: Place) -> None:
    for office in (Office.TRAINER, Office.TRAINEE, Office.FUNDER, Office.SAFEGUARDING_LEAD):
        with pytest.raises(NotAllowedError):
            plan_hub(place.store, actor(PersonId(60), office), place.programme, HUB)


def test_who_meets_too_late_is_proposed_another_time_only_when_it_is_in_time(place: Place) -> None:
    free(place, TRAINER, (TUESDAY, EVENING, EVENING + 45))
    late = {"day": date(2026, 3, 20), "start_minute": 600, "minutes": 45, "mode": Mode.PHONE, "now": place.now}
    support.offer_meeting(place.store, actor(TRAINER, Office.TRAINER), TRAINEE, PROGRAMME, **late)
    (placed,) = plan(place).plan.placed
    assert placed.slot.day == date(2026, 3, 10)
    free(place, TRAINER, (2, EVENING, EVENING + 45))
    assert [one.slot.day for one in plan(place).plan.placed] == [date(2026, 3, 11)]
    free(place, TRAINER, (3, EVENING, EVENING + 45), (4, EVENING, EVENING + 45))
    place.now = place.now.replace(day=15)
    (left,) = plan(place).plan.left_out
    assert left.why is WhyNot.MEETS_LATER
