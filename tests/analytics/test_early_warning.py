"""Who can no longer reach a gate by the cohort's last day, and since when: only what can be proved."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from analytics.early_warning import EarlyWarning, Rule, see_warnings
from assessments.facts import Attendance, Mode, Presence, Supervision
from assessments.service import support
from assessments.support import (
    FreeWindow,
    MeetingBooked,
    MeetingEnded,
    MeetingOffered,
    MeetingOutcome,
    MeetingReason,
    Party,
    SessionKind,
    SessionPlanned,
)
from curriculum.gates import DoseGate, DosePart, Gate, PracticeGate, PracticePart, QuizGate, QuizPart, SupervisionGate
from curriculum.ids import ChecklistId, GateId
from people.errors import NotAllowedError
from people.facts import Amendment, Change
from people.models import NOBODY, Office, PersonId
from tests.analytics.place import COHORT, HUB, MANAGER, TRAINEE, TRAINER, Place, actor
from tests.builders import PROGRAMME, QUIZ

LAST = date(2026, 3, 31)
"""Three weeks after the test's now, 10 March."""

SEES_ALL = actor(MANAGER, Office.MANAGER)
COORDINATOR = actor(PersonId(50), Office.COORDINATOR)


def head(kind: str) -> dict[str, Any]:
    return {"id": GateId(kind), "title": kind.capitalize(), "why": "It is asked for.", "kind": kind}


DOSE = DoseGate(**head("dose"), parts=(DosePart(sessions=("T1", "T2"), min=2),))
LIVE = PracticeGate(
    **head("practice"), parts=(PracticePart(checklist=ChecklistId("C2"), setting="live", min=2, distinct="session"),)
)
MEETINGS = SupervisionGate(**head("supervision"), min=2, window_days=30, max_gap_days=60, min_minutes=30)
QUIZZES = QuizGate(**head("quiz"), parts=(QuizPart(blueprint=QUIZ),))


class Hub:
    """A place whose cohort ends, and ways to fill its calendar."""

    def __init__(self, *gates: Gate, ends_on: date | None = LAST) -> None:
        self.place = Place(*gates, ends_on=ends_on)

    def plan(self, code: str, days: int, kind: SessionKind = SessionKind.TAUGHT, leads: bool = False) -> SessionPlanned:
        meets_on = (self.place.now + timedelta(days=days)).date()
        when = {"meets_on": meets_on, "start_minute": 600, "zone": "Europe/London", "minutes": 90}
        leader = TRAINEE if leads else None
        fields = {"cohort_id": COHORT, "kind": kind, "session_code": code, "first_leader_id": leader}
        return self.place.note(SessionPlanned, -40, person_id=NOBODY, **when, **fields)

    def live(self, code: str, days: int, leads: bool = True) -> SessionPlanned:
        return self.plan(code, days, SessionKind.LIVE, leads)

    def attend(self, code: str, days: float, presence: Presence = Presence.PRESENT) -> None:
        self.place.note(Attendance, days, session_id=code, presence=presence, minutes=90)

    def warnings(self, who: Any = SEES_ALL) -> list[EarlyWarning]:
        return list(see_warnings(self.place.store, who, PROGRAMME, HUB).warnings)

    def only(self) -> EarlyWarning:
        (found,) = self.warnings()
        return found


@pytest.fixture
def open_hub() -> Iterator[Any]:
    made: list[Hub] = []

    def make(*gates: Gate, **changes: Any) -> Hub:
        made.append(Hub(*gates, **changes))
        return made[-1]

    yield make
    for hub in made:
        hub.place.store.close()


def day(days: int) -> date:
    return date(2026, 3, 10) + timedelta(days=days)


# ---------------------------------------------------------------- training sessions


def test_a_missed_session_that_comes_again_can_still_be_reached(open_hub) -> None:
    hub = open_hub(DOSE)
    hub.attend("T1", -20)
    hub.plan("T2", -10)
    hub.plan("T2", 5)
    assert hub.warnings() == []


def test_a_missed_session_that_does_not_come_again_is_lost_since_the_day_after(open_hub) -> None:
    hub = open_hub(DOSE)
    hub.attend("T1", -20)
    hub.plan("T1", -20)
    hub.plan("T2", -10)
    found = hub.only()
    assert (found.rule, found.n_missing, found.n_ahead, found.since) == (Rule.SESSIONS, 1, 0, day(-9))
    assert (found.name, found.last_day, found.title) == ("Sunita", LAST, "Dose")
    assert found.mend.text() == "Plan 1 session to make up before the last day."


def test_a_session_without_a_date_proves_nothing(open_hub) -> None:
    hub = open_hub(DOSE)
    hub.attend("T1", -20)
    assert hub.warnings() == []


def test_a_session_after_the_last_day_comes_too_late(open_hub) -> None:
    hub = open_hub(DOSE)
    hub.attend("T1", -20)
    hub.plan("T2", 21)
    assert hub.warnings() == []
    late = open_hub(DOSE)
    late.attend("T1", -20)
    late.plan("T2", 22)
    assert late.only().rule is Rule.SESSIONS


def test_of_two_lost_sessions_the_one_that_was_too_many_is_named(open_hub) -> None:
    hub = open_hub(DoseGate(**head("dose"), parts=(DosePart(sessions=("T1", "T2"), min=1),)))
    hub.plan("T1", -20)
    hub.plan("T2", -10)
    assert hub.only().since == day(-9)


def test_a_session_that_was_called_off_or_made_up_is_counted_as_it_is(open_hub) -> None:
    hub = open_hub(DOSE)
    hub.attend("T1", -20)
    hub.plan("T2", -10)
    again = hub.plan("T2", 5)
    hub.place.record(Amendment, person_id=NOBODY, target_id=again.fact_id, change=Change.ENDED)
    assert hub.only().rule is Rule.SESSIONS
    hub.attend("T2", -1, Presence.MADE_UP)
    assert hub.warnings() == []


# ---------------------------------------------------------------- live sessions


def test_too_few_live_sessions_to_come_are_told(open_hub) -> None:
    hub = open_hub(LIVE)
    hub.live("A week 1", -10)
    hub.live("A week 2", 5)
    found = hub.only()
    assert (found.rule, found.n_missing, found.n_ahead, found.since) == (Rule.LIVE_SESSIONS, 2, 1, day(-9))
    hub.live("A week 3", 12)
    assert hub.warnings() == []


def test_a_session_in_which_the_person_was_watched_is_not_lost(open_hub) -> None:
    hub = open_hub(LIVE)
    hub.place.observe(-10, session_code="A week 1")
    hub.live("A week 1", -10)
    hub.live("A week 2", 5)
    assert hub.warnings() == []


def test_sessions_that_others_lead_do_not_help(open_hub) -> None:
    hub = open_hub(LIVE)
    hub.live("A week 2", 5)
    hub.live("A week 3", 12, leads=False)
    assert (hub.only().n_ahead, hub.only().since) == (1, None)


def test_an_empty_calendar_proves_nothing(open_hub) -> None:
    hub = open_hub(LIVE)
    hub.plan("T1", 5)
    assert hub.warnings() == []


# ---------------------------------------------------------------- supervision


def offer(hub: Hub, days: int, outcome: MeetingOutcome | None = None) -> MeetingOffered:
    meets_on = (hub.place.now + timedelta(days=days)).date()
    when = {"meets_on": meets_on, "start_minute": 600, "zone": "Europe/London", "minutes": 45, "mode": Mode.PHONE}
    offered = hub.place.note(MeetingOffered, -30, supervisor_id=TRAINER, **when)
    hub.place.record(MeetingBooked, -29, meeting_id=offered.fact_id)
    if outcome is not None:
        why = {"party": Party.HUB, "reason": MeetingReason.ROOM}
        hub.place.record(MeetingEnded, -1, meeting_id=offered.fact_id, outcome=outcome, **why)
    return offered


def supervise(hub: Hub, days: float, minutes: int = 45) -> None:
    hub.place.note(Supervision, days, supervisor_id=TRAINER, minutes=minutes, mode=Mode.PHONE)


def test_meetings_that_fall_out_of_the_window_by_then_do_not_count(open_hub) -> None:
    """On the last day the window reaches back to 2 March: a meeting of the 1st is out of it, one of the 2nd is in."""
    hub = open_hub(MEETINGS)
    supervise(hub, -9)
    offer(hub, -5, MeetingOutcome.CANCELLED)
    found = hub.only()
    assert (found.rule, found.n_missing, found.n_ahead) == (Rule.MEETINGS, 2, 0)
    inside = open_hub(MEETINGS)
    supervise(inside, -8)
    offer(inside, -5, MeetingOutcome.CANCELLED)
    assert inside.only().n_missing == 1
    assert inside.only().since == day(-4)


def test_arranged_meetings_and_free_times_can_still_come(open_hub) -> None:
    hub = open_hub(MEETINGS)
    offer(hub, 3)
    assert hub.only().n_ahead == 1
    free = [FreeWindow(1, 600, 645)]
    support.say_when_free(
        hub.place.store,
        actor(TRAINER, Office.TRAINER),
        free,
        [Mode.PHONE],
        zone="Europe/London",
        now=hub.place.now,
    )
    assert hub.warnings() == []


def test_where_nobody_has_said_or_arranged_anything_nothing_is_proved(open_hub) -> None:
    assert open_hub(MEETINGS).warnings() == []


def test_too_short_meetings_do_not_help(open_hub) -> None:
    hub = open_hub(MEETINGS)
    supervise(hub, -2)
    supervise(hub, -1, minutes=20)
    offer(hub, -5, MeetingOutcome.NOT_HELD)
    assert hub.only().n_missing == 1


# ---------------------------------------------------------------- quizzes


def test_a_quiz_whose_attempts_are_used_up_needs_a_trainer(open_hub) -> None:
    hub = open_hub(QUIZZES)
    for days in (-6, -4, -2):
        hub.place.attempt(days, score=1)
    found = hub.only()
    assert (found.rule, found.since) == (Rule.QUIZ_LOCKED, day(-2))
    assert "open the quiz" in found.mend.text()


def test_a_waiting_time_beyond_the_last_day_is_told(open_hub) -> None:
    hub = open_hub(QUIZZES, ends_on=day(0))
    hub.place.attempt(-0.2, score=1)
    assert hub.only().rule is Rule.QUIZ_WAIT
    later = open_hub(QUIZZES, ends_on=day(1))
    later.place.attempt(-0.2, score=1)
    assert later.warnings() == []


# ---------------------------------------------------------------- the whole


def test_when_the_last_day_is_over_what_is_open_stays_open(open_hub) -> None:
    hub = open_hub(DOSE, LIVE, ends_on=day(-1))
    assert [(one.rule, one.since) for one in hub.warnings()] == [(Rule.LAST_DAY, day(0))] * 2
    today = open_hub(DOSE, ends_on=day(0))
    assert today.warnings() == []


def test_of_a_cohort_without_a_last_day_nothing_can_be_told(open_hub) -> None:
    hub = open_hub(DOSE, ends_on=None)
    outlook = see_warnings(hub.place.store, SEES_ALL, PROGRAMME, HUB)
    assert (outlook.warnings, outlook.endless) == ((), ("Spring",))


def test_a_gate_that_is_met_needs_no_warning(open_hub) -> None:
    hub = open_hub(DOSE)
    for code in ("T1", "T2"):
        hub.attend(code, -10)
        hub.plan(code, -10)
    assert hub.warnings() == []


def test_who_sees_no_results_learns_what_follows_from_dates(open_hub) -> None:
    hub = open_hub(DOSE, QUIZZES)
    hub.attend("T1", -20)
    hub.plan("T2", -10)
    for days in (-6, -4, -2):
        hub.place.attempt(days, score=1)
    assert {one.rule for one in hub.warnings()} == {Rule.SESSIONS, Rule.QUIZ_LOCKED}
    assert {one.rule for one in hub.warnings(COORDINATOR)} == {Rule.SESSIONS}
    for office in (Office.TRAINER, Office.FUNDER, Office.SAFEGUARDING_LEAD):
        with pytest.raises(NotAllowedError):
            hub.warnings(actor(PersonId(60), office))
