"""Keys that were corrected: the item as it is scored from then on, and whether a correction fits its item."""

from collections.abc import Sequence
from typing import assert_never

from assessments.errors import WrongInputError
from assessments.facts import KeyCorrection, KeyTreatment
from assessments.items import right_choice, tidy_choice, tidy_given
from curriculum.answers import read_quantity
from curriculum.items import (
    Item,
    MultipleItem,
    NumericAnswer,
    NumericItem,
    ScoredItem,
    ShortTextItem,
    SingleItem,
    TextAnswer,
    TrueFalseItem,
)


def treatments_of(item: Item) -> tuple[KeyTreatment, ...]:
    """Return what may be done about a fault of this kind of item."""
    always = (KeyTreatment.FULL_POINTS, KeyTreatment.LEFT_OUT)
    match item:
        case SingleItem():
            return (KeyTreatment.NEW_KEY, KeyTreatment.ALSO_RIGHT, *always)
        case MultipleItem() | TrueFalseItem():
            return (KeyTreatment.NEW_KEY, *always)
        case NumericItem() | ShortTextItem():
            return (KeyTreatment.ALSO_RIGHT, *always)
        case _:
            return always


def corrected(item: ScoredItem, correction: KeyCorrection | None) -> ScoredItem:
    """Return the item with its key as corrected; the item itself without a correction of its key."""
    if correction is None:
        return item
    match correction.treatment:
        case KeyTreatment.NEW_KEY:
            return _with_key(item, correction.chosen)
        case KeyTreatment.ALSO_RIGHT:
            return _with_more(item, correction)
        case KeyTreatment.FULL_POINTS | KeyTreatment.LEFT_OUT:
            return item
        case _:
            assert_never(correction.treatment)


def _with_key(item: ScoredItem, key: Sequence[int]) -> ScoredItem:
    if not isinstance(item, SingleItem | MultipleItem | TrueFalseItem):
        return item
    options = [
        option.model_copy(update={"correct": number in key, "credit": None})
        for number, option in enumerate(item.options)
    ]
    return item.model_copy(update={"options": tuple(options)})


def _with_more(item: ScoredItem, correction: KeyCorrection) -> ScoredItem:
    match item:
        case SingleItem():
            right = [number for number, option in enumerate(item.options) if option.correct]
            return _with_key(item, (*right, *correction.chosen))
        case ShortTextItem():
            return item.model_copy(update={"answers": (*item.answers, TextAnswer(text=correction.accepts))})
        case NumericItem():
            quantity = read_quantity(correction.accepts)
            more = [NumericAnswer(value=value) for value in sorted(quantity.values)] if quantity else []
            return item.model_copy(update={"answers": (*item.answers, *more)})
        case _:
            return item


def tidy_correction(
    item: Item, treatment: KeyTreatment, chosen: Sequence[int], accepts: str
) -> tuple[tuple[int, ...], str]:
    """Return choice and words of a correction as they are kept.

    Raises:
        WrongInputError: They do not fit the item or the treatment.
    """
    if treatment not in treatments_of(item):
        expected = "one of " + ", ".join(treatments_of(item))
        raise WrongInputError(f"Item `{item.id}`", f"`{treatment}`", expected, "Choose another way.")
    match treatment:
        case KeyTreatment.NEW_KEY:
            return _tidy_key(item, chosen), ""
        case KeyTreatment.ALSO_RIGHT if isinstance(item, SingleItem):
            return _tidy_key(item, chosen), ""
        case KeyTreatment.ALSO_RIGHT:
            return (), tidy_given(item, (), accepts).text
        case KeyTreatment.FULL_POINTS | KeyTreatment.LEFT_OUT:
            return (), ""
        case _:
            assert_never(treatment)


def _tidy_key(item: Item, chosen: Sequence[int]) -> tuple[int, ...]:
    key = tidy_choice(item, chosen)
    if set(key) == set(right_choice(item)):
        raise WrongInputError(f"Item `{item.id}`", "the same key", "another one", "Choose what is right.")
    return key
