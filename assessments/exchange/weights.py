"""What each option earns, in per cent, as formats write it that know weights alone."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from assessments.exchange.answers import ANY_NUMBER, usual_part
from curriculum.items import FULL, MultipleItem, NumericAnswer, Option, SingleItem

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


def is_any(answer: NumericAnswer) -> bool:
    """Return whether an answer stands for all other numbers."""
    return answer.tolerance >= ANY_NUMBER and answer.credit == 0
