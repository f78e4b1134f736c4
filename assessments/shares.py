"""What share of an item's points a response earns by the item's own rules: 1 is all, below 0 takes some away."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final, assert_never

from assessments.items import FilledGap, Given, is_complete, right_choice, walk_gaps, walk_path
from curriculum.answers import fits_words, fold_text, read_quantity
from curriculum.items import (
    FULL,
    BranchingItem,
    ChoiceGap,
    ClozeItem,
    MatchingItem,
    MultipleItem,
    NumberGap,
    NumericAnswer,
    NumericItem,
    Option,
    OrderingItem,
    ScoredItem,
    ShortTextItem,
    SingleItem,
    TextAnswer,
    TextGap,
    TrueFalseItem,
    Unit,
)

_ALL: Final = Fraction(1)
_NOTHING: Final = Fraction(0)
_NEARLY_ALL: Final = Fraction(9_999, 10_000)
"""Weights such as 33.33333 per cent add up to not quite everything."""


def share_of(item: ScoredItem, given: Given) -> Fraction:
    """Return the share, -1 to 1. A whole response that earns nothing costs the item's penalty; none given earns 0."""
    if given.is_empty:
        return _NOTHING
    earned = _earned(item, given)
    if earned == 0 and item.penalty and is_complete(item, given):
        earned = -Fraction(item.penalty, 100)
    return earned if item.below_zero or earned.numerator > 0 else _NOTHING


def gives_fractions(item: ScoredItem) -> bool:
    """Return whether some response earns neither all points nor none."""
    if item.penalty:
        return True
    match item:
        case SingleItem() | TrueFalseItem():
            return any(option.credit is not None for option in item.options)
        case MultipleItem() | OrderingItem() | MatchingItem() | ClozeItem():
            return item.partial
        case NumericItem() | ShortTextItem():
            return any(answer.credit not in (0, FULL) for answer in item.answers)
        case BranchingItem():
            credits = {move.credit for turn in item.turns for move in turn.moves}
            return not credits <= {None, 0, FULL}
        case _:
            assert_never(item)


def _earned(item: ScoredItem, given: Given) -> Fraction:
    match item:
        case SingleItem() | TrueFalseItem():
            return _of_option(item.options[given.chosen[0]])
        case MultipleItem():
            return _of_several(item, given)
        case OrderingItem():
            return _of_order(item, given)
        case MatchingItem():
            hits = [a == b for a, b in zip(given.chosen, right_choice(item), strict=True)]
            return _whole_or_part(hits, partial=item.partial)
        case NumericItem():
            return _credit(find_number(item.answers, item.units, given.text, unit_needed=item.unit_needed))
        case ShortTextItem():
            return _credit(find_words(item.answers, given.text, case_matters=item.case_matters))
        case ClozeItem():
            return _of_gaps(item, given)
        case BranchingItem():
            *_, last = walk_path(item, given.chosen)
            return Fraction(0 if last.move is None else last.move.credit or 0, 100)
        case _:
            assert_never(item)


def _of_option(option: Option) -> Fraction:
    if option.correct:
        return _ALL
    return Fraction(option.credit) / 100 if option.credit is not None else _NOTHING


def _of_several(item: MultipleItem, given: Given) -> Fraction:
    if not item.partial:
        return _ALL if given.chosen == right_choice(item) else _NOTHING
    n_right = sum(option.correct for option in item.options)
    usual = Fraction(1, n_right)
    parts = [_part(item.options[number], usual) for number in given.chosen]
    has_credits = any(option.credit is not None for option in item.options)
    earned = sum(parts, _NOTHING)
    return _snapped(earned if has_credits else max(earned, _NOTHING))


def _part(option: Option, usual: Fraction) -> Fraction:
    if option.credit is not None:
        return Fraction(option.credit) / 100
    return usual if option.correct else -usual


def _of_order(item: OrderingItem, given: Given) -> Fraction:
    follows = [after == before + 1 for before, after in pairwise(given.chosen)]
    missing = [False] * (len(item.options) - 1 - len(follows))
    return _whole_or_part([*follows, *missing], partial=item.partial)


def _whole_or_part(hits: Sequence[bool], *, partial: bool) -> Fraction:
    return Fraction(sum(hits), len(hits)) if partial else Fraction(all(hits))


def _of_gaps(item: ClozeItem, given: Given) -> Fraction:
    filled = list(walk_gaps(item, given))
    total = sum(one.gap.weight for one in filled)
    earned = sum((gap_share(one) * one.gap.weight for one in filled), _NOTHING) / total
    return _snapped(earned) if item.partial else Fraction(earned == 1)


def gap_share(filled: FilledGap) -> Fraction:
    """Return the share of a gap's part, 0 to 1, that what stands in it earns."""
    if not filled.is_filled:
        return _NOTHING
    match filled.gap:
        case ChoiceGap():
            earned = _of_option(filled.gap.options[filled.chosen])
        case TextGap():
            earned = _credit(find_words(filled.gap.answers, filled.text, case_matters=filled.gap.case_matters))
        case NumberGap():
            needed = filled.gap.unit_needed
            earned = _credit(find_number(filled.gap.answers, filled.gap.units, filled.text, unit_needed=needed))
        case _:
            assert_never(filled.gap)
    return max(earned, _NOTHING)


# ---------------------------------------------------------------- what was typed


def find_words(answers: Sequence[TextAnswer], text: str, *, case_matters: bool) -> TextAnswer | None:
    """Return the answer with the highest credit that the words fit, or None."""
    fitting = [answer for answer in answers if fits_words(answer.text, text, case_matters=case_matters)]
    return max(fitting, key=lambda answer: answer.credit, default=None)


def find_number(
    answers: Sequence[NumericAnswer], units: Sequence[Unit], text: str, *, unit_needed: bool
) -> NumericAnswer | None:
    """Return the answer with the highest credit that the number fits, or None.

    Without listed units, what stands beside the number is passed over.
    """
    quantity = read_quantity(text)
    factor = _factor(units, quantity.unit, unit_needed=unit_needed) if quantity else None
    if quantity is None or factor is None:
        return None
    values = [value * factor for value in quantity.values]
    fitting = [one for one in answers if any(abs(value - one.value) <= one.tolerance for value in values)]
    return max(fitting, key=lambda answer: answer.credit, default=None)


def _factor(units: Sequence[Unit], name: str, *, unit_needed: bool) -> Decimal | None:
    """Return what turns the unit into that of the answers; None for one that is not known, or missing and needed."""
    if not units or not name:
        return None if unit_needed else Decimal(1)
    known = {fold_text(each): unit.factor for unit in units for each in unit.names}
    return known.get(fold_text(name))


def _credit(answer: NumericAnswer | TextAnswer | None) -> Fraction:
    return Fraction(answer.credit) / 100 if answer is not None else _NOTHING


def _snapped(earned: Fraction) -> Fraction:
    return _ALL if earned >= _NEARLY_ALL else earned
