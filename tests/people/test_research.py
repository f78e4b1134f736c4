"""Whether a record goes into research: nobody's does until they say yes, and only they say it."""

from datetime import timedelta

import pytest

from people.errors import NothingToShareError
from people.facts import ResearchChoice
from people.models import Actor, Office
from people.notice import RESEARCH_VERSION
from people.service import choose_research, find_research_choice
from tests.people.building import World


@pytest.fixture
def ann(world: World) -> Actor:
    return world.actor(world.trainee("ann"))


def test_nobody_agrees_by_themselves(world: World, ann: Actor) -> None:
    assert find_research_choice(world.ledger, ann.person_id) is None


def test_a_trainee_says_yes_and_the_words_they_read_are_kept(world: World, ann: Actor) -> None:
    choice = choose_research(world.ledger, ann, agrees=True, now=world.now)
    assert (choice.person_id, choice.actor_id, choice.agrees) == (ann.person_id, ann.person_id, True)
    assert choice.words_version == RESEARCH_VERSION
    assert find_research_choice(world.ledger, ann.person_id) == choice


def test_yes_can_be_taken_back_and_given_again(world: World, ann: Actor) -> None:
    for place, agrees in enumerate((True, False, True)):
        choose_research(world.ledger, ann, agrees=agrees, now=world.now + timedelta(minutes=place))
        found = find_research_choice(world.ledger, ann.person_id)
        assert found is not None
        assert found.agrees is agrees
    assert len(world.ledger.list_facts(ResearchChoice)) == 3


def test_the_same_twice_is_once(world: World, ann: Actor) -> None:
    first = choose_research(world.ledger, ann, agrees=True, now=world.now)
    assert choose_research(world.ledger, ann, agrees=True, now=world.now + timedelta(days=1)) == first
    assert world.ledger.list_facts(ResearchChoice) == [first]


def test_who_trains_in_nothing_has_nothing_to_share(world: World) -> None:
    tom = world.actor(world.person("tom", Office.TRAINER))
    with pytest.raises(NothingToShareError):
        choose_research(world.ledger, tom, agrees=True, now=world.now)
