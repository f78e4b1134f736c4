"""The named edge cases of quizzes, time, knowledge and decisions, asked of the store; worked out by hand."""

from datetime import date

import pytest

from assessments.facts import Attendance, Countersign, Hold, ModuleProgress, ParticipantSummary, Presence
from assessments.verdicts import GateState, Status
from curriculum.ids import BehaviourId, ModuleId
from curriculum.models import Decision
from people.facts import Change, ClockChange, Pause
from tests.readiness.desk import ANNA, BEN, CLARE, LONG_AFTER, OpenDesk, utc
from tests.readiness.rule_sets import make_gate

MET, NOT_MET = GateState.MET, GateState.NOT_MET

QUIZ = make_gate("quiz", parts=[{"blueprint": "quiz-one", "max_age_days": 10}])
CRITICAL = make_gate("critical", parts=[{"blueprint": "quiz-one"}])
CERTIFICATE = make_gate("certificate", parts=[{"certificate": "safeguarding", "months": 12}])
SUPERVISION = make_gate("supervision", min=1, max_gap_days=14, window_days=3660, min_minutes=30)
REFLECTIONS = make_gate("portfolio", min=1)


# ---------------------------------------------------------------- quizzes


def test_95_per_cent_with_a_critical_item_wrong_passes_the_quiz_alone(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ, CRITICAL)
    attempt = desk.submit("2028-03-01", score=19, of=20, critical=5, missed=1)
    quiz, critical = desk.verdict("2028-03-02").gates
    assert (quiz.state, quiz.evidence) == (MET, (attempt.fact_id,))
    assert (critical.state, critical.have, critical.need, critical.next_part) == (NOT_MET, 0, 1, 1)


def test_two_attempts_do_not_add_up_to_one_with_every_critical_item_right(open_desk: OpenDesk) -> None:
    desk = open_desk(CRITICAL)
    desk.submit("2028-03-01", score=20, of=20, missed=1)
    desk.submit("2028-03-02", score=10, of=20, missed=0)
    assert desk.gate("critical", "2028-03-03").state == NOT_MET
    desk.submit("2028-03-03", score=16, of=20, missed=0)
    assert desk.gate("critical", "2028-03-03").state == MET


def test_a_form_without_items_is_no_pass(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ, CRITICAL)
    desk.submit("2028-03-01", score=0, of=0, critical=0)
    assert [gate.state for gate in desk.verdict("2028-03-02").gates] == [NOT_MET, NOT_MET]


def test_a_form_without_critical_items_leaves_the_critical_gate_open(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ, CRITICAL)
    desk.submit("2028-03-01", score=20, of=20, critical=0)
    assert [gate.state for gate in desk.verdict("2028-03-02").gates] == [MET, NOT_MET]


def test_a_practice_attempt_passes_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ, CRITICAL)
    desk.submit("2028-03-01", score=20, of=20, counts=False)
    assert [gate.state for gate in desk.verdict("2028-03-02").gates] == [NOT_MET, NOT_MET]


def test_large_scores_are_compared_without_overflow(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ)
    desk.submit("2028-03-01", score=400, of=500)
    assert desk.gate("quiz", "2028-03-02").state == MET


def test_an_attempt_rescored_below_the_mark_no_longer_passes_once_that_is_known(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ)
    attempt = desk.submit("2028-03-01", score=16, of=20)
    desk.submit("2028-03-01 12:01", score=15, of=20)
    desk.amend(attempt, Change.REPLACED, "2028-03-04")
    assert desk.gate("quiz", "2028-03-02", known="2028-03-03").state == MET
    assert desk.gate("quiz", "2028-03-02", known="2028-03-04").state == NOT_MET


# ---------------------------------------------------------------- days, months, midnight, changed clocks


@pytest.mark.parametrize(("as_of", "state"), [("2028-03-11", MET), ("2028-03-12", NOT_MET)])
def test_evidence_counts_through_its_last_day_and_not_longer(open_desk: OpenDesk, as_of: str, state: GateState) -> None:
    desk = open_desk(QUIZ)
    desk.submit("2028-03-01", score=20, of=20)
    assert desk.gate("quiz", as_of).state == state


def test_in_summer_evidence_ages_at_midnight_of_the_place(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ)
    desk.submit("2028-06-01 23:30", score=20, of=20)  # in London, half past midnight on the 2nd
    assert desk.gate("quiz", "2028-06-12 22:59").state == MET
    assert desk.gate("quiz", "2028-06-12 23:00").state == NOT_MET


def test_in_winter_the_same_time_belongs_to_the_day_before(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ)
    desk.submit("2028-01-01 23:30", score=20, of=20)
    assert desk.gate("quiz", "2028-01-11 23:59").state == MET
    assert desk.gate("quiz", "2028-01-12 00:00").state == NOT_MET


@pytest.mark.parametrize(
    ("held", "last_in_time", "first_late"),
    [
        ("2028-03-20 23:30", "2028-04-03 22:59", "2028-04-03 23:00"),  # the clocks go forward on 26 March
        ("2028-10-20 22:30", "2028-11-03 23:59", "2028-11-04 00:00"),  # and back on 29 October
    ],
)
def test_a_gap_counts_local_days_across_a_change_of_the_clocks(
    open_desk: OpenDesk, held: str, last_in_time: str, first_late: str
) -> None:
    desk = open_desk(SUPERVISION)
    desk.supervise(held)
    assert desk.gate("supervision", last_in_time).state == MET
    assert desk.gate("supervision", first_late).state == NOT_MET


@pytest.mark.parametrize(("as_of", "state"), [("2029-02-28 23:59", MET), ("2029-03-01 00:00", NOT_MET)])
def test_a_certificate_of_leap_day_is_valid_through_28_february(
    open_desk: OpenDesk, as_of: str, state: GateState
) -> None:
    desk = open_desk(CERTIFICATE)
    desk.certify("2028-02-29", expires_on=date(2030, 1, 1))
    assert desk.gate("certificate", as_of).state == state


@pytest.mark.parametrize(("as_of", "state"), [("2028-02-28", MET), ("2028-02-29", NOT_MET)])
def test_a_certificate_of_28_february_is_not_valid_on_leap_day(
    open_desk: OpenDesk, as_of: str, state: GateState
) -> None:
    desk = open_desk(CERTIFICATE)
    desk.certify("2027-02-28", expires_on=date(2030, 1, 1))
    assert desk.gate("certificate", as_of).state == state


@pytest.mark.parametrize(("as_of", "state"), [("2028-05-10", MET), ("2028-05-11", NOT_MET)])
def test_a_certificate_ends_with_its_own_expiry(open_desk: OpenDesk, as_of: str, state: GateState) -> None:
    desk = open_desk(CERTIFICATE)
    desk.certify("2028-02-29", expires_on=date(2028, 5, 10))
    assert desk.gate("certificate", as_of).state == state


def test_a_pause_stops_the_clock_of_the_gap_and_not_of_the_certificate(open_desk: OpenDesk) -> None:
    desk = open_desk(SUPERVISION, CERTIFICATE)
    desk.certify("2028-03-01", expires_on=date(2028, 4, 1))
    desk.supervise("2028-03-01")
    desk.note(Pause, "2028-03-11", change=ClockChange.PAUSED)
    desk.note(Pause, "2028-04-10", change=ClockChange.RESUMED)
    assert [gate.state for gate in desk.verdict("2028-04-01").gates] == [MET, MET]
    assert [gate.state for gate in desk.verdict("2028-04-02").gates] == [MET, NOT_MET]
    assert desk.gate("supervision", "2028-04-14").state == MET  # 10 days before the pause, 4 after
    assert desk.gate("supervision", "2028-04-15").state == NOT_MET


def test_a_pause_before_the_last_meeting_gives_no_days(open_desk: OpenDesk) -> None:
    desk = open_desk(SUPERVISION)
    desk.note(Pause, "2028-03-01", change=ClockChange.PAUSED)
    desk.note(Pause, "2028-03-20", change=ClockChange.RESUMED)
    desk.supervise("2028-03-18")
    assert desk.gate("supervision", "2028-04-03").state == MET  # 16 days, 2 of them paused
    assert desk.gate("supervision", "2028-04-04").state == NOT_MET


def test_somebody_who_never_paused_is_late_after_the_gap(open_desk: OpenDesk) -> None:
    desk = open_desk(SUPERVISION)
    meeting = desk.supervise("2028-03-01")
    desk.supervise("2028-03-10", minutes=29)
    assert desk.gate("supervision", "2028-03-15").state == MET
    late = desk.gate("supervision", "2028-03-16")
    assert (late.state, late.have, late.need, late.next_part) == (NOT_MET, 1, 2, 2)
    assert meeting.fact_id in late.evidence


# ---------------------------------------------------------------- knowledge and delivery


def test_a_back_dated_record_counts_as_of_then_once_it_is_known(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.reflect("2028-03-01", recorded="2028-03-20")
    assert desk.gate("portfolio", "2028-03-10", known="2028-03-19").state == NOT_MET
    assert desk.gate("portfolio", "2028-03-10", known="2028-03-20").state == MET
    assert desk.gate("portfolio", "2028-02-28", known="2028-03-20").state == NOT_MET


def test_a_back_dated_absence_is_older_than_the_attendance_recorded_before_it(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("dose", parts=[{"sessions": ["s1"], "min": 1}]))
    session = {"session_id": "s1", "minutes": 60}
    desk.note(Attendance, "2028-03-08", presence=Presence.PRESENT, **session)
    desk.note(Attendance, "2028-03-01", recorded="2028-03-20", presence=Presence.ABSENT, session_id="s1", minutes=0)
    assert desk.gate("dose", "2028-03-30").state == MET
    desk.note(Attendance, "2028-03-09", recorded="2028-03-21", presence=Presence.ABSENT, session_id="s1", minutes=0)
    assert desk.gate("dose", "2028-03-30").state == NOT_MET


def test_a_fact_delivered_twice_counts_once(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("portfolio", min=2))
    reflection = desk.reflect("2028-03-01")
    assert not desk.store.append_at(utc("2028-03-05"), reflection)
    gate = desk.gate("portfolio", "2028-03-10")
    assert (gate.state, gate.have, gate.need, gate.evidence) == (NOT_MET, 1, 2, (reflection.fact_id,))


def test_a_void_fact_never_was_even_before_it_was_made_void(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.amend(desk.reflect("2028-03-01"), Change.VOID, "2028-03-20")
    assert desk.gate("portfolio", "2028-03-10", known="2028-03-19").state == MET
    assert desk.gate("portfolio", "2028-03-10").state == NOT_MET


def test_making_an_amendment_void_changes_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    amendment = desk.amend(desk.reflect("2028-03-01"), Change.VOID, "2028-03-02")
    desk.amend(amendment, Change.VOID, "2028-03-03")
    assert desk.gate("portfolio", "2028-03-10").state == NOT_MET


def test_a_mean_written_with_a_decimal_is_reached_exactly(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("participant_summary", min=2, min_n=3, min_mean=4.1))
    good = desk.note(ParticipantSummary, "2028-03-01", group_code="a", mean_hundredths=410, n_answers=3)
    desk.note(ParticipantSummary, "2028-03-02", group_code="b", mean_hundredths=409, n_answers=9)
    desk.note(ParticipantSummary, "2028-03-03", group_code="c", mean_hundredths=500, n_answers=2)
    assert desk.gate("participant_summary", "2028-03-10").evidence == (good.fact_id,)


# ---------------------------------------------------------------- status


def test_a_sign_off_revoked_is_revoked_from_then_on(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS, decision=Decision(due_soon_days=30))
    desk.reflect("2028-03-01")
    assert desk.verdict("2028-03-02").status == Status.READY_FOR_DECISION
    desk.amend(desk.sign("2028-03-03"), Change.REVOKED, "2028-04-01", recorded="2028-03-20")
    assert desk.verdict("2028-03-02").status == Status.READY_FOR_DECISION
    assert desk.verdict("2028-03-31").status == Status.SIGNED_OFF
    assert desk.verdict("2028-04-01").status == Status.REVOKED
    assert desk.verdict("2028-04-01", known="2028-03-19").status == Status.SIGNED_OFF


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2029-01-28", Status.SIGNED_OFF),
        ("2029-01-29", Status.DUE_SOON),
        ("2029-02-28", Status.DUE_SOON),
        ("2029-03-01", Status.LAPSED),
    ],
)
def test_a_sign_off_of_leap_day_is_due_soon_and_lapses_after_28_february(
    open_desk: OpenDesk, as_of: str, status: Status
) -> None:
    desk = open_desk(REFLECTIONS, decision=Decision(due_soon_days=30))
    desk.reflect("2028-02-01")
    desk.sign("2028-02-29")
    assert desk.verdict(as_of).status == status
    assert desk.verdict(as_of).valid_until == date(2029, 2, 28)


def test_a_blocking_gate_that_closes_after_the_sign_off_makes_it_lapse(open_desk: OpenDesk) -> None:
    desk = open_desk(QUIZ, make_gate("critical", severity="warn", parts=[{"blueprint": "quiz-two"}]))
    desk.submit("2028-03-01", score=20, of=20)
    desk.sign("2028-03-02")
    assert desk.verdict("2028-03-11").status == Status.SIGNED_OFF
    assert desk.verdict("2028-03-12").status == Status.LAPSED


def test_a_sign_off_without_its_countersign_decides_nothing(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.reflect("2028-03-01")
    sign_off = desk.sign("2028-03-02", needs_countersign=True)
    desk.write(Countersign, "2028-03-05", actor_id=CLARE, sign_off_id=sign_off.fact_id)
    assert desk.verdict("2028-03-04").status == Status.READY_FOR_DECISION
    assert desk.verdict("2028-03-05").status == Status.SIGNED_OFF


def test_a_later_refusal_does_not_end_a_sign_off(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.reflect("2028-03-01")
    desk.sign("2028-03-02")
    desk.sign("2028-03-03", is_granted=False)
    assert desk.verdict("2028-03-04").status == Status.SIGNED_OFF


def test_a_hold_comes_before_a_sign_off_until_it_is_lifted(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.reflect("2028-03-01")
    desk.sign("2028-03-02")
    seen = desk.observe("2028-03-10", 1, critical_unhelpful=1)
    hold = desk.note(Hold, "2028-03-10", observation_id=seen.fact_id, behaviour_id=BehaviourId("d1-u1"))
    desk.amend(hold, Change.LIFTED, "2028-03-15")
    verdict = desk.verdict("2028-03-14")
    assert (verdict.status, verdict.hold_since) == (Status.ON_HOLD, date(2028, 3, 10))
    assert (desk.verdict("2028-03-15").status, desk.verdict("2028-03-15").hold_since) == (Status.SIGNED_OFF, None)


def test_a_hold_withdrawn_as_a_slip_never_was(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    seen = desk.observe("2028-03-10", 1, critical_unhelpful=1)
    hold = desk.note(Hold, "2028-03-10", observation_id=seen.fact_id, behaviour_id=BehaviourId("d1-u1"))
    desk.amend(hold, Change.VOID, "2028-03-11")
    assert desk.verdict("2028-03-10 15:00", known="2028-03-10 16:00").status == Status.ON_HOLD
    assert desk.verdict("2028-03-10 15:00").status == Status.PRACTISING


def test_pause_return_and_withdrawal_stand_before_all_else(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    assert desk.verdict("2028-03-01").status == Status.NOT_STARTED
    desk.note(ModuleProgress, "2028-03-01", actor_id=ANNA, module_id=ModuleId("m1"), step=0)
    assert desk.verdict("2028-03-01").status == Status.IN_TRAINING
    desk.observe("2028-03-02", 2)
    assert desk.verdict("2028-03-02").status == Status.PRACTISING
    for day, change in (("03", ClockChange.PAUSED), ("04", ClockChange.RESUMED), ("05", ClockChange.WITHDRAWN)):
        desk.note(Pause, f"2028-03-{day}", change=change)
    statuses = [desk.verdict(f"2028-03-{day}").status for day in ("03", "04", "05")]
    assert statuses == [Status.PAUSED, Status.PRACTISING, Status.WITHDRAWN]


def test_nobody_has_a_verdict_who_is_not_enrolled(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    assert desk.store.verdict(desk.person(BEN), desk.programme_id, utc("2028-03-01"), LONG_AFTER) is None
    assert desk.store.verdict(desk.person(ANNA), desk.programme_id, utc("2026-12-31"), LONG_AFTER) is None
