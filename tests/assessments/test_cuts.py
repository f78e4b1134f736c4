"""Rounds of standard setting: judges are blind until a round is closed, and only whole judgements count."""

import pytest

from assessments.errors import OwnRecordError, RoundClosedError, UnknownPartError, WrongInputError
from assessments.facts import CutJudgement, CutRound
from assessments.service.cuts import (
    CutRoundNow,
    close_cut_round,
    judge_item,
    list_cut_rounds,
    open_cut_round,
)
from curriculum.ids import BlueprintId, ItemId
from people.errors import NotAllowedError
from people.facts import Amendment, Change, FactId, HubOpened
from people.models import Actor, Office
from people.service.reach import hub_fact_id
from tests.assessments.world import HUB, OTHER_HUB, World, days_later, find_all, make_actor, make_world, take
from tests.builders import NOW, PROGRAMME, QUIZ


@pytest.fixture
def world() -> World:
    world = make_world()
    world.record(HubOpened, world.operator, fact_id=hub_fact_id(HUB), hub_id=HUB, title="North")
    return world


def open_round(world: World, actor: Actor | None = None, blueprint_id: BlueprintId = QUIZ) -> CutRound:
    return open_cut_round(world.ledger, actor or world.lead, HUB, PROGRAMME, blueprint_id, version_no=1, now=NOW)


def judge(world: World, actor: Actor, opened: CutRound, pct: int, n_items: int | None = None) -> None:
    for item_id in opened.item_ids[:n_items]:
        judge_item(world.ledger, actor, opened.fact_id, item_id, pct, now=NOW)


def rounds(world: World, actor: Actor | None = None) -> list[CutRoundNow]:
    return list_cut_rounds(world.ledger, actor or world.lead, HUB, PROGRAMME, QUIZ, version_no=1)


def close(world: World, opened: CutRound) -> Amendment:
    return close_cut_round(world.ledger, world.lead, opened.fact_id, days_later(1))


# ---------------------------------------------------------------- opening


def test_a_round_holds_all_questions_that_count(world: World) -> None:
    opened = open_round(world)
    programme = world.ledger.programme(PROGRAMME, 1)
    pools = {item.id: item.pool for item in programme.items}
    assert opened.item_ids
    assert {pools[item_id] for item_id in opened.item_ids} == {"counting"}
    assert opened.round_no == 1


def test_two_who_open_a_round_at_once_open_one(world: World) -> None:
    assert open_round(world) == open_round(world, world.manager)
    assert len(find_all(world, CutRound)) == 1


def test_the_next_round_opens_once_the_one_before_is_closed(world: World) -> None:
    close(world, open_round(world))
    assert open_round(world).round_no == 2


def test_who_may_not_open_is_refused(world: World) -> None:
    for actor in (world.trainer, world.trainee, world.outsider, world.operator):
        with pytest.raises(NotAllowedError):
            open_round(world, actor)


def test_an_unknown_quiz_is_refused(world: World) -> None:
    with pytest.raises(UnknownPartError):
        open_round(world, blueprint_id=BlueprintId("quizz"))


# ---------------------------------------------------------------- judging


def test_nobody_is_told_what_others_said_while_the_round_is_open(world: World) -> None:
    opened = open_round(world)
    judge(world, world.trainer, opened, 80)
    judge(world, world.second_trainer, opened, 40, n_items=2)
    (seen,) = rounds(world, world.second_trainer)
    assert set(seen.mine.values()) == {40}
    assert len(seen.waiting) == len(opened.item_ids) - 2
    assert (seen.n_begun, seen.n_whole, seen.judged) == (2, 1, ())
    assert rounds(world)[0].mine == {}


def test_the_newest_judgement_holds_and_the_same_again_adds_nothing(world: World) -> None:
    opened = open_round(world)
    for pct in (70, 70, 60):
        judge(world, world.trainer, opened, pct, n_items=1)
    assert [one.pct for one in find_all(world, CutJudgement)] == [70, 60]
    assert rounds(world, world.trainer)[0].mine == {opened.item_ids[0]: 60}


def test_who_has_not_judged_every_question_does_not_count(world: World) -> None:
    opened = open_round(world)
    judge(world, world.trainer, opened, 80)
    judge(world, world.second_trainer, opened, 10, n_items=3)
    close(world, opened)
    (seen,) = rounds(world)
    assert seen.judged == ((80,) * len(opened.item_ids),)
    assert seen.n_begun == 2


def test_a_judge_who_left_counts_with_what_they_said_and_says_no_more(world: World) -> None:
    opened = open_round(world)
    judge(world, world.trainer, opened, 80)
    left = make_actor(int(world.trainer.person_id))
    with pytest.raises(NotAllowedError):
        judge_item(world.ledger, left, opened.fact_id, opened.item_ids[0], 10, now=NOW)
    close(world, opened)
    assert rounds(world)[0].judged == ((80,) * len(opened.item_ids),)


def test_a_closed_round_takes_no_more_judgements(world: World) -> None:
    opened = open_round(world)
    close(world, opened)
    with pytest.raises(RoundClosedError, match="Round 1 is closed"):
        judge_item(world.ledger, world.trainer, opened.fact_id, opened.item_ids[0], 50, now=days_later(2))


def test_what_arrives_while_a_round_is_being_closed_changes_nothing(world: World) -> None:
    opened = open_round(world)
    judge(world, world.trainer, opened, 80)
    close(world, opened)
    world.record(
        CutJudgement,
        world.trainer,
        cut_round_id=opened.fact_id,
        item_id=opened.item_ids[0],
        pct=0,
        occurred_at=days_later(2),
    )
    assert rounds(world)[0].judged == ((80,) * len(opened.item_ids),)


def test_judgements_come_without_names_in_the_order_of_their_sums(world: World) -> None:
    opened = open_round(world)
    for actor, pct in ((world.trainer, 90), (world.second_trainer, 50), (world.manager, 70)):
        judge(world, actor, opened, pct)
    close(world, opened)
    assert [pcts[0] for pcts in rounds(world)[0].judged] == [50, 70, 90]


@pytest.mark.parametrize("pct", [-1, 101])
def test_a_number_that_is_none_of_100_is_refused(world: World, pct: int) -> None:
    opened = open_round(world)
    with pytest.raises(WrongInputError, match="0 to 100"):
        judge_item(world.ledger, world.trainer, opened.fact_id, opened.item_ids[0], pct, now=NOW)


def test_a_question_of_another_quiz_is_refused(world: World) -> None:
    opened = open_round(world)
    with pytest.raises(WrongInputError, match="one of the round's"):
        judge_item(world.ledger, world.trainer, opened.fact_id, ItemId("m9-x"), 50, now=NOW)


def test_other_hubs_and_trainees_judge_nothing(world: World) -> None:
    opened = open_round(world)
    for actor in (world.outsider, world.trainee, world.coordinator, world.operator):
        with pytest.raises(NotAllowedError):
            judge_item(world.ledger, actor, opened.fact_id, opened.item_ids[0], 50, now=NOW)
    with pytest.raises(NotAllowedError):
        list_cut_rounds(world.ledger, world.trainer, OTHER_HUB, PROGRAMME, QUIZ, version_no=1)


def test_who_still_takes_the_quiz_judges_it_only_after_a_pass(world: World) -> None:
    opened = open_round(world)
    both = make_actor(int(world.trainee.person_id), Office.TRAINEE, Office.TRAINER)
    with pytest.raises(OwnRecordError):
        judge(world, both, opened, 50)
    take(world)
    judge(world, both, opened, 50)
    assert rounds(world)[0].n_whole == 1


# ---------------------------------------------------------------- closing


def test_closing_twice_closes_once(world: World) -> None:
    opened = open_round(world)
    assert close(world, opened).fact_id == close(world, opened).fact_id
    changes = world.ledger.changes_to(FactId(opened.fact_id))
    assert [one.change for one in changes] == [Change.ENDED]


def test_trainers_do_not_close(world: World) -> None:
    opened = open_round(world)
    with pytest.raises(NotAllowedError):
        close_cut_round(world.ledger, world.trainer, opened.fact_id, NOW)
