"""What more time would change: what people need from their gates, the hub's own pace, and who is through by when."""

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.what_if import (
    MOST_A_WEEK,
    Contact,
    Need,
    count_by_week,
    schedule,
    see_what_if,
)
from assessments.facts import Calibration, Mode, Supervision
from curriculum.ids import ChecklistId
from curriculum.models import Setting
from people.errors import NotAllowedError
from people.models import HubId, Office, PersonId
from tests.analytics.place import HUB, MANAGER, TRAINEE, TRAINER, Place, actor, all_gates

MARY = actor(MANAGER, Office.MANAGER)


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place(*all_gates())
    yield made
    made.store.close()


def need(number: int, contacts: int) -> Need:
    return Need(PersonId(number), f"Person {number}", Counter({Contact.LIVE: contacts}), ())


def meet(place: Place, days: float) -> None:
    place.note(Supervision, days, supervisor_id=TRAINER, minutes=45, mode=Mode.IN_PERSON, late_reason="")


def test_one_contact_serves_several_gates(place: Place) -> None:
    (found,) = see_what_if(place.store, MARY, place.programme, HUB).needs
    # Two live sessions serve the gates of practice, levels and observers; the role-play of C6 is its own; two meetings.
    assert found.contacts == Counter({Contact.LIVE: 2, Contact.ROLEPLAY: 1, Contact.MEETING: 2})
    assert {"quiz", "dose", "certificate"} <= set(found.others)
    place.note(Calibration, -90, person_id=TRAINER, is_passed=True)
    place.observe(-1)
    place.observe(-1, checklist_id=ChecklistId("C6"), setting=Setting.ROLEPLAY)
    meet(place, -1)
    (found,) = see_what_if(place.store, MARY, place.programme, HUB).needs
    assert found.contacts == Counter({Contact.LIVE: 1, Contact.MEETING: 1})


def test_pace_is_what_the_hub_gave(place: Place) -> None:
    assert see_what_if(place.store, MARY, place.programme, HUB).pace.because is not None
    # Two checklists in one live session are one contact; what is older than eight weeks is another time.
    place.observe(-3)
    place.observe(-3, checklist_id=ChecklistId("C3"))
    meet(place, -2)
    meet(place, -57)
    pace = see_what_if(place.store, MARY, place.programme, HUB).pace
    assert (pace.n_contacts, pace.n_trainers, pace.because) == (2, 1, None)
    assert pace.a_week == pytest.approx(0.25)
    assert pace.of_one_trainer == pytest.approx(0.25)


def test_who_needs_least_is_through_first() -> None:
    through = schedule([need(1, 4), need(2, 1), need(3, 0)], 1)
    assert [(one.need.person_id, one.week) for one in through] == [(3, 0), (2, 1), (1, 5)]
    assert count_by_week(through, 6) == (1, 2, 2, 2, 2, 3, 3)


def test_parts_of_a_contact_are_kept_for_the_next_week() -> None:
    assert [one.week for one in schedule([need(1, 1)], 0.1)] == [10]
    assert [one.week for one in schedule([need(1, 1)], 0)] == [None]


def test_nobody_takes_more_a_week_than_a_person_can() -> None:
    assert [one.week for one in schedule([need(1, 5)], 100)] == [-(-5 // MOST_A_WEEK)]


NEEDS = st.lists(st.integers(0, 5), max_size=5)


@given(NEEDS, st.integers(1, 6))
def test_more_time_never_brings_fewer_people_through(needs: list[int], a_week: int) -> None:
    people = [need(n, contacts) for n, contacts in enumerate(needs)]
    counts = [count_by_week(schedule(people, contacts)) for contacts in (a_week, a_week + 1)]
    assert all(less <= more for less, more in zip(*counts, strict=True))


@given(NEEDS, st.integers(1, MOST_A_WEEK))
def test_no_other_order_has_more_people_through_by_any_week(needs: list[int], a_week: int) -> None:
    counts = count_by_week(schedule([need(n, contacts) for n, contacts in enumerate(needs)], a_week))
    for order in permutations(needs):
        weeks = [-(-given_so_far // a_week) for given_so_far in accumulate(order)]
        assert all(sum(week <= last for week in weeks) <= n for last, n in enumerate(counts))


def test_who_may_not_see_people_is_refused(place: Place) -> None:
    for nobody in (actor(PersonId(9), Office.MANAGER, HubId("hillside")), actor(TRAINEE, Office.TRAINEE)):
        with pytest.raises(NotAllowedError):
            see_what_if(place.store, nobody, place.programme, HUB)
