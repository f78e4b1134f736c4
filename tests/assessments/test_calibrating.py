"""Raters rate vignettes: a round is whole, judged by the programme's rule, and begun again only days later."""

from typing import Any

import pytest

from assessments.errors import RoundTooSoonError, UnknownPartError, WrongInputError
from assessments.facts import Calibration, VignetteLine, VignetteRated
from assessments.service.calibrating import AGAIN_DAYS, list_rounds, rate_vignette
from curriculum.gates import AssessorGate
from curriculum.ids import BehaviourId, GateId, LineId, VignetteId
from people.errors import NotAllowedError
from people.models import Actor
from tests.assessments.world import World, days_later, find_all, make_world
from tests.builders import NOW, PROGRAMME, make_programme

RIGHT = {"calm": {"L1": ["D1.1-B1", "D1.1-B2"]}, "rushed": {"L1": ["D1.1-B1"]}}


@pytest.fixture
def world() -> World:
    gate = AssessorGate(id=GateId("eye"), kind="assessor", title="Eye", why="Fair.", min=1, months=12, agreement_pct=75)
    return make_world(make_programme(gates=(gate,)))


def rate(world: World, scene: str, ticks: dict[str, list[str]] | None = None, **given: Any) -> VignetteRated:
    actor: Actor = given.pop("actor", world.trainer)
    seen = {LineId(k): [BehaviourId(b) for b in v] for k, v in (RIGHT[scene] if ticks is None else ticks).items()}
    more = {"version_no": 1, "now": NOW} | given
    return rate_vignette(world.ledger, actor, PROGRAMME, VignetteId(scene), seen, **more)


def results(world: World) -> list[bool]:
    return [one.is_passed for one in find_all(world, Calibration)]


def test_levels_follow_from_what_was_ticked_beside_the_gold_ones(world: World) -> None:
    rated = rate(world, "calm", {"L1": ["D1.1-U1", "D1.1-B1"], "L2": []})
    assert rated.lines == (VignetteLine(LineId("L1"), 1, 3), VignetteLine(LineId("L2"), 2, 2))
    assert {one.behaviour_id for one in rated.seen} == {"D1.1-U1", "D1.1-B1"}


def test_the_result_comes_with_the_last_scene_of_the_round(world: World) -> None:
    rate(world, "calm")
    assert results(world) == []
    [begun] = list_rounds(world.ledger, world.trainer, PROGRAMME)
    assert (begun.waiting, begun.result) == ((VignetteId("rushed"),), None)
    rate(world, "rushed")
    [whole] = list_rounds(world.ledger, world.trainer, PROGRAMME)
    assert whole.is_whole
    assert whole.result is not None
    assert whole.result.person_id == world.trainer.person_id
    assert results(world) == [True]


@pytest.mark.parametrize(("n_wrong", "is_passed"), [(1, True), (2, False)])
def test_so_many_lines_at_the_right_level_pass(world: World, n_wrong: int, is_passed: bool) -> None:
    wrong = {"L1": ["D1.1-U1"]}
    rate(world, "calm", wrong)
    rate(world, "rushed", wrong if n_wrong == 2 else None)
    assert results(world) == [is_passed]


def test_rating_a_scene_twice_keeps_the_first(world: World) -> None:
    first = rate(world, "calm")
    assert rate(world, "calm", {"L1": []}) == first
    assert rate(world, "rushed") == rate(world, "rushed")
    assert len(find_all(world, VignetteRated)) == 2
    assert results(world) == [True]


def test_the_next_round_begins_only_when_what_is_right_is_forgotten(world: World) -> None:
    rate(world, "calm")
    rate(world, "rushed")
    with pytest.raises(RoundTooSoonError, match=f"{AGAIN_DAYS} days"):
        rate(world, "calm", {"L1": []}, now=days_later(AGAIN_DAYS - 1))
    assert rate(world, "calm", now=days_later(AGAIN_DAYS)).round_no == 2
    assert [one.number for one in list_rounds(world.ledger, world.trainer, PROGRAMME)] == [1, 2]


def test_each_rater_has_rounds_of_their_own(world: World) -> None:
    rate(world, "calm")
    assert list_rounds(world.ledger, world.second_trainer, PROGRAMME) == []
    assert rate(world, "calm", actor=world.second_trainer).round_no == 1


def test_a_programme_without_a_rule_for_observers_says_neither_passed_nor_not() -> None:
    world = make_world()
    rate(world, "calm")
    rate(world, "rushed")
    assert results(world) == []
    assert list_rounds(world.ledger, world.trainer, PROGRAMME)[0].is_whole


def test_only_raters_rate(world: World) -> None:
    for actor in (world.trainee, world.coordinator, world.manager, world.safeguarding, world.operator):
        with pytest.raises(NotAllowedError):
            rate(world, "calm", actor=actor)


@pytest.mark.parametrize("ticks", [{"L9": []}, {"L1": ["D1.2-B1"]}])
def test_what_the_scene_does_not_ask_for_is_refused(world: World, ticks: dict[str, list[str]]) -> None:
    with pytest.raises(WrongInputError, match="Open it again"):
        rate(world, "calm", ticks)


def test_a_scene_that_is_not_there_is_named(world: World) -> None:
    with pytest.raises(UnknownPartError, match="no-such"):
        rate(world, "no-such", {})
