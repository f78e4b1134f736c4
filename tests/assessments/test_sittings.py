"""Quizzes that a trainer watches, time limits, and more time for who needs it."""

from datetime import timedelta

import pytest

from assessments.errors import OwnRecordError, SittingCodeError, SittingNeededError
from assessments.facts import AttemptStarted, Sitting
from assessments.service.attempts import (
    allow_time,
    close_sitting,
    list_sittings,
    load_sheet,
    open_sitting,
    review_attempt,
    start_attempt,
    submit_attempt,
    time_allowed,
)
from assessments.timing import minutes_left
from curriculum.items import Pool
from people.errors import NotAllowedError
from people.facts import HubOpened
from people.service.reach import hub_fact_id
from tests.assessments.world import HUB, OTHER_HUB, World, answer, make_world, start
from tests.builders import NOW, PROGRAMME, QUIZ, make_blueprint, make_programme

LIMIT = {"minutes": 10, "grace_seconds": 30}


def watched_world(**changes) -> World:
    world = make_world(make_programme(blueprints=(make_blueprint(**{"invigilated": True} | changes),)))
    for hub_id in (HUB, OTHER_HUB):
        world.record(HubOpened, world.manager, fact_id=hub_fact_id(hub_id), hub_id=hub_id, title=hub_id)
    return world


def open_it(world: World, now=NOW) -> Sitting:
    return open_sitting(world.ledger, world.trainer, HUB, PROGRAMME, QUIZ, version_no=1, now=now)


def begin(world: World, code: str = "", now=NOW) -> AttemptStarted:
    return start_attempt(world.ledger, world.trainee, PROGRAMME, QUIZ, Pool.COUNTING, now=now, code=code)


# ---------------------------------------------------------------- watched quizzes


def test_a_watched_quiz_needs_the_code_of_a_sitting():
    world = watched_world()
    with pytest.raises(SittingNeededError):
        begin(world)
    with pytest.raises(SittingCodeError):
        begin(world, "WRONG1")
    sitting = open_it(world)
    assert begin(world, f" {sitting.code.lower()} ").sitting_id == sitting.fact_id


def test_who_has_begun_goes_on_without_the_code():
    world = watched_world()
    started = begin(world, open_it(world).code)
    assert begin(world) == started


def test_any_quiz_may_be_watched_and_then_says_so():
    world = watched_world(invigilated=False)
    assert begin(world, open_it(world).code).sitting_id is not None
    assert start(watched_world(invigilated=False)).sitting_id is None


def test_a_trainer_has_one_open_sitting_of_a_quiz():
    world = watched_world()
    assert open_it(world) == open_it(world)
    assert list_sittings(world.ledger, world.trainer, NOW) == [open_it(world)]


@pytest.mark.parametrize("is_ended", [True, False])
def test_nobody_begins_once_a_sitting_is_over(is_ended):
    world = watched_world()
    sitting, now = open_it(world), NOW
    if is_ended:
        close_sitting(world.ledger, world.trainer, sitting.fact_id, NOW)
    else:
        now += timedelta(hours=5)
    with pytest.raises(SittingCodeError):
        begin(world, sitting.code, now)
    assert list_sittings(world.ledger, world.trainer, now) == []


def test_only_who_watches_ends_a_sitting():
    world = watched_world()
    with pytest.raises(NotAllowedError):
        close_sitting(world.ledger, world.second_trainer, open_it(world).fact_id, NOW)


def test_a_code_of_another_hub_opens_nothing():
    world = watched_world()
    there = open_sitting(world.ledger, world.outsider, OTHER_HUB, PROGRAMME, QUIZ, version_no=1, now=NOW)
    with pytest.raises(SittingCodeError):
        begin(world, there.code)


# ---------------------------------------------------------------- time


def test_a_limit_is_kept_with_the_form():
    world = watched_world(invigilated=False, **LIMIT)
    started = begin(world)
    assert started.limit_s == 600
    assert minutes_left(started, NOW + timedelta(seconds=61)) == 9
    assert minutes_left(started, NOW + timedelta(minutes=11)) == 0


@pytest.mark.parametrize(("time", "limit_s"), [("quarter_more", 750), ("half_more", 900), ("twice", 1200)])
def test_who_needs_more_time_has_it_from_the_next_attempt_on(time, limit_s):
    world = watched_world(invigilated=False, **LIMIT)
    allow_time(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, time, now=NOW)
    assert time_allowed(world.ledger, world.trainee.person_id, PROGRAMME) == time
    assert begin(world).limit_s == limit_s


def test_somebody_may_have_no_limit():
    world = watched_world(invigilated=False, **LIMIT)
    allow_time(world.ledger, world.trainer, world.trainee.person_id, PROGRAMME, "no_limit", now=NOW)
    assert begin(world).limit_s is None


def test_practice_has_no_limit():
    assert start(watched_world(**LIMIT), pool=Pool.PRACTICE).limit_s is None


def test_nobody_gives_themselves_more_time():
    world = watched_world(invigilated=False, **LIMIT)
    with pytest.raises(OwnRecordError):
        allow_time(world.ledger, world.trainee, world.trainee.person_id, PROGRAMME, "twice", now=NOW)


def test_an_answer_within_the_grace_counts():
    world = watched_world(invigilated=False, **LIMIT)
    started = begin(world)
    assert not answer(world, started, 0, (0,), now=NOW + timedelta(minutes=10, seconds=29)).is_late


def test_an_answer_after_the_limit_is_kept_and_does_not_count():
    world = watched_world(invigilated=False, **LIMIT)
    started, after = begin(world), NOW + timedelta(minutes=11)
    answer(world, started, 0, (1,))
    assert answer(world, started, 0, (0,), now=after).is_late
    assert answer(world, started, 1, (0,), now=after).is_late
    sheet = load_sheet(world.ledger, world.trainee, started.fact_id)
    assert (sheet.responses[0].chosen, sheet.late[0].chosen, sheet.late[1].chosen) == ((1,), (0,), (0,))
    assert sheet.is_over(after)
    attempt = submit_attempt(world.ledger, world.trainee, started.fact_id, after)
    assert attempt.score == 0
    review = review_attempt(world.ledger, world.trainee, attempt.fact_id, after)
    assert (review.items[0].given.chosen, review.items[0].late.chosen) == ((1,), (0,))
