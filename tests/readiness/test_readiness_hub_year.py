"""The named edge cases of a hub's year, asked of the store: pauses, people who leave and come back, other hubs."""

from datetime import date

import pytest

from assessments.verdicts import GateState, Status
from people.facts import Change, ClockChange, Pause
from store.readiness import verdicts
from tests.readiness.desk import ANNA, BEN, Desk, OpenDesk, utc
from tests.readiness.rule_sets import ROLES, make_gate

MET, NOT_MET = GateState.MET, GateState.NOT_MET
PAUSED, RESUMED, WITHDRAWN = ClockChange.PAUSED, ClockChange.RESUMED, ClockChange.WITHDRAWN

GAP = make_gate("supervision", min=1, max_gap_days=14, window_days=3660, min_minutes=30)
WINDOW = make_gate("supervision", min=1, max_gap_days=3660, window_days=14, min_minutes=30)
CERTIFICATE = make_gate("certificate", parts=[{"certificate": "safeguarding", "months": 12}])
REFLECTIONS = make_gate("portfolio", min=1)


def last_day(desk: Desk, *days: str) -> str:
    """Return the last of the days on which the one gate is met."""
    met = [day for day in days if desk.verdict(day).gates[0].state == MET]
    assert met == list(days[: len(met)])
    return met[-1]


# ---------------------------------------------------------------- what a pause stops


def test_a_pause_stops_the_gap_and_neither_the_window_nor_the_certificate(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP, WINDOW.model_copy(update={"id": "window"}), CERTIFICATE)
    desk.certify("2028-03-01", expires_on=date(2028, 3, 31))
    desk.supervise("2028-03-01")
    desk.pause("2028-03-02")
    assert [gate.state for gate in desk.verdict("2028-03-14").gates] == [MET, MET, MET]
    assert [gate.state for gate in desk.verdict("2028-03-15").gates] == [MET, NOT_MET, MET]
    assert [gate.state for gate in desk.verdict("2028-04-01").gates] == [MET, NOT_MET, NOT_MET]


def test_a_pause_that_lasts_runs_up_to_the_day_asked_for(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP)
    desk.supervise("2028-03-01")
    desk.pause("2028-03-14")
    assert desk.verdict("2029-03-14").gates[0].state == MET
    assert desk.verdict("2029-03-14").status == Status.PAUSED


def test_two_pauses_add_up(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP)
    desk.supervise("2028-03-01")
    for from_day, to_day in (("2028-03-03", "2028-03-05"), ("2028-03-10", "2028-03-15")):
        desk.pause(from_day)
        desk.pause(to_day, RESUMED)
    assert last_day(desk, "2028-03-20", "2028-03-21", "2028-03-22", "2028-03-23") == "2028-03-22"


def test_a_withdrawal_ends_a_pause_and_stops_no_clock_itself(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP)
    desk.supervise("2028-03-01")
    desk.pause("2028-03-05")
    desk.pause("2028-03-08", WITHDRAWN)
    assert last_day(desk, "2028-03-17", "2028-03-18", "2028-03-19") == "2028-03-18"


def test_a_new_enrolment_ends_a_pause(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP)
    desk.supervise("2028-03-01")
    desk.pause("2028-03-05")
    desk.enrol(ANNA, "2028-03-08", cohort_id=desk.other_cohort_id)
    assert desk.verdict("2028-03-08").status != Status.PAUSED
    assert last_day(desk, "2028-03-17", "2028-03-18", "2028-03-19") == "2028-03-18"


def test_a_pause_on_the_night_the_clocks_change_counts_local_days(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP)
    desk.supervise("2028-03-20")
    desk.pause("2028-03-25 23:30")  # London is still in winter time: 25 March
    desk.pause("2028-03-30 23:30", RESUMED)  # summer time: 31 March
    assert last_day(desk, "2028-04-08", "2028-04-09", "2028-04-10") == "2028-04-09"


def test_a_pause_over_the_leap_day_is_a_day_longer(open_desk: OpenDesk) -> None:
    leap, common = open_desk(GAP), open_desk(GAP)
    for desk, year in ((leap, "2028"), (common, "2027")):
        desk.supervise(f"{year}-02-20")
        desk.pause(f"{year}-02-27")
        desk.pause(f"{year}-03-02", RESUMED)
    assert last_day(leap, "2028-03-08", "2028-03-09", "2028-03-10") == "2028-03-09"
    assert last_day(common, "2027-03-08", "2027-03-09", "2027-03-10") == "2027-03-09"


def test_a_pause_that_was_entered_late_changes_what_is_said_of_the_past(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP)
    desk.supervise("2028-03-01")
    desk.pause("2028-03-05", recorded="2028-03-20")
    assert desk.verdict("2028-03-16", known="2028-03-16").gates[0].state == NOT_MET
    assert desk.verdict("2028-03-16", known="2028-03-16").status != Status.PAUSED
    assert desk.verdict("2028-03-16").gates[0].state == MET
    assert desk.verdict("2028-03-16").status == Status.PAUSED


def test_a_pause_that_was_a_mistake_never_was(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP)
    desk.supervise("2028-03-01")
    pause = desk.pause("2028-03-05")
    desk.amend(pause, Change.VOID, "2028-03-06")
    assert desk.verdict("2028-03-16").gates[0].state == NOT_MET
    assert desk.verdict("2028-03-16").status != Status.PAUSED


def test_a_pause_delivered_twice_is_one(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP)
    desk.supervise("2028-03-01")
    pause = desk.pause("2028-03-05")
    desk.pause("2028-03-07", RESUMED)
    assert not desk.store.append_at(utc("2028-03-08"), pause)
    assert desk.verdict("2028-03-08").status != Status.PAUSED


def test_a_pause_of_one_programme_is_none_of_another(open_desk: OpenDesk) -> None:
    desk, other = open_desk(GAP), open_desk(GAP)
    other.write(Pause, "2028-03-05", programme_id=other.programme_id, change=PAUSED)
    desk.supervise("2028-03-01")
    assert desk.verdict("2028-03-16").gates[0].state == NOT_MET


# ---------------------------------------------------------------- who leaves and comes back


def test_who_has_left_is_back_by_a_new_enrolment(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.reflect("2028-03-01")
    desk.pause("2028-03-05", WITHDRAWN)
    assert desk.verdict("2028-03-06").status == Status.WITHDRAWN
    desk.enrol(ANNA, "2028-09-01")
    back = desk.verdict("2028-09-01")
    assert (back.status, back.gates[0].state) == (Status.READY_FOR_DECISION, MET)
    assert desk.verdict("2028-08-31").status == Status.WITHDRAWN


def test_at_one_instant_the_later_record_holds(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.pause("2028-03-05", WITHDRAWN)
    desk.enrol(ANNA, "2028-03-05")
    assert desk.verdict("2028-03-05").status == Status.NOT_STARTED
    desk.pause("2028-03-05", WITHDRAWN)
    assert desk.verdict("2028-03-05").status == Status.WITHDRAWN


def test_who_left_keeps_a_sign_off_that_is_seen_again_when_they_are_back(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.reflect("2028-03-01")
    desk.sign("2028-03-02")
    desk.pause("2028-03-05", WITHDRAWN)
    left = desk.verdict("2028-03-06")
    assert (left.status, left.valid_until) == (Status.WITHDRAWN, date(2029, 3, 2))
    desk.enrol(ANNA, "2028-06-01")
    assert desk.verdict("2028-06-01").status == Status.SIGNED_OFF
    assert desk.verdict("2029-03-03").status == Status.LAPSED


# ---------------------------------------------------------------- another hub, another cohort, another role


def test_facts_count_on_in_another_hub(open_desk: OpenDesk) -> None:
    desk = open_desk(GAP, REFLECTIONS, CERTIFICATE)
    desk.supervise("2028-03-01")
    desk.reflect("2028-03-01")
    desk.certify("2028-03-01", expires_on=date(2028, 12, 1))
    before = desk.verdict("2028-03-05")
    desk.enrol(ANNA, "2028-03-06", cohort_id=desk.other_cohort_id)
    after = desk.verdict("2028-03-06")
    assert after.gates == before.gates
    assert after.cohort_id == desk.other_cohort_id != before.cohort_id
    assert after.status == before.status == Status.READY_FOR_DECISION


@pytest.mark.parametrize(("as_of", "is_there"), [("2028-03-05", False), ("2028-03-06", True)])
def test_a_board_holds_those_who_were_in_the_hub_then(open_desk: OpenDesk, as_of: str, is_there: bool) -> None:
    desk = open_desk(REFLECTIONS)
    desk.enrol(ANNA, "2028-03-06", cohort_id=desk.other_cohort_id)
    found = verdicts(
        desk.store, desk.programme_id, cohort_id=desk.other_cohort_id, as_of=utc(as_of), known_at=utc("2030-01-01")
    )
    assert (desk.person(ANNA) in {verdict.person_id for verdict in found}) is is_there


def test_a_sign_off_of_another_role_counts_only_for_that_role(open_desk: OpenDesk) -> None:
    desk = open_desk(REFLECTIONS)
    desk.reflect("2028-03-01")
    desk.sign("2028-03-02")
    desk.enrol(ANNA, "2028-03-06", role_id=ROLES[1])
    assert desk.verdict("2028-03-06").status == Status.READY_FOR_DECISION


def test_a_trainer_who_left_leaves_their_observations_standing(open_desk: OpenDesk) -> None:
    practice = make_gate("practice", parts=[{"checklist": "c1", "setting": "roleplay", "min": 1}])
    desk = open_desk(practice)
    seen = desk.observe("2028-03-01", 3, actor_id=BEN)
    begun = desk.observe("2028-03-02", 3)
    desk.amend(begun, Change.VOID, "2028-03-03")
    gate = desk.verdict("2028-03-04").gates[0]
    assert (gate.state, gate.evidence) == (MET, (seen.fact_id,))
