from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.facts import Countersign, SignOff
from assessments.sign_off import (
    SignOffHistory,
    SignOffState,
    Successor,
    add_months,
    check_code,
    evidence_hash,
    list_evidence,
    read_check_code,
)
from assessments.verdicts import PartVerdict
from people.facts import Amendment, Change, FactId
from people.ids import derived_fact_id, new_fact_id
from people.models import PersonId
from tests.builders import NOW, PROGRAMME, ROLE, fact_ids, make_gate_verdict, make_verdict

BASE: dict[str, Any] = {"person_id": PersonId(1), "actor_id": PersonId(3), "occurred_at": NOW}
DECIDED = date(2025, 3, 10)


def _sign_off(**changes: Any) -> SignOff:
    fields: dict[str, Any] = {
        "fact_id": new_fact_id(),
        "programme_id": PROGRAMME,
        "role_id": ROLE,
        "version_no": 1,
        "is_granted": True,
        "valid_months": 12,
        "needs_countersign": True,
        "evidence_hash": "",
        "evidence": (),
        "levels": (),
    }
    return SignOff(**BASE | fields | changes)


COUNTERSIGN = Countersign(fact_id=new_fact_id(), sign_off_id=new_fact_id(), **BASE)
REVOKED = Amendment(fact_id=new_fact_id(), target_id=new_fact_id(), change=Change.REVOKED, **BASE)


def _state(
    today: date = DECIDED, *, successor=None, countersign=COUNTERSIGN, revoked=None, set_aside=None, **changes: Any
):
    history = SignOffHistory(
        _sign_off(**changes), countersign, revoked, DECIDED, successor, set_aside, due_soon_days=30
    )
    return history.state_on(today)


def test_countersigned_sign_off_is_in_force():
    assert _state() == SignOffState.IN_FORCE


def test_sign_off_waits_for_its_countersignature():
    assert _state(countersign=None) == SignOffState.AWAITING_COUNTERSIGN


def test_sign_off_without_need_of_a_second_is_in_force_at_once():
    assert _state(countersign=None, needs_countersign=False) == SignOffState.IN_FORCE


def test_sign_off_holds_through_its_last_day():
    assert _state(date(2026, 3, 10)) == SignOffState.DUE_SOON
    assert _state(date(2026, 3, 11)) == SignOffState.EXPIRED


def test_revoked_sign_off_is_revoked():
    assert _state(revoked=REVOKED) == SignOffState.REVOKED


def test_it_is_due_soon_in_its_last_days():
    assert _state(date(2026, 2, 7)) == SignOffState.IN_FORCE
    assert _state(date(2026, 2, 8)) == SignOffState.DUE_SOON


def test_a_newer_complete_one_renews_it_in_its_last_days_and_later_and_supersedes_it_before():
    def state(on: date) -> SignOffState:
        return _state(date(2027, 1, 1), successor=Successor(new_fact_id(), on))

    assert state(date(2026, 2, 7)) == SignOffState.SUPERSEDED
    assert state(date(2026, 2, 8)) == state(date(2026, 6, 1)) == SignOffState.RENEWED


def test_one_in_whose_place_a_second_look_counts_is_set_aside():
    ended = Amendment(fact_id=new_fact_id(), target_id=new_fact_id(), change=Change.ENDED, **BASE)
    assert _state(set_aside=ended) == SignOffState.SET_ASIDE


# ---------------------------------------------------------------- the code to check it by

NAMES = st.text(min_size=1, max_size=20)


@given(st.uuids(), NAMES)
def test_a_code_leads_back_to_its_sign_off_however_it_is_typed(parent: UUID, name: str):
    fact_id = derived_fact_id(FactId(parent), name)
    code = check_code(fact_id)
    assert len(code) == 14
    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')} "):
        found = read_check_code(typed)
        assert found is not None
        first, last = found
        assert first <= fact_id <= last
        assert last.int - first.int == (1 << 65) - 1


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM-2XPD-H9R0", "K7QM-2XPD-H9RTA", "9999-9999-9999", "ÄÄÄÄ-ÄÄÄÄ-ÄÄÄÄ"])
def test_what_is_no_code_leads_nowhere(typed: str):
    assert read_check_code(typed) is None


def test_not_yet_is_declined_whatever_else():
    assert _state(is_granted=False, revoked=REVOKED) == SignOffState.DECLINED


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2025, 11, 30), 1, date(2025, 12, 30)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 1, 15), 0, date(2025, 1, 15)),
    ],
)
def test_months_end_on_the_last_day_that_a_month_has(day: date, months: int, expected: date):
    assert add_months(day, months) == expected


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(0, 120))
def test_months_later_is_in_that_month(day: date, months: int):
    later = add_months(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


def test_evidence_is_named_once_in_order_of_gates_and_parts():
    a, b, c = fact_ids(3)
    part = PartVerdict(part_no=1, have=1, need=1, is_met=True, is_computable=True, evidence=(c, a))
    gates = (make_gate_verdict(evidence=(a,), parts=(part,)), make_gate_verdict("other", evidence=(b, c)))
    assert list_evidence(make_verdict(gates=gates)) == (a, c, b)


def test_evidence_hash_depends_on_the_order():
    assert evidence_hash(["aa", "bb"]) == sha256(b"aa\nbb\n").hexdigest()
    assert evidence_hash(["aa", "bb"]) != evidence_hash(["bb", "aa"])


def test_evidence_hash_tells_where_digests_end():
    assert evidence_hash(["aa", "bb"]) != evidence_hash(["aab", "b"])
