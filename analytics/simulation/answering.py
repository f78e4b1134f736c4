"""How items are answered: from an ability and an item's parameters to the options that somebody chooses."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from analytics.simulation.ability import chance
from assessments.items import right_choice
from curriculum.models import Item, ItemKind


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """The truth about an item.

    Who has the ability `difficulty` chooses `key` in half of all cases; `discrimination` says how steeply that rises.
    Who does not chooses among the other options in proportion to `pulls`, by option number. `key` is what able people
    choose: the programme's key, unless the item is mis-keyed.
    """

    difficulty: float
    discrimination: float
    pulls: tuple[float, ...]
    key: tuple[int, ...]


def draw_parameters(item: Item, rng: Random) -> ItemParameters:
    """Return the parameters of an item; critical ones are easier."""
    mean = -1.7 if item.critical else -1.2
    return ItemParameters(
        difficulty=rng.gauss(mean, 0.6),
        discrimination=rng.lognormvariate(0.2, 0.25),
        pulls=tuple(rng.gammavariate(1.5, 1.0) + 0.05 for _ in item.options),
        key=right_choice(item),
    )


def choose(item: Item, truth: ItemParameters, ability: float, rng: Random) -> tuple[int, ...]:
    """Return a choice as it is kept: valid for an item of this kind."""
    if rng.random() < chance(truth.discrimination * (ability - truth.difficulty)):
        return truth.key
    match item.kind:
        case ItemKind.SINGLE | ItemKind.TRUE_FALSE:
            return (_pulled(truth, _others(item, truth.key), rng),)
        case ItemKind.MULTIPLE:
            return _wrong_set(item, truth, rng)
        case ItemKind.ORDERING:
            return _two_swapped(truth.key, rng)


def _others(item: Item, key: Sequence[int]) -> list[int]:
    return [number for number in range(len(item.options)) if number not in key]


def _pulled(truth: ItemParameters, numbers: Sequence[int], rng: Random) -> int:
    return rng.choices(numbers, [truth.pulls[number] for number in numbers])[0]


def _wrong_set(item: Item, truth: ItemParameters, rng: Random) -> tuple[int, ...]:
    others = _others(item, truth.key)
    if len(truth.key) > 1 and (not others or rng.random() < 0.5):
        left_out = rng.choice(truth.key)
        return tuple(number for number in truth.key if number != left_out)
    return _sorted((*truth.key, _pulled(truth, others, rng)))


def _sorted(numbers: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(numbers))


def _two_swapped(key: Sequence[int], rng: Random) -> tuple[int, ...]:
    order = list(key)
    place = rng.randrange(len(order) - 1)
    order[place], order[place + 1] = order[place + 1], order[place]
    return tuple(order)
