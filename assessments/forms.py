"""Drawing a form from a blueprint: which items, in which order, and the order in which each item's lists are shown."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from assessments.errors import PoolTooSmallError
from assessments.items import choice_sizes
from curriculum.blueprints import Blueprint, Cell
from curriculum.filling import fill_cells
from curriculum.ids import ItemId, SectionId
from curriculum.items import Item, Pool, TrueFalseItem
from curriculum.models import Programme


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """The items of one form and, in parallel, each item's order (see `assessments.items.split_order`)."""

    item_ids: tuple[ItemId, ...]
    option_orders: tuple[tuple[int, ...], ...]


def draw_form(
    programme: Programme, blueprint: Blueprint, pool: Pool, times_seen: Mapping[ItemId, int], seed: int
) -> DrawnForm:
    """Return the form of a seed; the same arguments give the same form.

    A counting form fills the blueprint's cells; the rest are uncritical items, spread over the sections. Items seen
    less often come first.

    Args:
        programme: The version that is drawn from.
        blueprint: What the form must contain.
        pool: Counting, or practice (never mixed).
        times_seen: How often the trainee has met an item; items left out were never met.
        seed: Decides all that is left to chance.

    Raises:
        PoolTooSmallError: There are too few items, or too few for a cell.
    """
    rng = random.Random(seed)
    items = pool_of(programme, blueprint, pool)
    if pool == Pool.PRACTICE:
        chosen = _draw_practice(items, blueprint, times_seen, rng)
    else:
        chosen = _draw_counting(items, blueprint, times_seen, rng)
    rng.shuffle(chosen)
    return DrawnForm(tuple(item.id for item in chosen), tuple(draw_order(item, rng) for item in chosen))


def draw_parallel_form(programme: Programme, blueprint: Blueprint, form_no: int) -> DrawnForm:
    """Return one of the parallel forms, the same for everybody; each shares as few items as it can with earlier ones.

    Raises:
        PoolTooSmallError: There are too few items.
    """
    used: Counter[ItemId] = Counter()
    for number in range(form_no):
        used.update(draw_form(programme, blueprint, Pool.COUNTING, used, _seed(blueprint, number)).item_ids)
    return draw_form(programme, blueprint, Pool.COUNTING, used, _seed(blueprint, form_no))


def _seed(blueprint: Blueprint, form_no: int) -> int:
    return random.Random(f"{blueprint.id} form {form_no}").randrange(2**31)


def pool_of(programme: Programme, blueprint: Blueprint, pool: Pool) -> list[Item]:
    """Return the items of one pool that a blueprint draws from, module by module."""
    return [item for module in blueprint.modules for item in programme.items_of(module, pool)]


def _draw_practice(
    items: Sequence[Item], blueprint: Blueprint, times_seen: Mapping[ItemId, int], rng: random.Random
) -> list[Item]:
    if not items:
        raise PoolTooSmallError(blueprint.id, "practice items", 1, 0)
    return _spread(items, times_seen, rng)[: blueprint.n_practised]


def _draw_counting(
    items: Sequence[Item], blueprint: Blueprint, times_seen: Mapping[ItemId, int], rng: random.Random
) -> list[Item]:
    filling = fill_cells(blueprint.all_cells, _spread(items, times_seen, rng))
    for _, cell, n_found in filling.short:
        raise PoolTooSmallError(blueprint.id, _cell_words(cell), cell.draw, n_found)
    chosen = filling.chosen
    taken = {item.id for item in chosen}
    rest = _spread([item for item in items if not item.critical and item.id not in taken], times_seen, rng)
    n_rest = blueprint.draw - len(chosen)
    if len(rest) < n_rest:
        raise PoolTooSmallError(blueprint.id, "uncritical items", n_rest, len(rest))
    return chosen + rest[: max(n_rest, 0)]


def _cell_words(cell: Cell) -> str:
    parts = [f"of the theme `{cell.theme}`"] if cell.theme else []
    parts += [f"on section {cell.section}"] if cell.section else []
    parts += [f"on competency {cell.competency}"] if cell.competency else []
    return " ".join(["items", *parts])


def _spread(items: Sequence[Item], times_seen: Mapping[ItemId, int], rng: random.Random) -> list[Item]:
    """Return the items in an order of chance: least seen first, and among those one of each section in turn."""
    shuffled = ((times_seen.get(item.id, 0), item) for item in rng.sample(list(items), len(items)))
    n_before: dict[SectionId, int] = {}
    placed: list[tuple[int, int, Item]] = []
    for n_seen, item in sorted(shuffled, key=itemgetter(0)):
        turn = n_before.get(item.section, 0)
        placed.append((n_seen, turn, item))
        n_before[item.section] = turn + 1
    return [item for _, _, item in sorted(placed, key=itemgetter(0, 1))]


def draw_order(item: Item, rng: random.Random) -> tuple[int, ...]:
    """Return an order for each list of an item, one after the other; true and false stay as they are."""
    order: list[int] = []
    for size in choice_sizes(item):
        numbers = list(range(size))
        if not isinstance(item, TrueFalseItem):
            rng.shuffle(numbers)
        order += numbers
    return tuple(order)
