"""Asking to be contacted: a topic and no words; a trainer answers, once."""

import pytest

from assessments.errors import OwnRecordError, UnknownFactError, WrongInputError
from assessments.service import support
from assessments.support import ContactAsked, ContactTopic
from people.errors import NotAllowedError
from people.facts import Change
from people.ids import new_fact_id
from people.models import PersonId
from tests.assessments.support.conftest import Hub
from tests.builders import PROGRAMME


def ask(
    hub: Hub, topic: ContactTopic = ContactTopic.PRACTICE, asked_id: PersonId | None = None, **changes
) -> ContactAsked:
    given = {"asked_id": asked_id, "now": hub.now} | changes
    return support.ask_contact(hub.store, hub.world.trainee, PROGRAMME, topic, **given)


def test_the_same_wish_is_open_once(hub: Hub) -> None:
    first = ask(hub)
    assert ask(hub) == first
    assert ask(hub, ContactTopic.LEARNING) != first
    assert ask(hub, asked_id=hub.world.trainer.person_id) != first
    support.acknowledge_contact(hub.store, hub.world.trainer, first.fact_id, hub.now)
    assert ask(hub) != first


def test_any_trainer_of_the_person_answers_and_the_first_answer_stays(hub: Hub) -> None:
    wish = ask(hub, asked_id=hub.world.trainer.person_id)
    hub.wait(hours=3)
    answer = support.acknowledge_contact(hub.store, hub.world.second_trainer, wish.fact_id, hub.now)
    assert (answer.change, answer.actor_id) == (Change.ACKNOWLEDGED, hub.world.second_trainer.person_id)
    hub.wait(hours=1)
    assert support.acknowledge_contact(hub.store, hub.world.trainer, wish.fact_id, hub.now) == answer


def test_it_can_be_taken_back_but_not_after_the_answer(hub: Hub) -> None:
    wish = ask(hub)
    taken_back = support.withdraw_contact(hub.store, hub.world.trainee, wish.fact_id, hub.now)
    assert taken_back.change == Change.ENDED
    assert support.acknowledge_contact(hub.store, hub.world.trainer, wish.fact_id, hub.now) == taken_back


@pytest.mark.parametrize("who", ["coordinator", "lead", "manager", "outsider", "fellow", "safeguarding"])
def test_who_does_not_train_the_person_does_not_answer(hub: Hub, who: str) -> None:
    wish = ask(hub)
    with pytest.raises(NotAllowedError):
        support.acknowledge_contact(hub.store, getattr(hub.world, who), wish.fact_id, hub.now)


def test_nobody_answers_themselves(hub: Hub) -> None:
    with pytest.raises(OwnRecordError):
        support.acknowledge_contact(hub.store, hub.world.trainee, ask(hub).fact_id, hub.now)


def test_only_ones_own_trainers_and_known_topics_are_asked(hub: Hub) -> None:
    with pytest.raises(WrongInputError, match="one of your trainers"):
        ask(hub, asked_id=hub.world.lead.person_id)
    with pytest.raises(WrongInputError, match="one of meeting_time"):
        ask(hub, "the Smith family")  # type: ignore[arg-type]
    with pytest.raises(UnknownFactError):
        support.acknowledge_contact(hub.store, hub.world.trainer, new_fact_id(), hub.now)
