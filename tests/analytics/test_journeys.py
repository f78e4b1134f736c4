"""How far people come: the days of the facts, drop-out told from delay, time with leavers, and what ends when."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from analytics.charts import waiting_chart, waiting_frame
from analytics.journeys import Milepost, count_pairs, find_pace, list_mileposts, outlook, see_outlook
from assessments.facts import Attendance, Countersign, Presence, Relation, SignOff
from assessments.verdicts import Status
from curriculum.ids import ChecklistId, RoleId
from curriculum.models import Setting
from people.errors import NotAllowedError
from people.facts import Amendment, Change, ClockChange, ClockReason, Pause
from people.models import CohortId, HubId, Office, PersonId
from store.beside_gates import Journey, journeys
from tests.analytics.place import COHORT, HUB, MANAGER, TRAINEE, TRAINER, Place, actor
from tests.builders import PROGRAMME, ROLE

LEAD = actor(PersonId(52), Office.TRAINING_LEAD)
MARY = actor(MANAGER, Office.MANAGER)
START = date(2026, 1, 1)


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place()
    yield made
    made.store.close()


def sign(place: Place, days: float, person_id: PersonId = TRAINEE, **changes: Any) -> SignOff:
    decided: dict[str, Any] = {
        "role_id": ROLE,
        "version_no": 1,
        "is_granted": True,
        "valid_months": 12,
        "needs_countersign": False,
        "evidence_hash": "",
        "evidence": (),
        "levels": (),
    }
    return place.note(SignOff, days, person_id=person_id, **(decided | changes))


def attend(place: Place, days: float, presence: Presence) -> None:
    place.note(Attendance, days, session_id="T1", presence=presence, minutes=60)


def found(place: Place) -> Journey:
    now = place.now
    (one,) = journeys(place.store, PROGRAMME, hub_id=HUB, as_of=now, known_at=now)
    return one


def days_ago(place: Place, days: int) -> date:
    return (place.now - timedelta(days=days)).date()


# ---------------------------------------------------------------- from the facts


def test_each_step_has_its_first_day(place: Place) -> None:
    assert found(place) == Journey(
        TRAINEE, ROLE, COHORT, days_ago(place, 60), None, None, None, None, signed_on=None, left_on=None
    )
    attend(place, -50, Presence.PRESENT)
    place.attempt(-41, score=1)
    place.attempt(-42, pass_pct=0)
    for days in (-40, -39):
        place.attempt(days)
    for days in (-30, -29):
        place.observe(days, checklist_id=ChecklistId("C6"), setting=Setting.ROLEPLAY)
    for days in (-20, -19):
        place.observe(days)
    sign(place, -10)
    sign(place, -5)
    one = found(place)
    steps = (one.session_on, one.quiz_on, one.roleplay_on, one.live_on, one.signed_on)
    assert steps == tuple(days_ago(place, days) for days in (50, 40, 30, 20, 10))


def test_absence_and_what_does_not_count_are_no_steps(place: Place) -> None:
    attend(place, -50, Presence.PRESENT)
    attend(place, -49, Presence.ABSENT)
    place.observe(-30, counts=False)
    place.observe(-29, has_co_leader=False)
    place.observe(-28, relation=Relation.PARTNER, actor_id=PersonId(77))
    sign(place, -10, is_granted=False)
    one = found(place)
    assert (one.session_on, one.live_on, one.signed_on) == (None, None, None)


def test_a_sign_off_counts_from_its_countersign(place: Place) -> None:
    signed = sign(place, -10, needs_countersign=True)
    assert found(place).signed_on is None
    place.record(Countersign, -3, sign_off_id=signed.fact_id, actor_id=MANAGER)
    assert found(place).signed_on == days_ago(place, 3)
    place.record(Amendment, -1, target_id=signed.fact_id, change=Change.VOID, reason="mistake")
    assert found(place).signed_on is None


def test_who_came_back_has_not_left(place: Place) -> None:
    place.note(Pause, -20, change=ClockChange.WITHDRAWN, reason=ClockReason.NO_TIME)
    assert found(place).left_on == days_ago(place, 20)
    place.note(Pause, -10, change=ClockChange.RESUMED, reason=ClockReason.BACK)
    assert found(place).left_on is None


def test_time_runs_from_the_first_enrolment(place: Place) -> None:
    place.now += timedelta(days=30)
    place.enrol(TRAINEE)
    assert found(place).began_on == days_ago(place, 90)


# ---------------------------------------------------------------- figures


def journey(number: int, *, weeks: float | None = None, left: float | None = None, **steps: date) -> Journey:
    def after(n: float | None) -> date | None:
        """Return the last day of the week: the seventh day is in week 1."""
        return None if n is None else START + timedelta(days=round(n * 7) - 1)

    nothing = dict.fromkeys(("session_on", "quiz_on", "roleplay_on", "live_on"))
    return Journey(
        PersonId(number),
        RoleId("leader"),
        CohortId("one"),
        START,
        **(nothing | steps),
        signed_on=after(weeks),
        left_on=after(left),
    )


TODAY = START + timedelta(weeks=20)


def test_who_left_is_told_from_who_may_still_come() -> None:
    people = [journey(1, session_on=START, quiz_on=START), journey(2, session_on=START, left=3), journey(3)]
    steps = {step.milepost: step for step in outlook(people, people, [], TODAY).steps}
    counted = [(step.n_reached, step.n_left, step.n_on_the_way) for step in steps.values()]
    assert counted[:2] == [(2, 0, 1), (1, 1, 1)]
    assert all(sum(three) == 3 for three in counted)
    interval = steps[Milepost.SESSION].share.interval
    assert interval is not None
    # Wilson for 2 of 3, by hand.
    assert (interval.low, interval.high) == (pytest.approx(0.2077, abs=1e-4), pytest.approx(0.9385, abs=1e-4))


def test_leavers_lower_the_share_signed_off() -> None:
    people = [journey(1, weeks=10), journey(2, left=5), journey(3), journey(4, weeks=12, left=15)]
    pace = find_pace(people, TODAY)
    # Four at risk; one leaves in week 5; then 1/3 of 3/4 in week 10 and 1/2 of what is left in week 12.
    assert [step.share for step in pace.signed_off.steps] == pytest.approx([0.25, 0.5])
    assert [1 - step.share for step in pace.waiting.steps] == pytest.approx([1 / 3, 2 / 3])
    assert (pace.n_left, pace.watched_until, pace.horizon) == (1, (20.0,), 20)
    assert pace.at_risk == ((0, 4), (5, 4), (10, 3), (15, 1), (20, 1))
    # 10 weeks all, 2 weeks two thirds, 8 weeks one third.
    assert pace.mean_waiting.value == pytest.approx(10 + 4 / 3 + 8 / 3)
    assert pace.mean_signed_off.value == pytest.approx(2 * 0.25 + 8 * 0.5)


@pytest.mark.parametrize(("days", "week"), [(0, 1), (6, 1), (7, 2), (69, 10), (70, 11)])
def test_a_sign_off_is_in_the_week_that_is_not_over_yet(days: int, week: int) -> None:
    one = replace(journey(1), signed_on=START + timedelta(days=days))
    assert [step.time for step in find_pace([one], TODAY).signed_off.steps] == [week]


def test_nobody_and_a_first_day_are_no_zero() -> None:
    for people in ([], [journey(1)]):
        pace = find_pace(people, START)
        assert pace.horizon == 0
        assert pace.mean_waiting.because is not None
        assert not pace.half.is_computable
    assert all(not step.share.is_computable for step in outlook([], [], [], TODAY).steps)


def test_one_cohort_bears_no_forecast_and_two_do() -> None:
    people = [journey(n, weeks=10 + n % 5) for n in range(20)] + [journey(n) for n in range(20, 24)]
    alone = outlook(people, people, [], TODAY).ahead[-1].ready
    assert alone is not None
    assert alone.ready.because is not None
    assert alone.ready.because.values["n"] == 1
    other = [replace(one, cohort_id=CohortId("two"), began_on=START - timedelta(weeks=1)) for one in people]
    waiting = [replace(journey(n), began_on=TODAY - timedelta(weeks=4)) for n in range(30, 33)]
    both = outlook(waiting, [*people, *other], [], TODAY).ahead[-1].ready
    assert both is not None
    assert both.n_waiting == 3
    assert both.ready.value is not None
    assert 0 < both.ready.value <= 3
    assert outlook(people, people, [], TODAY).ahead[0].ready is None


def test_pairs_are_made_within_a_role() -> None:
    assert count_pairs([RoleId("leader")] * 5) == 2
    assert count_pairs([RoleId("leader")] * 3 + [RoleId("helper")] * 3) == 2
    assert count_pairs([]) == 0


def test_sign_offs_end_on_their_day(place: Place) -> None:
    place.now += timedelta(days=300)
    sign(place, -300)
    seen = see_outlook(place.store, MARY, place.programme, HUB)
    until = seen.endings[0].valid_until
    ahead = {one.days: one for one in seen.ahead}
    assert (ahead[0].n_active, ahead[0].n_ending, ahead[0].n_pairs) == (1, 0, 0)
    left = (until - place.now.date()).days
    assert 60 < left < 90
    assert [(ahead[days].n_ending, ahead[days].n_active) for days in (30, 60, 90)] == [(0, 1), (0, 1), (1, 0)]
    place.now += timedelta(days=left)
    assert see_outlook(place.store, MARY, place.programme, HUB).ahead[0].n_active == 1
    place.now += timedelta(days=1)
    seen = see_outlook(place.store, MARY, place.programme, HUB)
    assert (seen.ahead[0].n_active, seen.n_lapsed) == (0, 1)
    assert place.store.verdict(TRAINEE, PROGRAMME, place.now, place.now).status is Status.LAPSED  # type: ignore[union-attr]


# ---------------------------------------------------------------- who may see


def test_who_may_not_see_where_people_stand_sees_nothing(place: Place) -> None:
    for office in (Office.TRAINER, Office.COORDINATOR, Office.FUNDER, Office.SAFEGUARDING_LEAD, Office.TRAINEE):
        with pytest.raises(NotAllowedError):
            see_outlook(place.store, actor(TRAINER, office), place.programme, HUB)
    with pytest.raises(NotAllowedError):
        see_outlook(place.store, actor(MANAGER, Office.MANAGER, HubId("elsewhere")), place.programme, HUB)
    for who in (MARY, LEAD):
        assert see_outlook(place.store, who, place.programme, HUB).n == 1
        assert see_outlook(place.store, who, place.programme, HUB, cohort_id=CohortId("no-such")).n == 0


def test_steps_are_those_the_programme_has(place: Place) -> None:
    has = list_mileposts(place.programme)
    assert has[-1] is Milepost.SIGNED_OFF
    assert (Milepost.SESSION in has) == bool(place.programme.head.sessions)
    without = place.programme.model_copy(update={"blueprints": ()})
    assert Milepost.QUIZ not in list_mileposts(without)


# ---------------------------------------------------------------- the chart


def test_the_curve_goes_on_to_the_last_week_and_marks_who_waits() -> None:
    pace = find_pace([journey(1, weeks=10), journey(2, left=5), journey(3)], TODAY)
    frame = waiting_frame(pace.signed_off, pace.waiting, pace.watched_until, pace.at_risk, ("signed", "waiting"))
    rows = frame.to_pylist()
    line = [(row["week"], row["share"]) for row in rows if row["kind"] == "ready"]
    assert line == [(0.0, 0.0), (10.0, pytest.approx(1 / 3)), (20.0, pytest.approx(1 / 3))]
    assert [row["week"] for row in rows if row["kind"] == "watched"] == [20.0]
    assert [row["share"] for row in rows if row["kind"] == "alone"][-1] == pytest.approx(0.5)
    assert [row["text"] for row in rows if row["kind"] == "risk"] == ["3", "3", "2", "1", "1"]
    kinds = {row["kind"] for row in rows}
    drawn = {layer["transform"][0]["filter"] for layer in waiting_chart({"domain": []}, "Weeks")["layer"]}
    assert drawn == {f"datum.kind == '{kind}'" for kind in kinds}
