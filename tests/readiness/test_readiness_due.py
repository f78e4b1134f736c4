"""Until when a person may wait for supervision, to the day: the very gate says so."""

from datetime import timedelta

import pytest

from assessments.verdicts import GateState
from people.facts import Change, ClockChange, Pause
from store.beside_gates import MeetingDue, meetings_due
from tests.readiness.desk import ANNA, LONG_AFTER, Desk, OpenDesk, utc
from tests.readiness.rule_sets import make_gate

SUPERVISION = make_gate("supervision", min=1, max_gap_days=21, window_days=3660, min_minutes=30)
QUIZ = make_gate("quiz", parts=[{"blueprint": "quiz-one", "max_age_days": 10}])


def due(desk: Desk, as_of: str) -> list[MeetingDue]:
    return meetings_due(
        desk.store, desk.programme_id, person_id=desk.person(ANNA), as_of=utc(as_of), known_at=LONG_AFTER
    )


def test_the_day_of_the_longest_gap_is_not_late_and_the_next_one_is(open_desk: OpenDesk) -> None:
    desk = open_desk(SUPERVISION)
    desk.supervise("2028-03-01")
    for as_of, is_late, state in (("2028-03-22", False, GateState.MET), ("2028-03-23", True, GateState.NOT_MET)):
        (found,) = due(desk, as_of)
        assert (found.last_day, found.due_day) == (utc("2028-03-01").date(), utc("2028-03-22").date())
        assert found.is_late is is_late
        assert desk.gate("supervision", as_of).state is state


@pytest.mark.parametrize("at", ["2028-03-20", "2028-10-20"])
def test_a_gap_over_the_change_of_clocks_counts_days(open_desk: OpenDesk, at: str) -> None:
    desk = open_desk(SUPERVISION)
    desk.supervise(f"{at} 23:30")
    (found,) = due(desk, at[:7] + "-28")
    day = desk.store.day_of(utc(f"{at} 23:30"))
    assert found.due_day == day + timedelta(days=21)


def test_days_on_a_pause_do_not_count(open_desk: OpenDesk) -> None:
    desk = open_desk(SUPERVISION)
    desk.supervise("2028-03-01")
    desk.note(Pause, "2028-03-10", change=ClockChange.PAUSED)
    assert due(desk, "2028-05-01")[0].is_late is False
    desk.note(Pause, "2028-05-10", change=ClockChange.RESUMED)
    last = utc("2028-03-22").date() + timedelta(days=61)
    for day, is_late in ((last, False), (last + timedelta(days=1), True)):
        (found,) = due(desk, day.isoformat())
        assert (found.due_day, found.is_late) == (last, is_late)
        assert (desk.gate("supervision", day.isoformat()).state is GateState.NOT_MET) is is_late


def test_who_met_nobody_is_late_and_has_no_day(open_desk: OpenDesk) -> None:
    desk = open_desk(SUPERVISION)
    (found,) = due(desk, "2028-03-01")
    assert (found.last_day, found.due_day, found.is_late) == (None, None, True)


def test_a_meeting_that_is_too_short_or_taken_back_changes_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk(SUPERVISION)
    desk.supervise("2028-03-01")
    desk.supervise("2028-03-10", minutes=29)
    later = desk.supervise("2028-03-12")
    assert due(desk, "2028-03-20")[0].last_day == utc("2028-03-12").date()
    desk.amend(later, Change.VOID, "2028-03-13")
    assert due(desk, "2028-03-20")[0].last_day == utc("2028-03-01").date()


def test_nobody_is_due_where_no_gate_asks_for_it(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ)
    desk.supervise("2028-03-01")
    assert due(desk, "2028-03-20") == []
