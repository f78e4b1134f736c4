"""Texts marked by people: what levels are worth, and what follows when two people have marked the same text."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from assessments.errors import WrongInputError
from assessments.facts import TextMark
from curriculum.items import ExtendedTextItem

FIRST: Final = 1
SECOND: Final = 2
DECIDING: Final = 3

FAR_APART: Final = Fraction(1, 4)
"""Up to this share of the points two marks are averaged; beyond it somebody decides."""


def share_of_levels(item: ExtendedTextItem, levels: Sequence[int]) -> Fraction:
    """Return the share of the points, 0 to 1, that levels on a rubric are worth."""
    return Fraction(sum(levels), sum(criterion.top for criterion in item.rubric))


def tidy_levels(item: ExtendedTextItem, levels: Sequence[int]) -> tuple[int, ...]:
    """Return the levels as they are kept, one for each criterion.

    Raises:
        WrongInputError: One is missing, or no level of its criterion.
    """
    fits = len(levels) == len(item.rubric) and all(
        0 <= level <= criterion.top for level, criterion in zip(levels, item.rubric, strict=True)
    )
    if not fits:
        expected = f"a level for each of {len(item.rubric)} criteria"
        raise WrongInputError(f"Item `{item.id}`", f"the levels {list(levels)}", expected, "Choose one in each line.")
    return tuple(levels)


def settle(item: ExtendedTextItem, marks: Sequence[TextMark], *, is_second_asked: bool) -> Fraction | None:
    """Return the share of the points that a text gets, or None while a mark is missing.

    One mark holds alone unless a second was asked for. Two that lie at most a quarter of the points apart are averaged;
    of two that lie farther apart neither holds, and a third decides. All are kept.
    """
    shares = {mark.mark_no: share_of_levels(item, mark.levels) for mark in marks}
    if DECIDING in shares:
        return shares[DECIDING]
    if not is_second_asked:
        return shares.get(FIRST)
    if not {FIRST, SECOND} <= shares.keys() or abs(shares[FIRST] - shares[SECOND]) > FAR_APART:
        return None
    return (shares[FIRST] + shares[SECOND]) / 2


def next_mark(item: ExtendedTextItem, marks: Sequence[TextMark], *, is_second_asked: bool) -> int | None:
    """Return the number of the mark that is missing; None when the text is settled."""
    if settle(item, marks, is_second_asked=is_second_asked) is not None:
        return None
    given = {mark.mark_no for mark in marks}
    return next((number for number in (FIRST, SECOND) if number not in given), DECIDING)
