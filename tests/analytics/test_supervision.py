"""How people come by supervision: who is late to the day, what became of meetings, how soon somebody answers."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.small_numbers import hide_small, shown_part
from analytics.supervision import Access, list_due, see_access, see_confidence_change, see_own_due
from assessments.facts import Mode, ModuleProgress, Supervision
from assessments.service import support
from assessments.support import (
    Confidence,
    ConfidenceRated,
    ContactAsked,
    ContactTopic,
    MeetingEnded,
    MeetingOffered,
    MeetingOutcome,
    MeetingReason,
    Moment,
    Party,
)
from people.errors import NotAllowedError
from people.facts import Amendment, Assignment, Change
from people.models import Office, PersonId
from tests.analytics.place import HUB, MANAGER, TRAINEE, TRAINER, Place, actor, all_gates
from tests.builders import PROGRAMME

GATES = [gate for gate in all_gates() if gate.kind == "supervision"]
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
COORDINATOR = actor(PersonId(50), Office.COORDINATOR)
FUNDER = actor(PersonId(51), Office.FUNDER)


@pytest.fixture
def place() -> Iterator[Place]:
    made = Place(*GATES)
    yield made
    made.store.close()


def practise(place: Place, person_id: PersonId = TRAINEE) -> None:
    place.observe(-30, person_id=person_id)


def supervise(place: Place, days: float, person_id: PersonId = TRAINEE, minutes: int = 45) -> Supervision:
    return place.note(Supervision, days, person_id=person_id, supervisor_id=TRAINER, minutes=minutes, mode=Mode.PHONE)


def join(place: Place, *numbers: int) -> None:
    for number in numbers:
        place.enrol(PersonId(number))
        place.record(Assignment, -50, person_id=PersonId(number), trainer_id=TRAINER)


# ---------------------------------------------------------------- who is late


@pytest.mark.parametrize(("days_ago", "is_late", "days_late"), [(20, False, 0), (21, False, 0), (22, True, 1)])
def test_the_day_of_the_longest_gap_is_not_late(place: Place, days_ago: int, is_late: bool, days_late: int) -> None:
    practise(place)
    supervise(place, -days_ago)
    (due,) = list_due(place.store, PROGRAMME, HUB)
    assert (due.is_late, due.days_late, due.name) == (is_late, days_late, "Sunita")
    gate = place.store.verdict(TRAINEE, PROGRAMME, place.now, place.now)
    assert gate is not None
    assert gate.gates[0].parts[1].is_met is not is_late


def test_the_latest_come_first_and_who_met_nobody_before_all(place: Place) -> None:
    join(place, 11, 12, 13)
    for number, days_ago in ((TRAINEE, 30), (PersonId(11), 40), (PersonId(12), 3), (PersonId(13), None)):
        practise(place, number)
        if days_ago is not None:
            supervise(place, -days_ago, number)
    dues = list_due(place.store, PROGRAMME, HUB)
    assert [(due.person_id, due.is_late) for due in dues] == [(13, True), (11, True), (TRAINEE, True), (12, False)]
    assert [due.days_late for due in dues] == [None, 19, 9, 0]


def test_who_does_not_practise_is_owed_none_yet(place: Place) -> None:
    place.note(ModuleProgress, module_id="M1", step=0, actor_id=TRAINEE)
    assert list_due(place.store, PROGRAMME, HUB) == []


def test_trainers_see_their_own_trainees_and_others_see_no_one(place: Place) -> None:
    join(place, 11)
    practise(place)
    assert [due.person_id for due in see_own_due(place.store, actor(TRAINER, Office.TRAINER), PROGRAMME)] == [TRAINEE]
    assert see_own_due(place.store, actor(PersonId(60), Office.TRAINER), PROGRAMME) == []


# ---------------------------------------------------------------- what became of meetings


def offer(place: Place, days: int, person_id: PersonId = TRAINEE) -> MeetingOffered:
    fields: dict[str, Any] = {"start_minute": 600, "zone": "Europe/London", "minutes": 45, "mode": Mode.PHONE}
    meets_on = (place.now + timedelta(days=days)).date()
    return place.note(MeetingOffered, -40, person_id=person_id, supervisor_id=TRAINER, meets_on=meets_on, **fields)


def end(place: Place, offered: MeetingOffered, outcome: MeetingOutcome, *why: Any) -> None:
    party, reason = why or (None, None)
    fields = {"outcome": outcome, "party": party, "reason": reason}
    place.record(MeetingEnded, -1, person_id=offered.person_id, meeting_id=offered.fact_id, **fields)


def access(place: Place, who: Any = COORDINATOR, **changes: Any) -> Access:
    asked = {"first_day": FIRST, "last_day": LAST} | changes
    return see_access(place.store, who, place.programme, HUB, **asked)


def test_held_of_offered_and_the_reasons_of_the_rest(place: Place) -> None:
    held, no_room, late, open_ = (offer(place, -n) for n in (9, 8, 7, 6))
    end(place, held, MeetingOutcome.HELD)
    end(place, no_room, MeetingOutcome.CANCELLED, Party.HUB, MeetingReason.ROOM)
    end(place, late, MeetingOutcome.NOT_HELD, Party.TRAINEE, MeetingReason.DID_NOT_COME)
    assert open_
    found = access(place)
    assert (found.n_offered, found.n_held, found.n_unclosed) == (4, 1, 1)
    assert [(one.outcome, one.party, one.reason, one.n) for one in found.not_held] == [
        (MeetingOutcome.CANCELLED, Party.HUB, MeetingReason.ROOM, 1),
        (MeetingOutcome.NOT_HELD, Party.TRAINEE, MeetingReason.DID_NOT_COME, 1),
    ]
    assert not found.is_suppressed


def test_meetings_of_other_days_and_other_cohorts_do_not_count(place: Place) -> None:
    offer(place, -9)
    day = (place.now + timedelta(days=-9)).date()
    assert access(place, first_day=day, last_day=day).n_offered == 1
    assert access(place, first_day=day + timedelta(days=1)).n_offered == 0
    assert access(place, cohort_id="elsewhere").n_offered == 0


def test_a_meeting_that_was_taken_back_was_never_offered(place: Place) -> None:
    offered = offer(place, -9)
    place.record(Amendment, person_id=TRAINEE, target_id=offered.fact_id, change=Change.VOID)
    assert access(place).n_offered == 0


def test_the_middle_gap_is_of_all_gaps(place: Place) -> None:
    join(place, 11)
    for number, days in ((TRAINEE, (60, 50, 43)), (PersonId(11), (40, 10))):
        for days_ago in days:
            supervise(place, -days_ago, number)
    found = access(place)
    assert (found.n_supervisions, found.n_supervised, found.n_gaps, found.median_gap_days) == (5, 2, 3, 10)


def test_how_many_are_in_time_is_what_readiness_says(place: Place) -> None:
    join(place, 11, 12)
    for number, days_ago in ((TRAINEE, 21), (PersonId(11), 22), (PersonId(12), 1)):
        practise(place, number)
        supervise(place, -days_ago, number)
    found = access(place)
    assert (found.n_in_time, found.n_owed) == (2, 3)


def test_nothing_is_no_figure(place: Place) -> None:
    found = access(place)
    assert (found.n_offered, found.n_held, found.n_gaps, found.n_owed) == (0, 0, 0, 0)
    assert (found.median_gap_days, found.median_hours, found.p90_hours, found.longest_open_hours) == (None,) * 4


# ---------------------------------------------------------------- how soon somebody answers


def ask(place: Place, days: float, answered_after_h: float | None = None, person_id: PersonId = TRAINEE) -> None:
    wish = place.note(ContactAsked, days, person_id=person_id, actor_id=person_id, topic=ContactTopic.PRACTICE)
    if answered_after_h is not None:
        at = days + answered_after_h / 24
        place.record(Amendment, at, person_id=person_id, target_id=wish.fact_id, change=Change.ACKNOWLEDGED)


def test_median_and_ninetieth_percentile_are_of_answered_wishes(place: Place) -> None:
    for number, hours in enumerate([1, 2, 3, 4, 5, 6, 7, 8, 9, 70]):
        ask(place, -20 + number / 10, hours)
    found = access(place)
    assert found.n_answered == 10
    assert found.median_hours == pytest.approx(5.5)
    assert found.p90_hours == pytest.approx(9 + 0.1 * 61)
    assert (found.n_open, found.n_past_limit, found.limit_hours) == (0, 1, 48)


def test_a_wish_that_waits_is_counted_and_never_dropped(place: Place) -> None:
    ask(place, -10)
    ask(place, -1)
    found = access(place)
    assert (found.n_answered, found.median_hours, found.n_open, found.n_past_limit) == (0, None, 2, 1)
    assert found.longest_open_hours == pytest.approx(240)


def test_exactly_the_limit_is_within_it(place: Place) -> None:
    ask(place, -20, 48)
    ask(place, -19, 48.01)
    assert access(place).n_past_limit == 1


def test_who_waits_stands_on_the_list_of_the_hub_without_the_topic(place: Place) -> None:
    place.now -= timedelta(days=1)
    support.ask_contact(
        place.store, actor(TRAINEE, Office.TRAINEE), PROGRAMME, ContactTopic.HOW_I_AM, asked_id=None, now=place.now
    )
    rows = place.store.query("hub_contacts", actor(PersonId(52), Office.TRAINING_LEAD), hub=HUB)
    assert [row["name"] for row in rows] == ["Sunita"]
    assert "topic" not in rows[0]


# ---------------------------------------------------------------- who may not see people


def test_a_funder_gets_sums_with_small_numbers_hidden(place: Place) -> None:
    for number in range(3):
        end(place, offer(place, -9 - number), MeetingOutcome.CANCELLED, Party.HUB, MeetingReason.ROOM)
    for number in range(7):
        end(place, offer(place, -20 - number), MeetingOutcome.HELD)
    ask(place, -3, 5)
    found = access(place, FUNDER)
    assert (found.is_suppressed, found.min_cell) == (True, 5)
    assert (found.n_offered, found.n_held) == (10, None)
    assert [one.n for one in found.not_held] == [None]
    assert (found.n_answered, found.median_hours) == (None, None)


def test_strangers_get_nothing(place: Place) -> None:
    for office in (Office.TRAINER, Office.TRAINEE, Office.SAFEGUARDING_LEAD):
        with pytest.raises(NotAllowedError):
            access(place, actor(PersonId(61), office))


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(0, 12), max_size=6), st.integers(3, 10))
def test_no_hidden_number_can_be_worked_out_by_subtraction(counts: dict[str, int], min_cell: int) -> None:
    shown = hide_small(counts, min_cell)
    assert all(n is None or n == 0 or n >= min_cell for n in shown.values())
    hidden = [key for key, n in shown.items() if n is None]
    assert len(hidden) != 1 or all(n == 0 for key, n in counts.items() if key not in hidden)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(3, 10))
def test_a_part_is_shown_only_when_both_sides_are_many_or_none(n: int, rest: int, min_cell: int) -> None:
    shown = shown_part(n, n + rest, min_cell)
    assert (shown is None) == (0 < n < min_cell or 0 < rest < min_cell)


# ---------------------------------------------------------------- confidence


def feel(place: Place, person_id: int, before: int | None, after: int | None) -> None:
    domains = [domain.id for domain in place.programme.domains]
    for moment, level, days in ((Moment.BEFORE, before, -40), (Moment.AFTER, after, -1)):
        if level is not None:
            levels = tuple(Confidence(domain_id, level) for domain_id in domains)
            place.note(ConfidenceRated, days, person_id=PersonId(person_id), moment=moment, levels=levels)


def test_only_those_who_said_both_are_compared_and_never_few(place: Place) -> None:
    numbers = range(11, 21)
    join(place, *numbers)
    manager = actor(MANAGER, Office.MANAGER)
    for number in list(numbers)[:4]:
        feel(place, number, 2, 4)
    feel(place, 15, 1, None)
    change = see_confidence_change(place.store, manager, place.programme, HUB)[0]
    assert (change.n, change.median_before) == (None, None)
    feel(place, 16, 5, 5)
    change = see_confidence_change(place.store, manager, place.programme, HUB)[0]
    assert (change.n, change.median_before, change.median_after, change.n_higher) == (5, 2, 4, None)
    for number in (17, 18, 19, 20):
        feel(place, number, 3, 3)
    feel(place, 15, None, 3)
    change = see_confidence_change(place.store, manager, place.programme, HUB)[0]
    assert (change.n, change.n_higher) == (10, 5)


@pytest.mark.parametrize("office", [Office.COORDINATOR, Office.TRAINING_LEAD, Office.TRAINER, Office.SAFEGUARDING_LEAD])
def test_sums_of_confidence_are_for_manager_and_funder(place: Place, office: Office) -> None:
    with pytest.raises(NotAllowedError):
        see_confidence_change(place.store, actor(PersonId(61), office), place.programme, HUB)
    assert see_confidence_change(place.store, FUNDER, place.programme, HUB)
