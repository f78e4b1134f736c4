"""Both programmes that ship, in one store: what they share, what they keep apart, and that their rules can be met."""

from datetime import timedelta
from typing import Any

import pytest

from assessments.facts import Attempt, Mode, Stage
from assessments.service.learning import record_group_delivered, record_supervision
from assessments.verdicts import GateState, Status
from people.models import PersonId
from tests.builders import NOW
from tests.two_programmes import (
    ALONGSIDE,
    FIRST_AID,
    LEAD,
    SAFEGUARDING,
    TABLE,
    TODAY,
    House,
    anna,
    ben,
    do_what_both_roles_need,
    house,
    programmes,
)

pytestmark = pytest.mark.slow

__all__ = ["anna", "ben", "house", "programmes"]


# ---------------------------------------------------------------- shared and apart


def test_one_certificate_counts_in_both_programmes(house, anna):
    gate = "safeguarding-certificate"
    assert [house.gate(anna, one, gate) for one in (ALONGSIDE, TABLE)] == [GateState.NOT_MET] * 2
    house.certify(anna, SAFEGUARDING, TODAY + timedelta(days=100))
    assert [house.gate(anna, one, gate) for one in (ALONGSIDE, TABLE)] == [GateState.MET] * 2


def test_shared_certificate_runs_out_in_both_programmes(house, anna):
    house.certify(anna, SAFEGUARDING, TODAY + timedelta(days=100))
    for days, state in ((100, GateState.MET), (101, GateState.NOT_MET)):
        at = NOW + timedelta(days=days)
        assert [house.gate(anna, one, "safeguarding-certificate", at) for one in (ALONGSIDE, TABLE)] == [state] * 2


def test_another_certificate_does_not_stand_in(house, anna):
    house.certify(anna, FIRST_AID, TODAY + timedelta(days=100))
    assert house.gate(anna, TABLE, "first-aid") is GateState.MET
    assert house.gate(anna, TABLE, "safeguarding-certificate") is GateState.NOT_MET


def test_training_in_one_programme_is_no_training_in_the_other(house, anna):
    house.attend(anna, ALONGSIDE, *(session.id for session in house.programmes[ALONGSIDE].head.sessions))
    assert house.gate(anna, ALONGSIDE, "training") is GateState.MET
    assert house.count(anna, TABLE, "training-lead") == (0, 7)


def test_supervision_in_one_programme_is_none_in_the_other(house, anna):
    given: Any = {"mode": Mode.PHONE, "held_on": TODAY, "now": NOW}
    for _ in range(2):
        record_supervision(house.store, house.trainer, anna, TABLE, 30, **given)
    assert house.gate(anna, TABLE, "supervision") is GateState.MET
    assert house.gate(anna, ALONGSIDE, "supervision") is GateState.NOT_MET


# ---------------------------------------------------------------- two roles, two doses


def test_sessions_four_to_seven_are_enough_for_an_assistant_and_not_for_a_lead(house, anna, ben):
    for person_id in (anna, ben):
        house.attend(person_id, TABLE, "T4", "T5", "T6", "T7")
    assert house.gate(ben, TABLE, "training-assistant") is GateState.MET
    assert house.gate(anna, TABLE, "training-lead") is GateState.NOT_MET
    assert house.count(anna, TABLE, "training-lead") == (4, 7)
    house.attend(anna, TABLE, "T1", "T2", "T3")
    assert house.gate(anna, TABLE, "training-lead") is GateState.MET


def test_the_first_sessions_do_not_count_for_an_assistant(house, ben):
    house.attend(ben, TABLE, "T1", "T2", "T3", "T4")
    assert house.count(ben, TABLE, "training-assistant") == (1, 4)


def test_the_dose_of_the_other_role_is_not_required(house, anna, ben):
    assert house.gate(anna, TABLE, "training-assistant") is GateState.NOT_REQUIRED
    assert house.gate(ben, TABLE, "training-lead") is GateState.NOT_REQUIRED


def test_an_assistant_who_becomes_a_lead_needs_the_dose_of_a_lead(house, ben):
    house.attend(ben, TABLE, "T4", "T5", "T6", "T7")
    house.join(ben, TABLE, LEAD)
    assert house.gate(ben, TABLE, "training-assistant") is GateState.NOT_REQUIRED
    assert house.count(ben, TABLE, "training-lead") == (4, 7)


# ---------------------------------------------------------------- ready without a quiz


def _evaluate(house: House, person_id: PersonId, partner_id: PersonId, n: int) -> None:
    for number in range(n):
        code = f"evening-{number}"
        house.observe(person_id, "F6", by=person_id, code=code)
        house.observe(person_id, "F7", by=partner_id, code=code)


def _train_assistant(house: House, person_id: PersonId, partner_id: PersonId, n_evenings: int) -> None:
    house.attend(person_id, TABLE, "T4", "T5", "T6", "T7")
    do_what_both_roles_need(house, person_id)
    _evaluate(house, person_id, partner_id, 1)
    house.observe(person_id, "F5", stage=Stage.CO_LEAD)
    for number in range(n_evenings):
        house.observe(person_id, "F1", stage=Stage.CO_LEAD, code=f"evening-{number}")


def test_an_assistant_gets_ready_without_a_quiz(house, anna, ben):
    _train_assistant(house, ben, anna, n_evenings=1)
    assert [gate.gate_id for gate in house.verdict(ben, TABLE).open_blocks] == ["live-assistant", "steady"]
    house.observe(ben, "F1", stage=Stage.CO_LEAD, code="evening-2")
    assert house.verdict(ben, TABLE).status is Status.READY_FOR_DECISION
    assert house.store.list_facts(Attempt) == []


def test_warnings_and_information_do_not_hold_an_assistant_back(house, anna, ben):
    _train_assistant(house, ben, anna, n_evenings=2)
    still_open = {gate.gate_id for gate in house.verdict(ben, TABLE).gates if not gate.is_open}
    assert still_open == {"two-observers", "season-helped", "first-aid"}


def test_a_lead_gets_ready_with_seven_sessions_and_a_whole_season(house, anna, ben):
    house.attend(anna, TABLE, "T1", "T2", "T3", "T4", "T5", "T6", "T7")
    do_what_both_roles_need(house, anna)
    for number, stage in enumerate((Stage.LEAD_PART, Stage.LEAD_WHOLE), start=1):
        for checklist_id in ("F1", "F2", "F4", "F5"):
            house.observe(anna, checklist_id, stage=stage, code=f"evening-{number}")
    _evaluate(house, anna, ben, 1)
    record_group_delivered(house.store, house.trainer, anna, TABLE, "season-1", held_on=TODAY, now=NOW)
    assert [gate.gate_id for gate in house.verdict(anna, TABLE).open_blocks] == ["evaluations-lead"]
    _evaluate(house, anna, ben, 1)
    assert house.verdict(anna, TABLE).status is Status.READY_FOR_DECISION


def test_a_level_of_oneself_or_the_partner_is_no_practice(house, anna, ben):
    _evaluate(house, ben, anna, 2)
    assert house.gate(ben, TABLE, "evaluations-assistant") is GateState.MET
    assert house.count(ben, TABLE, "live-assistant") == (0, 3)
