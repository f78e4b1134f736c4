from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.facts import Countersign, SignOff
from assessments.sign_off import SignOffHistory, SignOffState, add_months, evidence_hash, list_evidence
from assessments.verdicts import PartVerdict
from people.facts import Amendment, Change
from people.ids import new_fact_id
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
    today: date = DECIDED, *, is_superseded: bool = False, countersign=COUNTERSIGN, revoked=None, **changes: Any
):
    history = SignOffHistory(_sign_off(**changes), countersign, revoked, DECIDED, is_superseded)
    return history.state_on(today)


def test_countersigned_sign_off_is_in_force():
    assert _state() == SignOffState.IN_FORCE


def test_sign_off_waits_for_its_countersignature():
    assert _state(countersign=None) == SignOffState.AWAITING_COUNTERSIGN


def test_sign_off_without_need_of_a_second_is_in_force_at_once():
    assert _state(countersign=None, needs_countersign=False) == SignOffState.IN_FORCE


def test_sign_off_holds_through_its_last_day():
    assert _state(date(2026, 3, 10)) == SignOffState.IN_FORCE
    assert _state(date(2026, 3, 11)) == SignOffState.EXPIRED


def test_revoked_sign_off_is_revoked():
    assert _state(revoked=REVOKED) == SignOffState.REVOKED


def test_newer_complete_sign_off_supersedes():
    assert _state(is_superseded=True) == SignOffState.SUPERSEDED


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
