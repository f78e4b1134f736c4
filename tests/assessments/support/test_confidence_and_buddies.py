"""How sure people feel before and after, and who looks out for whom."""

import pytest

from assessments.errors import UnknownPartError, WrongInputError
from assessments.service import support
from assessments.support import BuddyPaired, ConfidenceRated, Moment
from curriculum.ids import DomainId
from people.errors import NotAllowedError
from people.models import CohortId
from tests.assessments.support.conftest import Hub
from tests.assessments.world import enrol
from tests.builders import COHORT, PROGRAMME


def rate(hub: Hub, level: int, moment: Moment = Moment.BEFORE, **more: int) -> ConfidenceRated:
    domains = hub.store.programme(PROGRAMME, 1).domains
    levels = {domain.id: level for domain in domains} | {DomainId(name): value for name, value in more.items()}
    return support.rate_confidence(hub.store, hub.world.trainee, PROGRAMME, moment, levels, now=hub.now)


def seen(hub: Hub, who: str) -> dict[Moment, int]:
    actor, person_id = getattr(hub.world, who), hub.world.trainee.person_id
    found = support.see_confidence(hub.store, actor, person_id, PROGRAMME)
    return {moment: rated.levels[0].level for moment, rated in found.items()}


def test_the_newest_of_a_moment_holds(hub: Hub) -> None:
    rate(hub, 2)
    rate(hub, 3)
    rate(hub, 5, Moment.AFTER)
    assert seen(hub, "trainee") == {Moment.BEFORE: 3, Moment.AFTER: 5}


def test_the_person_and_their_trainers_see_it_and_nobody_else(hub: Hub) -> None:
    rate(hub, 2)
    assert seen(hub, "trainer") == {Moment.BEFORE: 2}
    for who in ("fellow", "lead", "coordinator", "manager", "safeguarding", "countersigner", "outsider"):
        with pytest.raises(NotAllowedError):
            seen(hub, who)


def test_every_domain_is_answered_with_one_of_five(hub: Hub) -> None:
    with pytest.raises(WrongInputError, match="1 to 5"):
        rate(hub, 6)
    with pytest.raises(UnknownPartError, match="no domain `D99`"):
        rate(hub, 3, D99=3)
    with pytest.raises(WrongInputError, match="Answer each of them"):
        support.rate_confidence(hub.store, hub.world.trainee, PROGRAMME, Moment.BEFORE, {}, now=hub.now)


def pair(hub: Hub, who: str = "coordinator", **changes) -> BuddyPaired:
    ids = {"person_id": hub.world.fellow.person_id, "buddy_id": hub.world.trainee.person_id} | changes
    return support.pair_buddies(hub.store, getattr(hub.world, who), COHORT, **ids, now=hub.now)


def test_two_are_one_pair_whoever_is_named_first(hub: Hub) -> None:
    first = pair(hub)
    assert pair(hub, person_id=hub.world.trainee.person_id, buddy_id=hub.world.fellow.person_id) == first


def test_a_pair_can_end_and_begin_again(hub: Hub) -> None:
    first = pair(hub)
    support.end_buddies(hub.store, hub.world.coordinator, first.fact_id, hub.now)
    support.end_buddies(hub.store, hub.world.coordinator, first.fact_id, hub.now)
    assert pair(hub).fact_id != first.fact_id


def test_buddies_are_two_of_the_cohort(hub: Hub) -> None:
    for other in (hub.world.fellow.person_id, hub.world.trainer.person_id):
        with pytest.raises(WrongInputError, match="two people of this cohort"):
            pair(hub, buddy_id=other)
    enrol(hub.world, hub.world.trainee, CohortId("autumn"))
    with pytest.raises(WrongInputError):
        pair(hub)


@pytest.mark.parametrize("who", ["trainee", "trainer", "lead", "safeguarding", "outsider"])
def test_who_looks_after_no_cohorts_pairs_nobody(hub: Hub, who: str) -> None:
    with pytest.raises(NotAllowedError):
        pair(hub, who)
    made = pair(hub)
    with pytest.raises(NotAllowedError):
        support.end_buddies(hub.store, getattr(hub.world, who), made.fact_id, hub.now)
