"""What people get wrong: safeguarding first, then sure and wrong; of all hubs no small number."""

from collections.abc import Iterator

import pytest

from analytics.misses import Miss, see_misses
from assessments.facts import Attempt, AttemptStarted, ItemScore, Response
from curriculum.blueprints import Purpose
from curriculum.bundle import to_bundle
from curriculum.ids import BlueprintId, ItemId
from curriculum.items import Pool
from people.errors import NotAllowedError
from people.facts import Grant, HubOpened
from people.models import NOBODY, Actor, CohortId, HubId, Office, Scope
from people.service.reach import hub_fact_id
from store.ledger import Store
from tests.assessments.world import HUB, OTHER_HUB, World, enrol, make_actor, make_world_on
from tests.builders import COHORT, NOW, PROGRAMME, QUIZ, THEME, make_blueprint, make_item, make_programme

AUTUMN, BEFORE = CohortId("autumn"), BlueprintId("before-m1")
SAFE, PLAIN, OTHER = ItemId("m1-1"), ItemId("m1-2"), ItemId("m1-3")


@pytest.fixture
def world() -> Iterator[World]:
    store = Store.memory(clock=lambda: NOW)
    items = (make_item(SAFE, critical=THEME), make_item(PLAIN), make_item(OTHER))
    practice = tuple(make_item(f"m1-p-{n}", pool=Pool.PRACTICE) for n in range(3))
    before = make_blueprint(id=BEFORE, purpose=Purpose.PRE, pass_pct=0)
    programme = make_programme(items=(*items, *practice), blueprints=(make_blueprint(), before))
    store.publish(programme, to_bundle(programme))
    world = make_world_on(store)
    yield world
    store.close()


def wrong(
    world: World,
    person: Actor,
    item_id: ItemId,
    *,
    certainty: int | None = None,
    is_right: bool = False,
    quiz: BlueprintId = QUIZ,
) -> None:
    """Record an attempt of one question."""
    form = {"version_no": 1, "pool": Pool.COUNTING, "seed": 1, "item_ids": (item_id,), "option_orders": ((0, 1, 2),)}
    where = {"programme_id": PROGRAMME, "blueprint_id": quiz}
    started = world.record(AttemptStarted, person, **where, **form)
    said = {"started_id": started.fact_id, "position": 0, "item_id": item_id, "chosen": (1,), "certainty": certainty}
    world.record(Response, person, **said)
    score = {"score": 0, "max_score": 1, "critical_total": 0, "critical_missed": 0, "pass_pct": 80}
    items = (ItemScore(0, item_id, int(is_right), 1, 0, is_right),)
    world.record(Attempt, person, started_id=started.fact_id, counts=True, items=items, **where, **score)


def people(world: World, first: int, n: int, cohort_id: CohortId) -> list[Actor]:
    made = [make_actor(first + number, Office.TRAINEE) for number in range(n)]
    for person in made:
        enrol(world, person, cohort_id)
    return made


def see(world: World, hub_id: HubId | None = HUB, actor: Actor | None = None, **changes: CohortId) -> list[Miss]:
    programme = world.ledger.programme(PROGRAMME, 1)
    return see_misses(world.ledger, actor or world.lead, programme, hub_id, **changes)  # type: ignore[arg-type]


def test_safeguarding_comes_first_then_where_most_were_sure(world: World) -> None:
    wrong(world, world.trainee, SAFE)
    for person in (world.trainee, world.fellow):
        wrong(world, person, OTHER)
    wrong(world, world.fellow, PLAIN, certainty=3)
    found = [(miss.item.id, miss.n_people, miss.n_wrong, miss.n_sure) for miss in see(world)]
    assert found == [(SAFE, 1, 1, 0), (PLAIN, 1, 1, 1), (OTHER, 2, 2, 0)]


def test_what_was_asked_before_teaching_is_nothing_that_people_get_wrong(world: World) -> None:
    wrong(world, world.trainee, PLAIN, certainty=3, quiz=BEFORE)
    assert see(world) == []


def test_a_cohort_is_counted_for_itself(world: World) -> None:
    wrong(world, world.trainee, PLAIN)
    (late,) = people(world, 200, 1, AUTUMN)
    wrong(world, late, OTHER)
    assert [miss.item.id for miss in see(world, cohort_id=COHORT)] == [PLAIN]
    assert [miss.item.id for miss in see(world)] == [PLAIN]
    assert [miss.item.id for miss in see(world, OTHER_HUB, world.outsider)] == [OTHER]


def test_of_all_hubs_nothing_is_told_of_few_people(world: World) -> None:
    for person in (world.trainee, world.fellow):
        wrong(world, person, PLAIN, certainty=3)
    assert see(world, None, world.manager) == []


def test_of_all_hubs_large_numbers_are_told_and_small_ones_of_the_sure_are_not(world: World) -> None:
    for number, person in enumerate(people(world, 200, 12, AUTUMN)):
        wrong(world, person, PLAIN, certainty=3 if number < 2 else None, is_right=number > 6)
    (miss,) = see(world, None, world.manager)
    assert (miss.n_people, miss.n_wrong, miss.n_sure) == (12, 7, None)


def test_who_knows_the_own_hub_cannot_take_it_away_from_the_whole(world: World) -> None:
    """Seven of the own hub and one of another are eight of all: told, the one could be worked out."""
    opened = {"hub_id": OTHER_HUB, "title": "South"}
    world.record(HubOpened, world.operator, person_id=NOBODY, fact_id=hub_fact_id(OTHER_HUB), **opened)
    for person in people(world, 200, 7, AUTUMN):
        wrong(world, person, PLAIN)
    wrong(world, world.trainee, PLAIN)
    (miss,) = see(world, None, world.manager)
    assert miss.n_wrong == 8
    lead = make_actor(300, Office.TRAINING_LEAD, hub_id=OTHER_HUB)
    _grant(world, lead)
    assert see(world, None, lead) == []


def _grant(world: World, lead: Actor) -> None:
    grant = {"office": Office.TRAINING_LEAD, "scope": Scope.HUB, "hub_id": OTHER_HUB}
    world.record(Grant, lead, world.operator, **grant)


def test_who_may_not_is_refused(world: World) -> None:
    for actor in (world.trainer, world.manager, world.trainee, world.outsider):
        with pytest.raises(NotAllowedError):
            see(world, HUB, actor)
    for actor in (world.trainer, world.coordinator, world.trainee):
        with pytest.raises(NotAllowedError):
            see(world, None, actor)
