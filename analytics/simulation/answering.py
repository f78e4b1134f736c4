"""How items are answered: from an ability and an item's parameters to what somebody gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final, assert_never

from analytics.simulation.ability import chance
from assessments.items import Given, choice_sizes, right_given
from curriculum.items import (
    FULL,
    BranchingItem,
    ChoiceGap,
    ClozeItem,
    ExtendedTextItem,
    Item,
    MatchingItem,
    MultipleItem,
    NumericItem,
    OrderingItem,
    ShortTextItem,
    SingleItem,
    TrueFalseItem,
)

_WITH_OPTIONS: Final = (SingleItem, TrueFalseItem, MultipleItem, OrderingItem)


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """The truth about an item.

    Who has the ability `difficulty` chooses `key` in half of all cases; `discrimination` says how steeply that rises.
    Who does not chooses among the other options in proportion to `pulls`, by option number. `key` is what able people
    choose: the programme's key, unless the item is mis-keyed. An item without one list of options has neither: it is
    answered rightly, or in one wrong way.
    """

    difficulty: float
    discrimination: float
    pulls: tuple[float, ...]
    key: tuple[int, ...]


def n_options(item: Item) -> int:
    """Return among how many options one chooses; 0 for an item without one list of them."""
    return choice_sizes(item)[0] if isinstance(item, _WITH_OPTIONS) else 0


def draw_parameters(item: Item, rng: Random) -> ItemParameters:
    """Return the parameters of an item; critical ones are easier."""
    mean = -1.7 if item.critical else -1.2
    return ItemParameters(
        difficulty=rng.gauss(mean, 0.6),
        discrimination=rng.lognormvariate(0.2, 0.25),
        pulls=tuple(rng.gammavariate(1.5, 1.0) + 0.05 for _ in range(n_options(item))),
        key=right_given(item).chosen,
    )


def choose(item: Item, truth: ItemParameters, ability: float, rng: Random) -> Given:
    """Return a response as it is kept: valid for an item of this kind."""
    is_able = rng.random() < chance(truth.discrimination * (ability - truth.difficulty))
    if not n_options(item):
        return right_given(item) if is_able else wrong_given(item)
    if is_able:
        return Given(truth.key)
    match item:
        case MultipleItem():
            return Given(_wrong_set(truth, rng))
        case OrderingItem():
            return Given(_two_swapped(truth.key, rng))
        case _:
            return Given((_pulled(truth, _others(truth), rng),))


def _others(truth: ItemParameters) -> list[int]:
    return [number for number in range(len(truth.pulls)) if number not in truth.key]


def _pulled(truth: ItemParameters, numbers: Sequence[int], rng: Random) -> int:
    return rng.choices(numbers, [truth.pulls[number] for number in numbers])[0]


def _wrong_set(truth: ItemParameters, rng: Random) -> tuple[int, ...]:
    others = _others(truth)
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


# ---------------------------------------------------------------- not right


def wrong_given(item: Item) -> Given:
    """Return a response that is not right."""
    right = right_given(item)
    match item:
        case OrderingItem():
            return Given(tuple(reversed(right.chosen)))
        case MultipleItem():
            return Given(right.chosen[:1])
        case SingleItem() | TrueFalseItem():
            return Given(((right.chosen[0] + 1) % len(item.options),))
        case MatchingItem():
            return Given((right.chosen[1], *right.chosen[1:]))
        case BranchingItem():
            return _worst_path(item)
        case ClozeItem():
            return _wrong_gaps(item, right)
        case NumericItem():
            return Given(text=f"{max(answer.value + answer.tolerance for answer in item.answers) + 7:f}")
        case ShortTextItem() | ExtendedTextItem():
            return Given(text="I do not know")
        case _:
            assert_never(item)


def _wrong_gaps(item: ClozeItem, right: Given) -> Given:
    """Return a response with one gap filled otherwise."""
    first = item.gaps[0]
    if isinstance(first, ChoiceGap):
        other = next(number for number, option in enumerate(first.options) if not option.correct)
        return Given((other, *right.chosen[1:]), right.text)
    _line, *lines = right.text.split("\n")
    return Given(right.chosen, "\n".join(["99", *lines]))


def _worst_path(item: BranchingItem) -> Given:
    """Return the first path that ends without all points."""
    turns = {turn.id: turn for turn in item.turns}
    waiting: list[tuple[str, tuple[int, ...]]] = [(item.turns[0].id, ())]
    for at, path in waiting:
        for number, move in enumerate(turns[at].moves):
            if move.next is not None:
                waiting.append((move.next, (*path, number)))
            elif move.credit != FULL:
                return Given((*path, number))
    return right_given(item)
