"""What each option earns, in per cent, as formats write it that know weights alone."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from assessments.exchange.answers import ANY_NUMBER, usual_part
from curriculum.items import FULL, Item, MultipleItem, NumericAnswer, NumericItem, Option, ShortTextItem, SingleItem

_PARTS: Final = [Decimal(each) for each in ("11.11111", "14.28571", "16.66667", "33.33333", "66.66667", "83.33333")]
_ROUND: Final = [Decimal(each) for each in ("0", "5", "10", "12.5", "20", "25", "30", "40", "50", "60")]
_OF_MOODLE: Final = frozenset([*_PARTS, *_ROUND, *map(Decimal, (70, 75, 80, 90, 100))])
"""The weights that Moodle takes in, in per cent, and the same below zero."""

_NONE: Final = Decimal(0)


def single_weights(item: SingleItem) -> Iterator[tuple[Option, Decimal]]:
    """Yield the options of a choice of one; a penalty is what each wrong option without a credit costs."""
    wrong = Decimal(-item.penalty) if item.below_zero else _NONE
    for option in item.options:
        credit = option.credit if option.credit is not None else wrong
        yield option, FULL if option.correct else credit


def multiple_weights(item: MultipleItem) -> Iterator[tuple[Option, Decimal]]:
    """Yield the options of a choice of several; without `partial`, one wrong option costs everything."""
    part = usual_part(sum(option.correct for option in item.options) or 1)
    for option in item.options:
        usual = part if option.correct else -part if item.partial else -FULL
        yield option, option.credit if option.credit is not None else usual


def odd_weights(item: Item) -> list[Decimal]:
    """Return the weights of an item that Moodle takes in only as the nearest that it has, smallest first."""
    match item:
        case SingleItem():
            found = {weight for _, weight in single_weights(item)}
        case MultipleItem():
            found = {weight for _, weight in multiple_weights(item)}
        case NumericItem() | ShortTextItem():
            found = {answer.credit for answer in item.answers}
        case _:
            found = set[Decimal]()
    return sorted(weight for weight in found if abs(weight) not in _OF_MOODLE)


def is_any(answer: NumericAnswer) -> bool:
    """Return whether an answer stands for all other numbers."""
    return answer.tolerance >= ANY_NUMBER and answer.credit == 0
