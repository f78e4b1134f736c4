"""The use cases on the real store: what the fake ledger promises, the store keeps."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from assessments.errors import NotDecidableError, UnknownVersionError
from assessments.facts import Attendance, Hold, Observation, Presence, SignOff
from assessments.reasons import LiftReason, RevokeReason, UnlockReason
from assessments.service.attempts import attempt_window, load_sheet, review_attempt, unlock_attempts
from assessments.service.decisions import countersign, decline, prepare_case, revoke, sign_off
from assessments.service.holds import lift_hold, record_debrief, withdraw_slip
from assessments.service.learning import correct, record_attendance, record_reflection
from assessments.service.observations import acknowledge, list_open_forms, load_form
from assessments.service.programmes import activate_programme, approve_safeguarding_text, publish_programme
from assessments.sign_off import SignOffState, evidence_hash
from assessments.verdicts import Status
from curriculum.bundle import to_bundle
from curriculum.ids import ActivityId, ModuleId
from curriculum.models import Setting
from people.facts import ContactKind, HubContact
from store.ledger import Store
from tests.assessments.world import (
    HUB,
    TODAY,
    World,
    all_basics,
    answer,
    days_later,
    make_world_on,
    observe_harm,
    open_form,
    start,
    submit,
    take,
    tick,
)
from tests.builders import NOW, PROGRAMME, QUIZ, make_programme

LEVELS = {ActivityId("E2"): 4, ActivityId("E6"): 3}


@pytest.fixture
def world() -> Iterator[World]:
    """The hub of `world` on a store in memory."""
    store = Store.memory(clock=lambda: NOW)
    programme = make_programme()
    store.publish(programme, to_bundle(programme))
    yield make_world_on(store)
    store.close()


def _reflect(world: World, n: int) -> None:
    for number in range(n):
        note = f"I waited longer, {number}."
        record_reflection(world.ledger, world.trainee, PROGRAMME, ModuleId("M1"), note, now=NOW)


def _case(world: World, actor=None):
    return prepare_case(world.ledger, actor or world.trainer, world.trainee.person_id, PROGRAMME, days_later(1))


def test_quiz_is_resumed_scored_and_reviewed(world: World):
    started = start(world)
    assert start(world, NOW + timedelta(seconds=1)) == started
    answer(world, started, 0, (1,))
    answer(world, started, 0, (0,), certainty=3)
    answer(world, started, 1, (), is_flagged=True)
    sheet = load_sheet(world.ledger, world.trainee, started.fact_id)
    assert (sheet.responses[0].chosen, sheet.first_open, sheet.n_unanswered) == ((0,), 2, 3)
    attempt = take(world)
    assert (attempt.started_id, attempt.score, len(attempt.items)) == (started.fact_id, 4, 4)
    assert review_attempt(world.ledger, world.trainee, attempt.fact_id, NOW).items[1].given.chosen == (0,)


def test_locked_quiz_is_unlocked_by_a_trainer(world: World):
    for day in (0, 2, 4):
        take(world, days_later(day), n_right=0)
    person_id = world.trainee.person_id
    assert attempt_window(world.ledger, person_id, PROGRAMME, QUIZ, days_later(9)).is_locked
    unlock_attempts(
        world.ledger, world.trainer, person_id, PROGRAMME, QUIZ, reason=UnlockReason.ACCESS_NEED, now=days_later(9)
    )
    assert start(world, days_later(9)).occurred_at == days_later(9)


def test_observation_is_kept_with_its_ratings(world: World):
    opened = open_form(world)
    tick(world, opened, *all_basics("L1", "D1.1"), *all_basics("L2", "D1.2"))
    assert list_open_forms(world.ledger, world.trainer) == [opened]
    observation = submit(world, opened, strength="Warm welcome")
    assert world.ledger.find(Observation, observation.fact_id) == observation
    assert load_form(world.ledger, world.trainee, opened.fact_id).is_submitted
    said = acknowledge(world.ledger, world.trainee, observation.fact_id, False, "I did ask.", now=NOW)
    assert acknowledge(world.ledger, world.trainee, observation.fact_id, False, "I did ask.", now=NOW) == said


def test_slip_is_withdrawn(world: World):
    observe_harm(world)
    hold = world.ledger.list_facts(Hold)[0]
    withdraw_slip(world.ledger, world.trainer, hold.fact_id, NOW)
    assert world.ledger.list_facts(Hold) == world.ledger.list_facts(Observation) == []


def test_hold_stops_the_decision_until_it_is_lifted(world: World):
    _reflect(world, 2)
    observation = observe_harm(world, setting=Setting.LIVE)
    assert "On hold since 10 Mar 2025" in str(_case(world).why_not)
    record_debrief(world.ledger, world.trainer, observation.fact_id, True, NOW)
    hold = world.ledger.list_facts(Hold)[0]
    lift_hold(world.ledger, world.safeguarding, hold.fact_id, LiftReason.RETRAINED, days_later(1))
    assert _case(world).may_decide


def test_sign_off_rests_on_frozen_evidence(world: World):
    _reflect(world, 1)
    with pytest.raises(NotDecidableError, match="Still open: Reflections written"):
        sign_off(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, LEVELS, note="", now=days_later(1))
    _reflect(world, 1)
    signed = sign_off(
        world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, LEVELS, note="Steady.", now=days_later(1)
    )
    assert len(signed.evidence) == 2
    assert signed.evidence_hash == evidence_hash(world.ledger.digests(signed.evidence))
    assert world.ledger.find(SignOff, signed.fact_id) == signed


def test_sign_off_is_countersigned_and_revoked(world: World):
    _reflect(world, 2)
    person_id = world.trainee.person_id
    decline(world.ledger, world.trainer, person_id, PROGRAMME, "One more time.", now=NOW)
    signed = sign_off(world.ledger, world.trainer, person_id, PROGRAMME, LEVELS, note="", now=days_later(0.5))
    countersign(world.ledger, world.lead, signed.fact_id, days_later(0.5))
    case = _case(world)
    assert [view.state for view in case.sign_offs] == [SignOffState.DECLINED, SignOffState.IN_FORCE]
    assert case.verdict.status == Status.SIGNED_OFF
    revoke(world.ledger, world.lead, signed.fact_id, RevokeReason.EVIDENCE_WRONG, days_later(1))
    case = _case(world, world.lead)
    assert (case.verdict.status, case.sign_offs[1].state) == (Status.REVOKED, SignOffState.REVOKED)


def test_attendance_is_replaced_and_corrected(world: World):
    given = {"held_on": TODAY, "now": NOW, "minutes": 90}
    person_id = world.trainee.person_id
    for presence in (Presence.ABSENT, Presence.PRESENT):
        kept = record_attendance(world.ledger, world.trainer, person_id, PROGRAMME, "T1", presence=presence, **given)
    assert world.ledger.list_facts(Attendance) == [kept]
    correct(world.ledger, world.trainer, kept.fact_id, "duplicate", NOW)
    assert world.ledger.list_facts(Attendance) == []


def test_hub_goes_live(world: World):
    programme = make_programme()
    assert publish_programme(world.ledger, world.manager, programme, to_bundle(programme), NOW) == 1
    for kind in (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY):
        fields = {"hub_id": HUB, "kind": kind, "title": "On call", "phone": "020 7946 0000"}
        world.record(HubContact, world.manager, **fields)
    approve_safeguarding_text(world.ledger, world.deputy, PROGRAMME, 1, "Dr Reed", qualification="Lead", now=NOW)
    live = activate_programme(world.ledger, world.manager, PROGRAMME, 1, HUB, now=NOW)
    assert activate_programme(world.ledger, world.manager, PROGRAMME, 1, HUB, now=days_later(1)) == live
    with pytest.raises(UnknownVersionError):
        activate_programme(world.ledger, world.manager, PROGRAMME, 2, HUB, now=NOW)
