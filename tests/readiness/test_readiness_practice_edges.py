"""The named edge cases of supervised practice, asked of the store; expectations worked out by hand."""

from typing import Any

import pytest

from assessments.facts import Relation
from assessments.verdicts import GateState
from curriculum.gates import Gate
from curriculum.ids import ScenarioId
from curriculum.models import Setting
from people.facts import Change
from tests.readiness.desk import ANNA, BEN, CLARE, OpenDesk
from tests.readiness.rule_sets import make_gate

MET, NOT_MET, NOT_COMPUTABLE = GateState.MET, GateState.NOT_MET, GateState.NOT_COMPUTABLE

HARM = make_gate("harm", last=2)
ASSESSOR = make_gate("assessor", min=1, months=12)


def level_gate(last: int = 2, **changed: Any) -> Gate:
    part = {"competencies": ["d1-1"], "setting": "roleplay", "level": 3, "last": last}
    return make_gate("level", parts=[part | changed])


def practice_gate(**changed: Any) -> Gate:
    return make_gate("practice", parts=[{"checklist": "c1", "setting": "roleplay", "min": 1} | changed])


# ---------------------------------------------------------------- levels


def test_level_4_then_1_starts_the_run_anew(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=2))
    desk.observe("2028-03-01", 4)
    desk.observe("2028-03-02", 1)
    after_the_1 = desk.gate("level", "2028-03-02")
    assert (after_the_1.state, after_the_1.have, after_the_1.need) == (NOT_MET, 0, 2)
    desk.observe("2028-03-03", 4)
    assert desk.gate("level", "2028-03-03").have == 1
    desk.observe("2028-03-04", 3)
    assert desk.gate("level", "2028-03-04").state == MET


def test_the_newest_is_what_happened_last_not_what_was_recorded_last(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=1))
    desk.observe("2028-03-10", 3)
    desk.observe("2028-03-01", 1, recorded="2028-03-20")
    assert desk.gate("level", "2028-03-21").state == MET


def test_of_two_at_the_same_instant_the_one_recorded_later_is_newest(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=1))
    desk.observe("2028-03-10", 4)
    desk.observe("2028-03-10", 2, recorded="2028-03-11")
    assert desk.gate("level", "2028-03-12").state == NOT_MET


def test_a_competency_is_as_good_as_its_lowest_line(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=1))
    desk.observe("2028-03-01", 4, None, 2)
    assert desk.gate("level", "2028-03-02").state == NOT_MET


def test_no_opportunity_everywhere_is_neither_a_pass_nor_a_break(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=2))
    desk.observe("2028-03-01", None, None, is_passed=False)
    nothing = desk.gate("level", "2028-03-01")
    assert (nothing.state, nothing.have, nothing.need, nothing.next_part) == (NOT_MET, 0, 2, 1)
    desk.observe("2028-03-02", 3)
    desk.observe("2028-03-03", None, is_passed=False)
    desk.observe("2028-03-04", 4)
    assert desk.gate("level", "2028-03-04").state == MET


def test_a_run_ends_where_evidence_is_too_old(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=2, max_age_days=30))
    desk.observe("2028-03-01", 4)
    desk.observe("2028-03-10", 4)
    assert desk.gate("level", "2028-03-31").state == MET
    assert (desk.gate("level", "2028-04-01").state, desk.gate("level", "2028-04-01").have) == (NOT_MET, 1)


def test_levels_of_one_setting_say_nothing_of_another(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=1, setting="live"))
    desk.observe("2028-03-01", 4)
    assert desk.gate("level", "2028-03-02").state == NOT_MET
    desk.observe("2028-03-03", 3, setting=Setting.LIVE)
    assert desk.gate("level", "2028-03-04").state == MET


def test_each_competency_of_a_part_is_a_part_of_its_own(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=1, competencies=["d1-1", "d1-2"]))
    desk.observe("2028-03-01", 3)
    gate = desk.gate("level", "2028-03-02")
    assert (gate.have, gate.need, gate.next_part, [part.is_met for part in gate.parts]) == (1, 2, 2, [True, False])


# ---------------------------------------------------------------- who may observe whom


def test_a_trainer_who_is_also_a_trainee_cannot_rate_themselves(open_desk: OpenDesk) -> None:
    desk = open_desk(practice_gate(), level_gate(last=1))
    desk.enrol(BEN)
    desk.observe("2028-03-01", 4, person_id=BEN, actor_id=BEN)
    assert [gate.state for gate in desk.verdict("2028-03-02", person_id=BEN).gates] == [NOT_MET, NOT_MET]


def test_what_a_trainer_who_is_also_a_trainee_rated_is_the_others_evidence(open_desk: OpenDesk) -> None:
    desk = open_desk(practice_gate())
    desk.enrol(BEN)
    by_ben = desk.observe("2028-03-01", 4)
    by_clare = desk.observe("2028-03-02", 4, person_id=BEN, actor_id=CLARE)
    assert desk.gate("practice", "2028-03-03").evidence == (by_ben.fact_id,)
    assert desk.gate("practice", "2028-03-03", person_id=BEN).evidence == (by_clare.fact_id,)


def test_self_and_partner_evaluations_count_for_whom_they_are_about_and_for_no_level(open_desk: OpenDesk) -> None:
    given = make_gate("evaluations_given", parts=[{"evaluator": "self", "min": 1}, {"evaluator": "partner", "min": 1}])
    desk = open_desk(level_gate(last=1), given)
    desk.enrol(BEN)
    desk.observe("2028-03-01", 4, actor_id=ANNA, relation=Relation.SELF)
    assert [part.is_met for part in desk.gate("evaluations_given", "2028-03-02").parts] == [True, False]
    desk.observe("2028-03-03", 4, actor_id=BEN, relation=Relation.PARTNER)
    assert desk.gate("evaluations_given", "2028-03-04").state == MET
    assert desk.gate("evaluations_given", "2028-03-04", person_id=BEN).have == 0
    assert desk.gate("level", "2028-03-04").state == NOT_MET


def test_a_live_observation_without_a_co_leader_does_not_count(open_desk: OpenDesk) -> None:
    desk = open_desk(practice_gate(setting="live"))
    desk.observe("2028-03-01", 4, setting=Setting.LIVE, has_co_leader=False)
    assert desk.gate("practice", "2028-03-02").state == NOT_MET
    desk.observe("2028-03-03", 4, setting=Setting.LIVE)
    assert desk.gate("practice", "2028-03-04").state == MET


def test_practice_counts_sessions_or_scenarios_not_observations(open_desk: OpenDesk) -> None:
    scenarios = make_gate(
        "practice", "scenarios", parts=[{"checklist": "c1", "setting": "roleplay", "min": 2, "distinct": "scenario"}]
    )
    desk = open_desk(practice_gate(min=2), scenarios)
    desk.observe("2028-03-01", 4, session_code="round", scenario_id=ScenarioId("shopping"))
    desk.observe("2028-03-02", 4, session_code="round", scenario_id=ScenarioId("bedtime"))
    assert desk.gate("practice", "2028-03-03").have == 1
    assert desk.gate("scenarios", "2028-03-03").state == MET


# ---------------------------------------------------------------- observers out of date, observers who disagree


def test_an_observer_without_any_calibration_is_unknown(open_desk: OpenDesk) -> None:
    desk = open_desk(ASSESSOR, practice_gate())
    desk.observe("2028-03-10", 4)
    assert [gate.state for gate in desk.verdict("2028-03-11").gates] == [NOT_COMPUTABLE, NOT_MET]


@pytest.mark.parametrize(
    ("calibrated_on", "is_passed", "state"),
    [
        ("2028-03-10", True, MET),
        ("2027-03-10", True, MET),
        ("2027-03-09", True, NOT_MET),
        ("2028-03-11", True, NOT_MET),
        ("2028-03-01", False, NOT_MET),
    ],
)
def test_only_an_observer_in_date_that_day_counts(
    open_desk: OpenDesk, calibrated_on: str, is_passed: bool, state: GateState
) -> None:
    desk = open_desk(ASSESSOR, practice_gate())
    desk.calibrate(calibrated_on, BEN, is_passed=is_passed)
    desk.observe("2028-03-10", 4)
    assert [gate.state for gate in desk.verdict("2028-03-12").gates] == [state, state]


def test_an_observer_found_uncalibrated_later_no_longer_counts(open_desk: OpenDesk) -> None:
    desk = open_desk(ASSESSOR, practice_gate())
    calibration = desk.calibrate("2028-03-01", BEN)
    desk.observe("2028-03-10", 4)
    desk.amend(calibration, Change.VOID, "2028-04-01")
    assert desk.gate("practice", "2028-03-12", known="2028-03-31").state == MET
    assert [gate.state for gate in desk.verdict("2028-03-12").gates] == [NOT_COMPUTABLE, NOT_MET]


def test_without_an_assessor_gate_nobody_asks_for_calibrations(open_desk: OpenDesk) -> None:
    desk = open_desk(practice_gate())
    desk.observe("2028-03-10", 4)
    assert desk.gate("practice", "2028-03-11").state == MET


def test_two_observers_two_levels_apart_count_only_once_adjudicated(open_desk: OpenDesk) -> None:
    desk = open_desk(level_gate(last=1), make_gate("observers", min=1))
    strict = desk.observe("2028-03-10", 2, session_code="round")
    mild = desk.observe("2028-03-10 12:01", 4, session_code="round", actor_id=CLARE)
    assert desk.gate("observers", "2028-03-10 12:00").evidence == (strict.fact_id,)
    assert [(gate.state, gate.evidence) for gate in desk.verdict("2028-03-11").gates] == [(NOT_MET, ())] * 2
    desk.amend(mild, Change.ADJUDICATED, "2028-03-12")
    assert [gate.evidence for gate in desk.verdict("2028-03-13").gates] == [(mild.fact_id,)] * 2
    assert desk.gate("level", "2028-03-11").state == NOT_MET


@pytest.mark.parametrize(
    "changed",
    [
        {"session_code": "another"},
        {"checklist_id": "c2"},
        {"actor_id": BEN},
        {"competency": "d1-2"},
    ],
)
def test_only_two_trainers_on_one_form_of_one_session_disagree(open_desk: OpenDesk, changed: dict[str, Any]) -> None:
    desk = open_desk(make_gate("settings", parts=[{"setting": "roleplay"}]))
    desk.observe("2028-03-10", 1, session_code="round")
    desk.observe("2028-03-10", 4, **{"session_code": "round", "actor_id": CLARE} | changed)
    assert len(desk.gate("settings", "2028-03-11").evidence) == 2


def test_without_a_code_of_the_session_nothing_is_one_performance(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("observers", min=2))
    desk.observe("2028-03-10", 1, session_code="")
    desk.observe("2028-03-10", 4, session_code="", actor_id=CLARE)
    assert desk.gate("observers", "2028-03-11").state == MET


def test_who_rates_in_supervision_has_watched_no_session(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("observers", min=1), ASSESSOR)
    desk.calibrate("2028-03-01", BEN)
    desk.observe("2028-03-10", 4, setting=Setting.SUPERVISION)
    assert [(gate.state, gate.have) for gate in desk.verdict("2028-03-11").gates] == [(NOT_MET, 0)] * 2
    desk.observe("2028-03-12", 4)
    assert [(gate.state, gate.have) for gate in desk.verdict("2028-03-13").gates] == [(MET, 1)] * 2


def test_one_level_apart_is_agreement(open_desk: OpenDesk) -> None:
    desk = open_desk(make_gate("observers", min=2))
    desk.observe("2028-03-10", 3, session_code="round")
    desk.observe("2028-03-10", 4, session_code="round", actor_id=CLARE)
    assert desk.gate("observers", "2028-03-11").state == MET


# ---------------------------------------------------------------- harm


def test_before_any_counted_observation_harm_cannot_be_judged(open_desk: OpenDesk) -> None:
    desk = open_desk(HARM)
    desk.observe("2028-03-01", 4, counts=False)
    gate = desk.gate("harm", "2028-03-02")
    assert (gate.state, gate.need) == (NOT_COMPUTABLE, 2)
    desk.observe("2028-03-03", 4)
    assert desk.gate("harm", "2028-03-04").state == MET


def test_a_level_1_leaves_the_last_counted_ratings_by_newer_ones(open_desk: OpenDesk) -> None:
    desk = open_desk(HARM)
    desk.observe("2028-03-01", 1)
    desk.observe("2028-03-02", 3, setting=Setting.LIVE)
    gate = desk.gate("harm", "2028-03-02")
    assert (gate.state, gate.have, gate.next_part) == (NOT_MET, 1, 1)
    desk.observe("2028-03-03", 3, competency="d1-2")
    assert desk.gate("harm", "2028-03-03").state == NOT_MET
    desk.observe("2028-03-04", 2)
    assert desk.gate("harm", "2028-03-04").state == MET


def test_open_harm_counts_formative_or_not_until_it_is_resolved(open_desk: OpenDesk) -> None:
    desk = open_desk(HARM)
    seen = desk.observe("2028-03-01", 2, counts=False, critical_unhelpful=1)
    assert desk.gate("harm", "2028-03-02").state == NOT_MET  # though nothing counted was seen yet
    desk.observe("2028-03-03", 4)
    gate = desk.gate("harm", "2028-03-04")
    assert (gate.state, gate.have, gate.next_part) == (NOT_MET, 1, 2)
    desk.amend(seen, Change.HARM_RESOLVED, "2028-03-10", recorded="2028-03-08")
    assert desk.gate("harm", "2028-03-09").state == NOT_MET
    assert desk.gate("harm", "2028-03-10").state == MET


def test_what_a_trainer_saw_in_themselves_is_no_open_harm(open_desk: OpenDesk) -> None:
    desk = open_desk(HARM)
    desk.enrol(BEN)
    desk.observe("2028-03-01", 3, person_id=BEN, actor_id=CLARE)
    desk.observe("2028-03-02", 1, person_id=BEN, actor_id=BEN, critical_unhelpful=1)
    assert desk.gate("harm", "2028-03-03", person_id=BEN).state == MET


def test_an_unhelpful_critical_behaviour_is_never_practice_done(open_desk: OpenDesk) -> None:
    settings = make_gate("settings", parts=[{"setting": "roleplay"}])
    desk = open_desk(practice_gate(), make_gate("observers", min=1), settings)
    seen = desk.observe("2028-03-01", 4, critical_unhelpful=1)
    desk.amend(seen, Change.HARM_RESOLVED, "2028-03-02")
    assert [gate.state for gate in desk.verdict("2028-03-03").gates] == [NOT_MET] * 3
