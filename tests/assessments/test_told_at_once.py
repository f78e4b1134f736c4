"""Quizzes that tell at once how one did: after each answer, or with hints and further tries."""

from typing import Any

import pytest

from assessments.errors import ItemClosedError, NothingToCheckError, PathTakenError
from assessments.facts import Attempt, Response
from assessments.service.attempts import check_response, load_sheet, submit_attempt
from curriculum.items import Pool
from tests.assessments.world import World, answer, make_world, start
from tests.builders import NOW, make_blueprint, make_item, make_programme

ONE = {"draw": 1, "critical": {}}


def world_with(feedback: str, *, kind: str = "single", **changes: Any) -> World:
    """Return a hub whose quiz draws one item and behaves so."""
    item = make_item("m1-c-0", **{"kind": kind, "hints": ("Look again.", "It is the first.")} | changes)
    return make_world(make_programme(items=(item,), blueprints=(make_blueprint(**ONE, feedback=feedback, tries=3),)))


def check(world: World, started: Any, position: int = 0) -> Response:
    return check_response(world.ledger, world.trainee, started.fact_id, position, NOW)


def hand_in(world: World, started: Any) -> Attempt:
    return submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)


def test_a_deferred_quiz_tells_nothing_before_it_is_handed_in():
    world = world_with("deferred")
    started = start(world)
    answer(world, started, 0, (0,))
    with pytest.raises(NothingToCheckError):
        check(world, started)


def test_an_answer_that_was_told_about_stays():
    world = world_with("immediate")
    started = start(world)
    answer(world, started, 0, (1,))
    assert check(world, started).told_right is False
    with pytest.raises(ItemClosedError):
        answer(world, started, 0, (0,))
    assert load_sheet(world.ledger, world.trainee, started.fact_id).standing_at(0).is_closed


def test_each_wrong_try_opens_one_more_hint_and_costs_points():
    world = world_with("interactive")
    started = start(world)
    hints = []
    for chosen in ((1,), (2,)):
        answer(world, started, 0, chosen)
        check(world, started)
        hints.append(load_sheet(world.ledger, world.trainee, started.fact_id).standing_at(0).hints)
    assert hints == [("Look again.",), ("Look again.", "It is the first.")]
    answer(world, started, 0, (0,))
    assert check(world, started).told_right is True
    assert (hand_in(world, started).score, hand_in(world, started).max_score) == (34, 100)


def test_a_double_click_is_one_try():
    world = world_with("interactive")
    started = start(world)
    answer(world, started, 0, (1,))
    assert check(world, started) == check(world, started)


def test_the_same_wrong_answer_again_is_no_try():
    world = world_with("interactive")
    started = start(world)
    answer(world, started, 0, (1,))
    check(world, started)
    answer(world, started, 0, (1,))
    assert check(world, started).n_tries == 1


def test_tries_end():
    world = world_with("interactive")
    started = start(world)
    for chosen in ((1,), (2,), (1,)):
        answer(world, started, 0, chosen)
        check(world, started)
    with pytest.raises(ItemClosedError):
        answer(world, started, 0, (0,))
    assert hand_in(world, started).score == 0


def test_half_an_answer_is_not_told_about():
    world = world_with("immediate", kind="matching")
    started = start(world)
    answer(world, started, 0, (0, -1, -1))
    with pytest.raises(NothingToCheckError):
        check(world, started)


def test_a_text_is_never_told_about_at_once():
    item = make_item("m1-c-0", kind="extended_text")
    world = make_world(make_programme(items=(item,), blueprints=(make_blueprint(**ONE, feedback="immediate"),)))
    started = start(world)
    answer(world, started, 0, (), text="I hear you.")
    with pytest.raises(NothingToCheckError):
        check(world, started)


def test_what_was_said_in_a_scenario_is_not_taken_back():
    world = world_with("interactive", kind="branching")
    started = start(world)
    answer(world, started, 0, (0,))
    with pytest.raises(PathTakenError):
        answer(world, started, 0, (1,))


def test_a_scenario_begins_anew_after_a_try():
    world = world_with("interactive", kind="branching")
    started = start(world)
    answer(world, started, 0, (1,))
    check(world, started)
    answer(world, started, 0, (0,))
    answer(world, started, 0, (0, 0))
    assert check(world, started).told_right is True


def test_practice_tells_at_once_whatever_the_quiz_does():
    practice = make_item("m1-p-0", pool=Pool.PRACTICE)
    world = make_world(make_programme(items=(make_item("m1-c-0"), practice), blueprints=(make_blueprint(**ONE),)))
    started = start(world, pool=Pool.PRACTICE)
    answer(world, started, 0, (0,))
    assert check(world, started).told_right is True
