"""Sign-offs on the real store: what readiness says, renewal, a second look, the record by its code, old wording."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from analytics.sign_off_record import SignOffRecord, find_record
from assessments.facts import DisputeOutcome, SignOff
from assessments.reasons import AdjudicationReason, RevokeReason
from assessments.service.decisions import (
    countersign,
    decline,
    give_second_look,
    revoke,
    see_sign_offs,
    settle_dispute,
    sign_off,
)
from assessments.service.learning import record_reflection
from assessments.service.observations import acknowledge
from assessments.service.reshowing import RestedOn, reshow
from assessments.sign_off import SignOffState, check_code, evidence_hash
from assessments.verdicts import Status
from curriculum.bundle import to_bundle
from curriculum.ids import ActivityId, ChecklistId, ModuleId
from people.facts import PersonAdded
from people.ids import derived_fact_id
from people.models import Actor
from people.service import erase_person
from store.ledger import Store
from tests.assessments.world import World, days_later, enrol, make_world_on, open_form, submit, take, tick
from tests.builders import NOW, PROGRAMME, make_checklist, make_head, make_items, make_line, make_programme

LEVELS = {ActivityId("E2"): 4, ActivityId("E6"): 3}


@pytest.fixture
def world() -> Iterator[World]:
    """The hub of `world` on a store in memory; the trainee is ready."""
    store = Store.memory(clock=lambda: NOW)
    programme = make_programme()
    store.publish(programme, to_bundle(programme))
    world = make_world_on(store)
    world.record(PersonAdded, world.trainee)
    for number in range(2):
        note = f"I waited longer, {number}."
        record_reflection(store, world.trainee, PROGRAMME, ModuleId("M1"), note, now=NOW)
    yield world
    store.close()


def _sign(world: World, now: datetime = NOW, *, is_whole: bool = True) -> SignOff:
    person_id = world.trainee.person_id
    signed = sign_off(world.ledger, world.trainer, person_id, PROGRAMME, LEVELS, note="Calm.", now=now)
    if is_whole:
        countersign(world.ledger, world.lead, signed.fact_id, now)
    return signed


def _status(world: World, now: datetime) -> Status:
    verdict = world.ledger.verdict(world.trainee.person_id, PROGRAMME, now, now)
    assert verdict is not None
    return verdict.status


def _states(world: World, now: datetime) -> list[SignOffState]:
    seen = see_sign_offs(world.ledger, world.trainee, world.trainee.person_id, PROGRAMME, now)
    return [one.state for one in seen]


def _record(world: World, signed: SignOff, now: datetime) -> SignOffRecord:
    found = find_record(world.ledger, check_code(signed.fact_id), world.ledger.day_of(now))
    assert found is not None
    return found


def _second_look_of_not_yet_counts(world: World, signed: SignOff, now: datetime) -> None:
    acknowledge(world.ledger, world.trainee, signed.fact_id, agrees=False, note="", now=now)
    give_second_look(world.ledger, world.second_trainer, signed.fact_id, None, now=now)
    outcome, reason = DisputeOutcome.SECOND_COUNTS, AdjudicationReason.SAW_MORE
    settle_dispute(world.ledger, world.countersigner, signed.fact_id, outcome, reason, now=now)


# ---------------------------------------------------------------- renewal


def test_a_sign_off_falls_due_and_is_renewed_by_a_new_one_that_names_it(world: World) -> None:
    first, later = _sign(world), days_later(340)
    assert (_status(world, days_later(1)), _states(world, days_later(1))) == (
        Status.SIGNED_OFF,
        [SignOffState.IN_FORCE],
    )
    assert (_status(world, later), _states(world, later)) == (Status.DUE_SOON, [SignOffState.DUE_SOON])
    second = _sign(world, later)
    assert second.renews_id == first.fact_id
    assert _status(world, days_later(400)) == Status.SIGNED_OFF
    assert _states(world, later) == [SignOffState.IN_FORCE, SignOffState.RENEWED]
    assert world.ledger.find(SignOff, second.fact_id) == second


def test_one_that_ran_out_is_renewed_late(world: World) -> None:
    first, later = _sign(world), days_later(400)
    assert (_status(world, later), _states(world, later)) == (Status.LAPSED, [SignOffState.EXPIRED])
    assert _sign(world, later).renews_id == first.fact_id
    assert _status(world, later) == Status.SIGNED_OFF


def test_one_that_is_set_aside_counts_no_more_and_the_one_before_counts_again(world: World) -> None:
    _sign(world)
    later = days_later(340)
    second = _sign(world, later)
    _second_look_of_not_yet_counts(world, second, later + timedelta(hours=1))
    after = later + timedelta(hours=2)
    assert _states(world, after) == [SignOffState.SET_ASIDE, SignOffState.DUE_SOON]
    assert _status(world, after) == Status.DUE_SOON
    assert _status(world, days_later(400)) == Status.LAPSED


# ---------------------------------------------------------------- the record by its code


def test_a_record_says_the_state_that_the_case_says_at_every_turn(world: World) -> None:
    def agree(*signed: SignOff, at: datetime) -> list[SignOffState]:
        found = [_record(world, one, at).state for one in reversed(signed)]
        assert found == _states(world, at)
        return found

    declined = decline(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, "", now=NOW)
    first = _sign(world, days_later(1), is_whole=False)
    assert agree(declined, first, at=days_later(1))[0] == SignOffState.AWAITING_COUNTERSIGN
    countersign(world.ledger, world.lead, first.fact_id, days_later(2))
    assert agree(declined, first, at=days_later(3))[0] == SignOffState.IN_FORCE
    assert agree(declined, first, at=days_later(345))[0] == SignOffState.DUE_SOON
    assert agree(declined, first, at=days_later(380))[0] == SignOffState.EXPIRED
    second = _sign(world, days_later(345))
    assert agree(declined, first, second, at=days_later(346)) == [
        SignOffState.IN_FORCE,
        SignOffState.RENEWED,
        SignOffState.DECLINED,
    ]
    _second_look_of_not_yet_counts(world, second, days_later(347))
    assert agree(declined, first, second, at=days_later(348))[0] == SignOffState.SET_ASIDE
    revoke(world.ledger, world.lead, first.fact_id, RevokeReason.LEFT_ROLE, days_later(349))
    assert agree(declined, first, second, at=days_later(350))[1] == SignOffState.REVOKED


def test_a_record_holds_what_was_laid_down_and_answers_after_erasure(world: World) -> None:
    signed = _sign(world)
    before = _record(world, signed, NOW)
    assert (before.role, before.programme, before.version) == ("Leader", "Alongside", "1.0.0")
    assert [(one.title, one.level) for one in before.levels] == [("Open", 4), ("Pass on", 3)]
    assert (before.decided_on, before.countersigned_on) == (world.ledger.day_of(NOW), world.ledger.day_of(NOW))
    _erase(world)
    assert _record(world, signed, NOW) == before


def _erase(world: World) -> None:
    erase_person(world.ledger, world.operator, world.trainee.person_id, days_later(1))


def test_a_code_of_nothing_finds_nothing(world: World) -> None:
    signed = _sign(world)
    other = check_code(derived_fact_id(signed.fact_id, "other"))
    assert find_record(world.ledger, other, world.ledger.day_of(NOW)) is None
    assert find_record(world.ledger, "no code", world.ledger.day_of(NOW)) is None


# ---------------------------------------------------------------- the wording of its day


def _reshow(world: World, signed: SignOff, actor: Actor | None = None) -> RestedOn:
    return reshow(world.ledger, actor or world.trainee, signed.fact_id)


@pytest.fixture
def rested(world: World) -> SignOff:
    """A sign-off that rests on an observation and a quiz too; a later version words everything anew."""
    opened = open_form(world)
    tick(world, opened, ("L1", "D1.1-B1", "seen"))
    observation, attempt = submit(world, opened), take(world)
    signed = _sign(world)
    evidence = (*signed.evidence, observation.fact_id, attempt.fact_id)
    seal = evidence_hash(world.ledger.digests(evidence))
    whole = replace(signed, fact_id=derived_fact_id(signed.fact_id, "whole"), evidence=evidence, evidence_hash=seal)
    world.ledger.append(whole)
    anew = make_programme(
        head=make_head(version="2.0.0", title="Alongside anew"),
        items=tuple(one.model_copy(update={"stem": "What now?"}) for one in make_items()),
        checklists=tuple(
            make_checklist(
                title="Beginning", lines=(make_line("L1", "D1.1", text="Says hello"), make_line("L2", "D1.2"))
            )
            if one.id == "C2"
            else one
            for one in make_programme().checklists
        ),
    )
    assert world.ledger.publish(anew, to_bundle(anew)) == 2
    enrol(world, world.trainee, version_no=2)
    return whole


def _wording(rested: RestedOn) -> tuple[object, ...]:
    [rated], [quiz] = rested.ratings, rested.quizzes
    lines = tuple((line.text, *(one.text for one in rated.form.watched_on(line))) for line in rated.form.lines)
    return (
        rested.programme.head.version,
        [gate.title for gate in rested.gates],
        (rated.form.checklist.title, lines, dict(rated.form.states)),
        (quiz.title, [item.stem for item in quiz.items]),
        rested.is_sealed,
        rested.n_others,
    )


def test_what_a_sign_off_rests_on_is_shown_in_the_wording_that_was_rated(world: World, rested: SignOff) -> None:
    version, gates, (title, lines, states), (_, stems), is_sealed, n_others = _wording(_reshow(world, rested))
    first = make_programme()
    checklist = first.checklist_by_id[ChecklistId("C2")]
    assert (version, gates) == ("1.0.0", [gate.title for gate in first.gates])
    assert (title, [line[0] for line in lines]) == (checklist.title, [line.text for line in checklist.lines])
    assert len(states) == 1
    assert set(stems) == {"What do you say?"}
    assert (is_sealed, n_others) == (True, 2)


def test_it_is_shown_the_same_after_the_person_was_erased(world: World, rested: SignOff) -> None:
    before = _wording(_reshow(world, rested))
    _erase(world)
    after = _reshow(world, rested, world.operator)
    assert _wording(after) == before
    assert after.sign_off.levels == rested.levels
    assert after.sign_off.note == ""


def test_who_may_not_see_ratings_sees_the_gates_alone(world: World, rested: SignOff) -> None:
    shown = _reshow(world, rested, world.manager)
    assert (shown.ratings, shown.quizzes, shown.n_others) == ((), (), 4)
    assert shown.gates
