"""Refreshers: what comes in, when it is due, that a log has one outcome, and that nothing of it counts."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import WrongInputError
from assessments.facts import Attempt, RefresherAnswer
from assessments.refreshers import LogEntry, next_due
from assessments.service.attempts import submit_attempt
from assessments.service.learning import list_due, list_topics, next_question, record_refresher
from curriculum.items import Pool
from curriculum.models import Refreshers
from people.ids import new_fact_id
from tests.assessments.world import World, answer, days_later, make_world, start
from tests.builders import NOW, PROGRAMME, SECTIONS, make_blueprint, make_head, make_item, make_programme

FIXED = Refreshers(days=(7, 21, 60), ceiling_days=90)
BY_FSRS = Refreshers(schedule="fsrs", ceiling_days=90)
FIRST, SECOND = SECTIONS

logs = st.lists(st.tuples(st.integers(1, 100), st.booleans()), max_size=12)


def log_of(steps) -> list[LogEntry]:
    at, entries = NOW, []
    for days, is_right in steps:
        at += timedelta(days=days)
        entries.append(LogEntry(at, is_right))
    return entries


def days_after(due: datetime, at: datetime = NOW) -> int:
    return (due - at).days


# ---------------------------------------------------------------- when


def test_fixed_intervals_grow_with_right_answers_and_begin_anew_after_a_wrong_one():
    assert days_after(next_due(NOW, [], FIXED)) == 7
    right = log_of([(7, True), (21, True)])
    assert days_after(next_due(NOW, right, FIXED), right[-1].at) == 60
    wrong = [*right, LogEntry(NOW + timedelta(days=90), is_right=False)]
    assert days_after(next_due(NOW, wrong, FIXED), wrong[-1].at) == 7


def test_fsrs_with_always_good_gives_the_published_intervals():
    at, found = NOW, []
    entries: list[LogEntry] = []
    for _ in range(6):
        due = next_due(NOW, entries, Refreshers(schedule="fsrs", ceiling_days=365))
        found.append(days_after(due, at))
        at = due
        entries.append(LogEntry(at, is_right=True))
    assert found == [1, 3, 8, 19, 43, 89]


@given(logs, st.sampled_from([FIXED, BY_FSRS]))
def test_nothing_is_due_after_the_ceiling_or_before_its_last_answer(steps, plan):
    entries = log_of(steps)
    last = entries[-1].at if entries else NOW
    assert last < next_due(NOW, entries, plan) <= last + timedelta(days=plan.ceiling_days)


@given(logs, st.sampled_from([FIXED, BY_FSRS]))
def test_a_log_has_one_outcome(steps, plan):
    assert next_due(NOW, log_of(steps), plan) == next_due(NOW, log_of(steps), plan)


# ---------------------------------------------------------------- what


@pytest.fixture
def world() -> World:
    """A hub whose quiz asks one critical question on the first section and one other on the second."""
    items = (
        make_item("m1-s-0", critical="secrecy", section=FIRST),
        make_item("m1-c-0", section=SECOND),
        *(make_item(f"m1-p-{n}", section=FIRST, pool=Pool.PRACTICE) for n in range(2)),
    )
    head = make_head(refreshers=Refreshers(a_week=2))
    return make_world(make_programme(head=head, items=items, blueprints=(make_blueprint(draw=2, pass_pct=50),)))


def take(world: World, *, critical: int = 0, other: int = 0, certainty: int = 2) -> Attempt:
    started = start(world)
    for position, item_id in enumerate(started.item_ids):
        chosen = critical if item_id == "m1-s-0" else other
        answer(world, started, position, (chosen,), certainty=certainty)
    return submit_attempt(world.ledger, world.trainee, started.fact_id, NOW)


def topics(world: World):
    return list_topics(world.ledger, world.trainee, world.trainee.person_id, PROGRAMME)


def due(world: World, days: float):
    return [topic.section_id for topic in list_due(world.ledger, world.trainee, PROGRAMME, days_later(days))]


def refresh(world: World, days: float, chosen: int = 0, section=FIRST) -> RefresherAnswer:
    item = next_question(world.ledger, world.trainee, PROGRAMME, section)
    return record_refresher(
        world.ledger,
        world.trainee,
        PROGRAMME,
        section,
        item.id,
        chosen=(chosen,),
        text="",
        now=days_later(days),
        fact_id=new_fact_id(),
    )


def test_critical_sections_come_in_even_when_they_were_right(world: World):
    take(world)
    assert [(topic.section_id, topic.is_critical, topic.is_missed) for topic in topics(world)] == [(FIRST, True, False)]


def test_what_was_missed_comes_in_and_safeguarding_stands_first(world: World):
    take(world, critical=1, other=1, certainty=3)
    found = [(topic.section_id, topic.is_missed, topic.was_sure) for topic in topics(world)]
    assert found == [(FIRST, True, True), (SECOND, True, True)]


def test_who_was_not_sure_has_no_misconception(world: World):
    take(world, critical=1, certainty=1)
    assert [topic.was_sure for topic in topics(world)] == [False]


def test_a_section_is_due_after_its_days_and_again_after_the_next(world: World):
    take(world)
    assert (due(world, 6), due(world, 7)) == ([], [FIRST])
    assert refresh(world, 7).is_right
    assert (due(world, 27), due(world, 28)) == ([], [FIRST])


def test_a_wrong_answer_comes_back_sooner(world: World):
    take(world)
    assert not refresh(world, 7, chosen=1).is_right
    assert due(world, 14) == [FIRST]


def test_a_week_asks_no_more_than_its_share(world: World):
    take(world, critical=1, other=1)
    assert len(due(world, 8)) == 2
    refresh(world, 8)
    assert len(due(world, 8)) == 1


def test_questions_take_turns(world: World):
    take(world)
    assert {refresh(world, day).item_id for day in (7, 30)} == {"m1-p-0", "m1-p-1"}


def test_only_practice_questions_are_asked(world: World):
    take(world)
    with pytest.raises(WrongInputError):
        record_refresher(
            world.ledger,
            world.trainee,
            PROGRAMME,
            FIRST,
            "m1-s-0",
            chosen=(0,),
            text="",
            now=NOW,
            fact_id=new_fact_id(),
        )


def test_refreshers_never_count(world: World):
    take(world)
    refresh(world, 7)
    assert len(world.ledger.list_facts(Attempt, world.trainee.person_id)) == 1
