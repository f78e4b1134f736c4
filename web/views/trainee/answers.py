"""What was answered to a question and what would be right, in words, by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

import streamlit as st

from assessments.items import NOTHING, FilledGap, Given, right_given, walk_gaps, walk_path
from assessments.shares import find_number, find_words, gap_share
from curriculum.items import (
    BranchingItem,
    ChoiceGap,
    ClozeItem,
    ExtendedTextItem,
    Item,
    MatchingItem,
    MultipleItem,
    NumericItem,
    Option,
    OrderingItem,
    ShortTextItem,
    SingleItem,
    TrueFalseItem,
)
from web.components import plain
from web.texts import _


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer: the item as it is scored, the order of its lists, what was given and what is right.

    `key` is a right response; None while it is kept back.
    """

    item: Item
    orders: Sequence[tuple[int, ...]]
    given: Given
    key: Given | None


def draw_answered(answered: Answered) -> None:
    """Draw what was given; where the key may be shown, what is right too, with the reasons."""
    if answered.given.is_empty:
        st.markdown(f":gray[{_('You gave no answer.')}]")
    _draw_by_kind(answered)


def draw_with_key(item: Item) -> None:
    """Draw what can be answered to a question and what is right, for those who may see the key."""
    if isinstance(item, SingleItem | TrueFalseItem | MultipleItem):
        for option in item.options:
            st.markdown(_right(option.text) if option.correct else plain(option.text))
        return
    _draw_by_kind(Answered(item, (), Given(), right_given(item)))


def _draw_by_kind(answered: Answered) -> None:
    item, given = answered.item, answered.given
    match item:
        case SingleItem() | TrueFalseItem() | MultipleItem():
            _draw_options(answered, item.options)
        case OrderingItem():
            _draw_order(answered, item.options)
        case MatchingItem():
            _draw_pairs(answered, item)
        case NumericItem():
            found = find_number(item.answers, item.units, given.text, unit_needed=item.unit_needed)
            _draw_typed(answered, found.rationale if found else "")
        case ShortTextItem():
            words = find_words(item.answers, given.text, case_matters=item.case_matters)
            _draw_typed(answered, words.rationale if words else "")
        case ClozeItem():
            _draw_gaps(answered, item)
        case BranchingItem():
            _draw_path(answered, item)
        case ExtendedTextItem():
            _draw_text(answered, item)
        case _:
            assert_never(item)
    if answered.key is not None and item.feedback:
        st.markdown(plain(item.feedback))


def _yours(text: str) -> str:
    return f"{plain(text)} :violet-badge[{_('your answer')}]"


def _right(text: str) -> str:
    return f"{plain(text)} :green-badge[{_('right answer')}]"


def _reason(text: str) -> None:
    if text:
        st.markdown(f":gray[{plain(text)}]")


# ---------------------------------------------------------------- by kind


def _draw_options(answered: Answered, options: Sequence[Option]) -> None:
    key = answered.key.chosen if answered.key else ()
    for number in answered.orders[0]:
        is_key, is_chosen = number in key, number in answered.given.chosen
        if not (is_key or is_chosen):
            continue
        badge = f":green-badge[{_('right answer')}]" if is_key else f":orange-badge[{_('your answer')}]"
        both = f" :violet-badge[{_('your answer')}]" if is_key and is_chosen else ""
        if answered.key is None:
            badge = f":violet-badge[{_('your answer')}]"
        st.markdown(f"{plain(options[number].text)} {badge}{both}")
        if answered.key is not None:
            _reason(options[number].rationale)


def _draw_order(answered: Answered, options: Sequence[Option]) -> None:
    given, key = answered.given.chosen, answered.key.chosen if answered.key else ()
    if given and given != key:
        st.markdown(f":violet-badge[{_('your answer')}]")
        st.markdown("\n".join(f"{place}. {plain(options[number].text)}" for place, number in enumerate(given, 1)))
    if key:
        both = f" :violet-badge[{_('your answer')}]" if given == key else ""
        st.markdown(f":green-badge[{_('right answer')}]{both}")
        st.markdown("\n".join(f"{place}. {plain(options[number].text)}" for place, number in enumerate(key, 1)))
        for number in key:
            _reason(options[number].rationale)


def _draw_pairs(answered: Answered, item: MatchingItem) -> None:
    given = answered.given.chosen or (NOTHING,) * len(item.pairs)
    for number, pair in enumerate(item.pairs):
        st.markdown(f"**{plain(pair.prompt)}**")
        is_right = given[number] != NOTHING and item.answers[given[number]] == pair.answer
        if given[number] != NOTHING and not (answered.key and is_right):
            st.markdown(_yours(item.answers[given[number]]))
        if answered.key is not None:
            both = f" :violet-badge[{_('your answer')}]" if is_right else ""
            st.markdown(_right(pair.answer) + both)
            _reason(pair.rationale)


def _draw_typed(answered: Answered, reason: str) -> None:
    if answered.given.text:
        st.markdown(_yours(answered.given.text))
    if answered.key is not None:
        _reason(reason)
        if answered.key.text:
            st.markdown(_right(answered.key.text))


def _draw_gaps(answered: Answered, item: ClozeItem) -> None:
    rights = walk_gaps(item, answered.key) if answered.key else (None,) * len(item.gaps)
    for number, (filled, right) in enumerate(zip(walk_gaps(item, answered.given), rights, strict=True), 1):
        given = _gap_words(filled)
        is_right = gap_share(filled) == 1
        yours = f" :violet-badge[{_('your answer')}]"
        if given:
            mark = f" :green-badge[{_('right answer')}]" if right is not None and is_right else ""
            st.markdown(f"({number}) {plain(given)}{mark}{yours}")
        if right is not None and not is_right:
            st.markdown(f"({number}) {_right(_gap_words(right))}")
        if right is not None and isinstance(filled.gap, ChoiceGap) and filled.chosen != NOTHING:
            _reason(filled.gap.options[filled.chosen].rationale)


def _gap_words(filled: FilledGap) -> str:
    if isinstance(filled.gap, ChoiceGap):
        return filled.gap.options[filled.chosen].text if filled.chosen != NOTHING else ""
    return filled.text


def _draw_path(answered: Answered, item: BranchingItem) -> None:
    _draw_steps(item, answered.given.chosen, f":violet-badge[{_('You')}]", shows_reasons=answered.key is not None)
    if answered.key is not None and answered.key.chosen != answered.given.chosen:
        with st.expander(_("A way that helps")):
            _draw_steps(item, answered.key.chosen, f":green-badge[{_('right answer')}]", shows_reasons=True)


def _draw_steps(item: BranchingItem, path: Sequence[int], badge: str, *, shows_reasons: bool) -> None:
    for step in walk_path(item, path) if path else ():
        st.markdown(plain(step.turn.text))
        if step.move is not None:
            st.markdown(f"{badge} **{plain(step.move.text)}**")
            st.markdown(plain(step.move.then))
            if shows_reasons:
                _reason(step.move.rationale)


def _draw_text(answered: Answered, item: ExtendedTextItem) -> None:
    if answered.given.text:
        st.markdown(f":violet-badge[{_('your answer')}]")
        st.text(answered.given.text)
    if answered.key is not None and item.model:
        st.markdown(f":green-badge[{_('a good answer')}]")
        st.markdown(plain(item.model))
