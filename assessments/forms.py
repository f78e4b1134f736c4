"""Drawing a form from a blueprint: which items, in which order, and each item's order of options."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessments.errors import PoolTooSmallError
from curriculum.ids import ItemId, SectionId
from curriculum.models import Blueprint, Item, ItemKind, Pool, Programme


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """The items of one form and, in parallel, a permutation of each item's options."""

    item_ids: tuple[ItemId, ...]
    option_orders: tuple[tuple[int, ...], ...]


def draw_form(
    programme: Programme, blueprint: Blueprint, pool: Pool, times_seen: Mapping[ItemId, int], seed: int
) -> DrawnForm:
    """Return the form of a seed; the same arguments give the same form.

    A counting form holds the blueprint's number of items of each critical theme; the rest are uncritical items,
    spread over the sections. Items seen less often come first.

    Args:
        programme: The version that is drawn from.
        blueprint: What the form must contain.
        pool: Counting, or practice (never mixed).
        times_seen: How often the trainee has met an item; items left out were never met.
        seed: Decides all that is left to chance.

    Raises:
        PoolTooSmallError: There are too few items, or too few of a critical theme.
    """
    rng = random.Random(seed)
    items = programme.items_of(blueprint.module, pool)
    if pool == Pool.PRACTICE:
        chosen = _draw_practice(items, blueprint, times_seen, rng)
    else:
        chosen = _draw_counting(items, blueprint, times_seen, rng)
    rng.shuffle(chosen)
    return DrawnForm(tuple(item.id for item in chosen), tuple(_order_options(item, rng) for item in chosen))


def _draw_practice(
    items: Sequence[Item], blueprint: Blueprint, times_seen: Mapping[ItemId, int], rng: random.Random
) -> list[Item]:
    if not items:
        raise PoolTooSmallError(blueprint.id, "practice items", 1, 0)
    return _spread(items, times_seen, rng)[: blueprint.practice_draw]


def _draw_counting(
    items: Sequence[Item], blueprint: Blueprint, times_seen: Mapping[ItemId, int], rng: random.Random
) -> list[Item]:
    critical: list[Item] = []
    for theme, n_needed in blueprint.critical.items():
        of_theme = [item for item in items if item.critical == theme]
        if len(of_theme) < n_needed:
            raise PoolTooSmallError(blueprint.id, f"items of the theme `{theme}`", n_needed, len(of_theme))
        critical += _spread(of_theme, times_seen, rng)[:n_needed]
    n_rest = blueprint.draw - len(critical)
    rest = _spread([item for item in items if not item.critical], times_seen, rng)
    if len(rest) < n_rest:
        raise PoolTooSmallError(blueprint.id, "uncritical items", n_rest, len(rest))
    return critical + rest[: max(n_rest, 0)]


def _spread(items: Sequence[Item], times_seen: Mapping[ItemId, int], rng: random.Random) -> list[Item]:
    """Return the items in an order of chance: least seen first, and among those one of each section in turn."""
    shuffled = sorted(rng.sample(list(items), len(items)), key=lambda item: times_seen.get(item.id, 0))
    n_before: Counter[SectionId] = Counter()
    turn: dict[ItemId, int] = {}
    for item in shuffled:
        turn[item.id] = n_before[item.section]
        n_before[item.section] += 1
    return sorted(shuffled, key=lambda item: (times_seen.get(item.id, 0), turn[item.id]))


def _order_options(item: Item, rng: random.Random) -> tuple[int, ...]:
    numbers = list(range(len(item.options)))
    if item.kind != ItemKind.TRUE_FALSE:
        rng.shuffle(numbers)
    return tuple(numbers)
