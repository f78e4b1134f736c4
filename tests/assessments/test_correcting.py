"""Corrected keys: what would change is said before, both scores are kept, and people stand where they then do."""

from collections.abc import Iterator

import pytest

from assessments.errors import WrongInputError
from assessments.facts import Attempt, KeyCorrection
from assessments.service.attempts import (
    ProposedKey,
    correct_key,
    list_corrections,
    preview_correction,
    record_response,
    review_attempt,
    start_attempt,
    submit_attempt,
)
from assessments.verdicts import GateState
from curriculum.bundle import to_bundle
from curriculum.gates import QuizGate, QuizPart
from curriculum.ids import GateId, ItemId
from curriculum.items import Pool
from people.errors import NotAllowedError
from people.models import Actor
from store.ledger import Store
from tests.assessments.world import World, make_world_on
from tests.builders import NOW, PROGRAMME, QUIZ, make_blueprint, make_item, make_programme

FAULTY = ItemId("m1-c-0")
GATE = QuizGate(id=GateId("quiz"), title="Quiz", why="To know.", kind="quiz", parts=(QuizPart(blueprint=QUIZ),))


def programme_with(*items):
    blueprint = make_blueprint(draw=len(items), critical={}, pass_pct=100)
    return make_programme(items=items, blueprints=(blueprint,), gates=(GATE,))


@pytest.fixture
def world() -> Iterator[World]:
    """A hub on a store in memory; the quiz asks two questions, and both must be right."""
    store = Store.memory(clock=lambda: NOW)
    programme = programme_with(make_item(FAULTY), make_item("m1-c-1"))
    store.publish(programme, to_bundle(programme))
    yield make_world_on(store)
    store.close()


def take(world: World, person: Actor, faulty: int, other: int = 0) -> Attempt:
    """Take the quiz; `faulty` is the option chosen at the item whose key is wrong."""
    started = start_attempt(world.ledger, person, PROGRAMME, QUIZ, Pool.COUNTING, now=NOW)
    for position, item_id in enumerate(started.item_ids):
        chosen = (faulty,) if item_id == FAULTY else (other,)
        given = {"certainty": None, "is_flagged": False, "now": NOW}
        record_response(world.ledger, person, started.fact_id, position, chosen, **given)
    return submit_attempt(world.ledger, person, started.fact_id, NOW)


def proposed(treatment: str = "new_key", chosen: tuple[int, ...] = (1,)) -> ProposedKey:
    return ProposedKey(PROGRAMME, 1, FAULTY, treatment, "wrong_key", chosen)


def scores(world: World, person: Actor) -> list[int]:
    return [attempt.score for attempt in world.ledger.list_facts(Attempt, person.person_id)]


def test_the_preview_names_who_changes_and_writes_nothing(world: World):
    take(world, world.trainee, faulty=1)
    take(world, world.fellow, faulty=0)
    position = world.ledger.position
    preview = preview_correction(world.ledger, world.lead, proposed(), NOW)
    assert preview.n_attempts == 2
    changes = {one.old.person_id: (one.old.score, one.new.score, one.flips) for one in preview.scores}
    assert changes == {world.trainee.person_id: (1, 2, True), world.fellow.person_id: (2, 1, True)}
    states = {now.person_id: (now.gates[0].state, then.gates[0].state) for now, then in preview.readiness}
    assert states == {
        world.trainee.person_id: (GateState.NOT_MET, GateState.MET),
        world.fellow.person_id: (GateState.MET, GateState.NOT_MET),
    }
    assert world.ledger.position == position


def test_who_does_not_change_is_not_named(world: World):
    take(world, world.trainee, faulty=2)
    preview = preview_correction(world.ledger, world.lead, proposed(), NOW)
    assert (preview.n_attempts, preview.scores, preview.readiness) == (1, (), ())


def test_the_correction_does_what_the_preview_said(world: World):
    take(world, world.trainee, faulty=1)
    take(world, world.fellow, faulty=0)
    preview = preview_correction(world.ledger, world.lead, proposed(), NOW)
    correct_key(world.ledger, world.lead, proposed(), NOW)
    assert (scores(world, world.trainee), scores(world, world.fellow)) == ([2], [1])
    for _now, then in preview.readiness:
        verdict = world.ledger.verdict(then.person_id, PROGRAMME, NOW, NOW)
        assert (verdict.status, verdict.gates[0].state) == (then.status, then.gates[0].state)


def test_both_scores_are_kept_and_the_person_is_told_why(world: World):
    first = take(world, world.trainee, faulty=1)
    correction = correct_key(world.ledger, world.lead, proposed(), NOW)
    review = review_attempt(world.ledger, world.trainee, first.fact_id, NOW)
    assert [old.score for old in review.earlier] == [1]
    assert review.attempt.score == 2
    assert review.attempt.correction_id == correction.fact_id
    [item] = [item for item in review.items if item.item.id == FAULTY]
    assert (item.correction, item.is_right, item.key.chosen) == (correction, True, (1,))


@pytest.mark.parametrize(
    ("treatment", "chosen", "score", "max_score"),
    [("also_right", (1,), 2, 2), ("full_points", (), 2, 2), ("left_out", (), 1, 1)],
)
def test_a_fault_is_treated_in_the_way_that_was_chosen(world: World, treatment, chosen, score, max_score):
    take(world, world.trainee, faulty=1)
    correct_key(world.ledger, world.lead, proposed(treatment, chosen), NOW)
    [attempt] = world.ledger.list_facts(Attempt, world.trainee.person_id)
    assert (attempt.score, attempt.max_score) == (score, max_score)


def test_who_hands_in_later_is_scored_by_the_corrected_key(world: World):
    correct_key(world.ledger, world.lead, proposed(), NOW)
    assert take(world, world.trainee, faulty=1).score == 2
    assert take(world, world.fellow, faulty=0).score == 1


def test_a_correction_can_be_corrected(world: World):
    take(world, world.trainee, faulty=1)
    correct_key(world.ledger, world.lead, proposed(), NOW)
    correct_key(world.ledger, world.lead, proposed(chosen=(2,)), NOW)
    assert scores(world, world.trainee) == [1]
    corrections = list_corrections(world.ledger, world.lead, PROGRAMME, 1)
    assert [one.chosen for one in corrections] == [(2,), (1,)]


def test_another_item_under_the_same_id_is_left_alone(world: World):
    changed = programme_with(make_item(FAULTY, stem="Another question?"), make_item("m1-c-1"))
    world.ledger.publish(changed, to_bundle(changed))
    take(world, world.trainee, faulty=1)
    preview = preview_correction(
        world.ledger, world.lead, ProposedKey(PROGRAMME, 2, FAULTY, "full_points", "unclear"), NOW
    )
    assert preview.n_attempts == 0


def test_only_the_training_lead_corrects_keys(world: World):
    for actor in (world.trainer, world.manager, world.trainee, world.operator):
        with pytest.raises(NotAllowedError):
            preview_correction(world.ledger, actor, proposed(), NOW)


def test_the_same_key_again_is_no_correction(world: World):
    with pytest.raises(WrongInputError):
        preview_correction(world.ledger, world.lead, proposed(chosen=(0,)), NOW)
    assert world.ledger.list_facts(KeyCorrection) == []
