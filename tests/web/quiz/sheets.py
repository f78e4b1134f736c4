"""Quiz forms made for a test."""

from collections.abc import Callable
from typing import Any

from assessments.facts import Attempt, AttemptStarted, Response
from assessments.items import choice_sizes, right_given
from assessments.service.attempts import record_response, start_attempt, submit_attempt
from curriculum.ids import BlueprintId, ItemId, ModuleId
from curriculum.items import Item, ItemKind, Pool
from tests.builders import make_started
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker

M1 = BlueprintId("quiz-m1")


def items_of(walker: Walker, blueprint_id: BlueprintId = M1) -> dict[ItemId, Item]:
    programme = walker.scene.store.programme(ALONGSIDE, 1)
    module = programme.blueprint_by_id[blueprint_id].module
    return {item.id: item for item in programme.items if item.is_of(module) and item.pool == Pool.COUNTING}


def begin(walker: Walker, login: str, *kinds: ItemKind, **changes: Any) -> AttemptStarted:
    """Return a form of one item of each kind, all lists in the order as written."""
    programme = walker.scene.store.programme(ALONGSIDE, 1)
    of_kind = {item.kind: item for item in reversed(programme.items) if item.is_of(ModuleId("M1"))}
    of_kind |= {item.kind: item for item in reversed(items_of(walker).values())}
    items = [of_kind[kind] for kind in kinds]
    person_id = walker.person(login)
    fields = {
        "person_id": person_id,
        "actor_id": person_id,
        "blueprint_id": M1,
        "item_ids": tuple(item.id for item in items),
        "option_orders": tuple(tuple(n for size in choice_sizes(item) for n in range(size)) for item in items),
    }
    started = make_started(walker.scene.now, **fields | changes)
    assert walker.scene.store.append(started)
    return started


def responses(walker: Walker, started: AttemptStarted, position: int = 0) -> list[Response]:
    found = walker.scene.store.list_facts(Response, started.person_id, started_id=started.fact_id)
    return [response for response in found if response.position == position]


def take(
    walker: Walker,
    login: str,
    blueprint_id: BlueprintId = M1,
    *,
    n_wrong: int = 0,
    pool: Pool = Pool.COUNTING,
    skips: Callable[[Item], bool] = lambda item: True,
) -> Attempt:
    """Take a quiz through the services; the first `n_wrong` items of those that `skips` allows have no answer."""
    scene, actor = walker.scene, walker.scene.actor(login)
    programme = scene.store.programme(ALONGSIDE, 1)
    started = start_attempt(scene.store, actor, ALONGSIDE, blueprint_id, pool, now=scene.now)
    items = [programme.item_by_id[item_id] for item_id in started.item_ids]
    skipped = [position for position, item in enumerate(items) if skips(item)][:n_wrong]
    for position, item in enumerate(items):
        if position not in skipped:
            record_response(
                scene.store,
                actor,
                started.fact_id,
                position,
                right_given(item).chosen,
                text=right_given(item).text,
                certainty=3,
                is_flagged=False,
                now=scene.now,
            )
    return submit_attempt(scene.store, actor, started.fact_id, scene.now)
