"""Two leaders of one session: said once, begun together, and each rated and kept for itself."""

from typing import Any

import pytest

from assessments.errors import LedItError, WrongInputError
from assessments.facts import Observation, ObservationOpened, Stage
from assessments.service.observations import Leader, list_beside, open_pair
from curriculum.ids import ChecklistId
from curriculum.models import Setting
from people.errors import NotAllowedError
from people.facts import Assignment
from people.ids import new_fact_id
from people.models import Actor, HeldGrant, Office
from tests.assessments.world import HUB, World, open_form, submit, tick
from tests.builders import NOW, PROGRAMME

CODE = "RIV-A 5"


@pytest.fixture(autouse=True)
def _both_are_the_trainers(world: World) -> None:
    world.record(Assignment, world.fellow, world.manager, trainer_id=world.trainer.person_id)


def begin(world: World, actor: Actor | None = None, **changes: Any) -> tuple[ObservationOpened, ObservationOpened]:
    leaders = (Leader(world.trainee.person_id, Stage.LEAD_PART), Leader(world.fellow.person_id, Stage.LEAD_WHOLE))
    given = {"session_code": CODE, "counts": True, "now": NOW, "leaders": leaders} | changes
    leaders = given.pop("leaders")
    return open_pair(world.ledger, actor or world.trainer, leaders, PROGRAMME, ChecklistId("C7"), **given)


def test_both_share_what_was_said_once_and_each_has_a_stage_of_their_own(world: World) -> None:
    one, other = begin(world)
    assert (one.person_id, other.person_id) == (world.trainee.person_id, world.fellow.person_id)
    assert (one.stage, other.stage) == (Stage.LEAD_PART, Stage.LEAD_WHOLE)
    for form in (one, other):
        assert (form.session_code, form.setting, form.occurred_at) == (CODE, Setting.LIVE, NOW)
        assert form.has_co_leader
        assert form.counts


def test_each_form_is_saved_for_itself_and_the_other_waits(world: World) -> None:
    one, other = begin(world)
    assert list_beside(world.ledger, world.trainer, one) == [other]
    tick(world, one, ("F1", "", "done"))
    submit(world, one)
    assert len(world.ledger.list_facts(Observation, world.trainee.person_id)) == 1
    assert world.ledger.list_facts(Observation, world.fellow.person_id) == []
    assert list_beside(world.ledger, world.trainer, one) == [other]
    assert list_beside(world.ledger, world.trainer, other) == []


def test_a_double_click_begins_one_pair(world: World) -> None:
    id_ = new_fact_id()
    assert begin(world, fact_id=id_) == begin(world, fact_id=id_)
    assert len(world.ledger.list_facts(ObservationOpened)) == 2


def test_when_one_may_not_be_rated_neither_form_is_begun(world: World) -> None:
    with pytest.raises(NotAllowedError):
        begin(world, world.second_trainer)
    assert world.ledger.list_facts(ObservationOpened) == []


def test_one_person_is_no_pair(world: World) -> None:
    leader = Leader(world.trainee.person_id, Stage.LEAD_PART)
    with pytest.raises(WrongInputError, match="twice"):
        begin(world, leaders=(leader, leader))


def as_trainer(world: World) -> Actor:
    """Return the fellow, who trains the trainee too."""
    world.record(Assignment, world.trainee, world.manager, trainer_id=world.fellow.person_id)
    grants = (*world.fellow.grants, HeldGrant(Office.TRAINER, HUB))
    return Actor(world.fellow.person_id, world.fellow.name, grants)


def test_a_co_leader_does_not_rate_the_partner_as_a_trainer(world: World) -> None:
    both = as_trainer(world)
    with pytest.raises(LedItError, match="You led this session"):
        begin(world, both)
    begin(world)
    with pytest.raises(LedItError, match="Another trainer of theirs"):
        open_form(world, both, checklist_id="C7", setting=Setting.LIVE, session_code=CODE)


def test_who_led_with_somebody_before_watches_them_for_practice_only(world: World) -> None:
    both = as_trainer(world)
    begin(world)
    assert not open_form(world, both, checklist_id="C7", setting=Setting.LIVE, session_code="X 9", counts=True).counts
