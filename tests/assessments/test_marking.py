"""Texts that trainers mark: blind, against a rubric, by a second person on request, and by a third who decides."""

import pytest

from assessments.errors import OwnRecordError, TextMarkedError, UnknownFactError, WrongInputError
from assessments.facts import Attempt, AttemptStarted, TextMark
from assessments.scoring import has_passed
from assessments.service.attempts import (
    ask_second_mark,
    attempt_window,
    load_text,
    mark_text,
    review_attempt,
    submit_attempt,
)
from people.errors import NotAllowedError
from people.models import Actor
from tests.assessments.world import World, answer, make_world, start
from tests.builders import NOW, PROGRAMME, QUIZ, make_blueprint, make_item, make_programme

ALL, NONE, HALF = (2, 1), (0, 0), (1, 1)
"""Levels of the two lines of the rubric: warm, 0 to 2, and clear, 0 to 1."""


@pytest.fixture
def world() -> World:
    item = make_item("m1-c-0", kind="extended_text", points=3)
    return make_world(make_programme(items=(item,), blueprints=(make_blueprint(draw=1, critical={}, pass_pct=60),)))


def hand_in(world: World, text: str = "I hear you.") -> AttemptStarted:
    started = start(world)
    answer(world, started, 0, (), text=text)
    submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)
    return started


def mark(world: World, started: AttemptStarted, marker: Actor, levels, *, asks_second: bool = False) -> TextMark:
    return mark_text(world.ledger, marker, started.fact_id, 0, levels, asks_second=asks_second, now=NOW)


def now_of(world: World) -> Attempt:
    [attempt] = world.ledger.list_facts(Attempt, world.trainee.person_id)
    return attempt


def test_a_text_counts_nothing_until_it_is_marked(world: World):
    hand_in(world)
    attempt = now_of(world)
    assert (attempt.score, attempt.max_score, attempt.n_unmarked) == (0, 300, 1)
    window = attempt_window(world.ledger, world.trainee.person_id, PROGRAMME, QUIZ, NOW)
    assert window.is_unmarked
    assert not window.may_start


def test_the_marker_sees_no_name_no_score_and_no_other_mark(world: World):
    started = hand_in(world)
    mark(world, started, world.trainer, HALF, asks_second=True)
    seen = load_text(world.ledger, world.second_trainer, started.fact_id, 0)
    assert (seen.text, seen.mark_no, seen.has_own) == ("I hear you.", 2, False)
    assert not {"person_id", "name", "score", "marks"} & set(seen.__slots__)


def test_one_mark_gives_the_points_and_both_scores_are_kept(world: World):
    started = hand_in(world)
    mark(world, started, world.trainer, HALF)
    attempt = now_of(world)
    assert (attempt.score, attempt.n_unmarked, has_passed(attempt)) == (200, 0, True)
    review = review_attempt(world.ledger, world.trainee, attempt.fact_id, NOW)
    assert [old.score for old in review.earlier] == [0]
    assert [given.levels for given in review.items[0].marks] == [HALF]


def test_two_marks_that_lie_near_are_averaged():
    rubric = [{"id": "warm", "text": "Is it warm?", "levels": ["no", "a little", "partly", "mostly", "yes"]}]
    item = make_item("m1-c-0", kind="extended_text", rubric=rubric)
    world = make_world(make_programme(items=(item,), blueprints=(make_blueprint(draw=1, critical={}),)))
    started = hand_in(world)
    mark(world, started, world.trainer, (3,), asks_second=True)
    assert now_of(world).n_unmarked == 1
    mark(world, started, world.second_trainer, (4,))
    assert (now_of(world).score, now_of(world).max_score) == (88, 100)


def test_two_marks_that_lie_far_apart_wait_for_the_training_lead(world: World):
    started = hand_in(world)
    mark(world, started, world.trainer, ALL, asks_second=True)
    mark(world, started, world.second_trainer, NONE)
    assert now_of(world).n_unmarked == 1
    with pytest.raises(NotAllowedError):
        mark(world, started, world.trainer, ALL)
    mark(world, started, world.lead, (1, 0))
    assert (now_of(world).score, now_of(world).n_unmarked) == (100, 0)


def test_nobody_marks_twice(world: World):
    started = hand_in(world)
    mark(world, started, world.trainer, ALL, asks_second=True)
    with pytest.raises(TextMarkedError):
        mark(world, started, world.trainer, ALL)


def test_nobody_marks_their_own_text(world: World):
    started = hand_in(world)
    with pytest.raises(OwnRecordError):
        load_text(world.ledger, Actor(world.trainee.person_id, "", world.trainer.grants), started.fact_id, 0)


def test_a_settled_text_is_not_marked_again_unless_a_second_is_asked_for(world: World):
    started = hand_in(world)
    mark(world, started, world.trainer, HALF)
    with pytest.raises(TextMarkedError):
        load_text(world.ledger, world.second_trainer, started.fact_id, 0)
    ask_second_mark(world.ledger, world.trainee, started.fact_id, 0, NOW)
    assert now_of(world).score == 200
    mark(world, started, world.second_trainer, ALL)
    assert now_of(world).score == 200
    mark(world, started, world.lead, (1, 0))
    assert now_of(world).score == 100


def test_a_text_that_was_not_handed_in_is_not_marked(world: World):
    started = start(world)
    answer(world, started, 0, (), text="I hear you.")
    with pytest.raises(UnknownFactError):
        load_text(world.ledger, world.trainer, started.fact_id, 0)


@pytest.mark.parametrize("levels", [(), (1,), (3, 0), (-1, 0), (1, 1, 1)])
def test_levels_fit_the_rubric(world: World, levels):
    started = hand_in(world)
    with pytest.raises(WrongInputError):
        mark(world, started, world.trainer, levels)


def test_no_text_needs_no_marker(world: World):
    started = start(world)
    attempt = submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)
    assert (attempt.score, attempt.n_unmarked) == (0, 0)
