"""What a hub's trainers put in: sums that rank nobody, minutes as they were, and sessions that were ready."""

from datetime import date, timedelta

import pytest

from analytics.hub_effort import see_effort
from assessments.facts import Mode, Supervision
from people.errors import NotAllowedError
from people.facts import Amendment, Change
from people.models import CohortId, HubId, Office, PersonId
from tests.analytics.place import COHORT, HUB, MANAGER, STRANGER, TRAINEE, TRAINER, Place, actor

MARY = actor(MANAGER, Office.MANAGER)


def see(place: Place, cohort_id: CohortId | None = None):
    today: date = place.now.date()
    span = {"first_day": today - timedelta(days=27), "last_day": today}
    return see_effort(place.store, MARY, place.programme, HUB, cohort_id=cohort_id, **span)


def test_forms_and_meetings_of_all_trainers_are_one_sum() -> None:
    place = Place()
    place.observe(-3)
    seen = place.observe(-2, actor_id=STRANGER)
    for days in (-2, -1):
        place.note(Supervision, days, supervisor_id=TRAINER, minutes=30, mode=Mode.PHONE)
    place.observe(-60)
    place.record(Amendment, -1.5, target_id=seen.fact_id, change=Change.ACKNOWLEDGED, actor_id=TRAINEE)
    found = see(place)
    assert (found.n_trainers, found.n_forms, found.n_meetings, found.n_weeks) == (2, 2, 2, 4)
    assert found.a_week == pytest.approx(4 / (2 * 4))
    assert (found.most_in_a_week, found.median_minutes) == (3, 10)
    assert (found.n_read, found.median_hours_to_read) == (1, pytest.approx(12))
    assert see(place, CohortId("no-such")).n_forms == 0
    assert see(place, COHORT).n_forms == 2
    place.store.close()


def test_a_slip_is_no_work() -> None:
    place = Place()
    place.record(Amendment, target_id=place.observe(-3).fact_id, change=Change.VOID)
    found = see(place)
    assert (found.n_forms, found.a_week, found.median_minutes, found.median_hours_to_read) == (0, None, None, None)
    assert found.most_in_a_week == found.n_sessions == 0
    place.store.close()


def test_who_does_not_see_the_hubs_supervision_is_refused() -> None:
    place = Place()
    today = place.now.date()
    others = [actor(PersonId(61), office) for office in (Office.TRAINEE, Office.TRAINER, Office.FUNDER)]
    for who in (*others, actor(MANAGER, Office.MANAGER, HubId("elsewhere"))):
        with pytest.raises(NotAllowedError):
            see_effort(place.store, who, place.programme, HUB, first_day=today, last_day=today)
    place.store.close()
