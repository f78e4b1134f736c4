"""The fields in which one question is answered, by kind: the same in quizzes, self-checks and refreshers.

What stands in them is returned as it is now; keeping it is the caller's. Labels are plain text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, assert_never

import streamlit as st

from assessments.items import MAX_SHORT, NOTHING, Given, walk_gaps, walk_path
from curriculum.items import (
    GAP,
    BranchingItem,
    ChoiceGap,
    ClozeItem,
    ExtendedTextItem,
    Gap,
    Item,
    MatchingItem,
    MultipleItem,
    NumberGap,
    NumericItem,
    Option,
    OrderingItem,
    ShortTextItem,
    SingleItem,
    TrueFalseItem,
    Turn,
    Unit,
)
from web.components import plain, small_note
from web.texts import _

_AROUND: Final = 4
"""Words before and after a gap that tell which one a field is for."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is asked.

    Attributes:
        item: The item.
        orders: The order in which each of its lists is shown.
        given: What was given so far.
        key: Begins the keys of its fields; it is unique on the page.
        is_closed: Whether the answer stays.
    """

    item: Item
    orders: Sequence[tuple[int, ...]]
    given: Given
    key: str
    is_closed: bool = False

    def name(self, part: str) -> str:
        """Return the key of a field."""
        return f"answer-{part}-{self.key}"


def draw_fields(question: Question) -> Given:
    """Draw the fields of a question, and return what stands in them."""
    item = question.item
    match item:
        case SingleItem() | TrueFalseItem():
            _draw_single(question, item.options)
        case MultipleItem():
            _draw_multiple(question, item.options)
        case OrderingItem():
            return _draw_ordering(question, item.options)
        case MatchingItem():
            _draw_matching(question, item)
        case NumericItem():
            _note_units(item.units, is_needed=item.unit_needed)
            _draw_line(question, _("Your answer, in figures"), question.given.text, "line")
        case ShortTextItem():
            _draw_line(question, _("Your answer, in a few words"), question.given.text, "line")
        case ClozeItem():
            _draw_cloze(question, item)
        case BranchingItem():
            return _draw_scenario(question, item)
        case ExtendedTextItem():
            _draw_long(question, item)
        case _:
            assert_never(item)
    return read_fields(question)


def read_fields(question: Question) -> Given:
    """Return what stands in the fields of a question that was drawn, also before they are drawn again."""
    item, given = question.item, question.given
    match item:
        case SingleItem() | TrueFalseItem():
            number = st.session_state.get(question.name("one"))
            return Given() if number is None else Given((number,))
        case MultipleItem():
            return Given(
                tuple(n for n in range(len(item.options)) if st.session_state.get(question.name(f"option-{n}")))
            )
        case OrderingItem() | BranchingItem():
            # What was just asked for; once it is kept, `given` says it.
            return Given(st.session_state.pop(question.name("path"), None) or given.chosen)
        case MatchingItem():
            chosen = tuple(_chosen(question, f"pair-{number}") for number in range(len(item.pairs)))
            return Given(chosen) if set(chosen) != {NOTHING} else Given()
        case NumericItem() | ShortTextItem() | ExtendedTextItem():
            return Given(text=_typed(question, "line"))
        case ClozeItem():
            return _read_cloze(question, item)
        case _:
            assert_never(item)


def _chosen(question: Question, part: str) -> int:
    found = st.session_state.get(question.name(part))
    return NOTHING if found is None else found


def _typed(question: Question, part: str) -> str:
    return (st.session_state.get(question.name(part)) or "").strip()


def _read_cloze(question: Question, item: ClozeItem) -> Given:
    gaps = [(gap, f"gap-{gap.id}") for gap in item.gaps]
    chosen = tuple(_chosen(question, part) if isinstance(gap, ChoiceGap) else NOTHING for gap, part in gaps)
    lines = ["" if isinstance(gap, ChoiceGap) else _typed(question, part) for gap, part in gaps]
    if set(chosen) == {NOTHING} and not any(lines):
        return Given()
    return Given(chosen, "\n".join(lines) if any(lines) else "")


# ---------------------------------------------------------------- options


def _draw_single(question: Question, options: Sequence[Option]) -> None:
    order, before = question.orders[0], question.given.chosen
    texts = [plain(option.text) for option in options]
    st.radio(
        question.item.stem,
        order,
        index=order.index(before[0]) if before else None,
        format_func=texts.__getitem__,
        key=question.name("one"),
        label_visibility="collapsed",
        width="stretch",
        disabled=question.is_closed,
    )


def _draw_multiple(question: Question, options: Sequence[Option]) -> None:
    small_note(_("Tick all that fit."))
    with st.container(key=question.name("many"), gap="xsmall"):
        for number in question.orders[0]:
            st.checkbox(
                plain(options[number].text),
                value=number in question.given.chosen,
                key=question.name(f"option-{number}"),
                width="stretch",
                wrap=True,
                disabled=question.is_closed,
            )


def _draw_ordering(question: Question, options: Sequence[Option]) -> Given:
    """Draw the steps in their order with buttons to move them; untouched means no answer."""
    key, given = question.name("path"), read_fields(question)
    order = given.chosen or question.orders[0]
    small_note(_("Put the steps in order, the first at the top."))
    with st.container(key=question.name("order"), gap="xsmall"):
        for place, number in enumerate(order):
            _draw_step(question, order, place, plain(options[number].text))
    if given.is_empty and not question.is_closed:
        st.button(_("Keep this order"), key=question.name("keep"), on_click=_want, args=(key, order))
    return given


def _draw_step(question: Question, order: tuple[int, ...], place: int, text: str) -> None:
    key = question.name("path")
    with st.container(border=True, horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"{place + 1}. {text}", width="stretch")
        for label, name, other in ((_("Up"), "up", place - 1), (_("Down"), "down", place + 1)):
            is_possible = 0 <= other < len(order)
            st.button(
                label,
                key=question.name(f"{name}-{order[place]}"),
                disabled=question.is_closed or not is_possible,
                on_click=_want,
                args=(key, _swapped(order, place, other) if is_possible else order),
            )


def _swapped(order: tuple[int, ...], place: int, other: int) -> tuple[int, ...]:
    moved = list(order)
    moved[place], moved[other] = moved[other], moved[place]
    return tuple(moved)


def _want(key: str, chosen: tuple[int, ...]) -> None:
    st.session_state[key] = chosen


def _draw_matching(question: Question, item: MatchingItem) -> None:
    """Draw a list of answers for each prompt; an answer may be chosen more than once."""
    order, answers = question.orders[0], item.answers
    before = question.given.chosen or (NOTHING,) * len(item.pairs)
    small_note(_("Choose what belongs to each line."))
    for number, pair in enumerate(item.pairs):
        st.selectbox(
            pair.prompt,
            order,
            index=order.index(before[number]) if before[number] != NOTHING else None,
            format_func=answers.__getitem__,
            key=question.name(f"pair-{number}"),
            placeholder=_("Choose"),
            filter_mode=None,
            disabled=question.is_closed,
        )


# ---------------------------------------------------------------- what is typed


def _draw_line(question: Question, label: str, before: str, part: str) -> None:
    st.text_input(
        label, before, max_chars=MAX_SHORT, key=question.name(part), autocomplete="off", disabled=question.is_closed
    )


def _note_units(units: Sequence[Unit], *, is_needed: bool) -> None:
    names = ", ".join(unit.names[0] for unit in units)
    if is_needed:
        small_note(_("Write the number with its unit, such as: {units}.").format(units=names))
    elif names:
        small_note(_("You may write a unit: {units}.").format(units=names))


def _draw_long(question: Question, item: ExtendedTextItem) -> None:
    small_note(_("A trainer reads it without your name. Write nothing about a real child or family."))
    st.text_area(
        _("Your answer"),
        question.given.text,
        max_chars=item.max_chars,
        key=question.name("line"),
        height="content",
        disabled=question.is_closed,
    )


# ---------------------------------------------------------------- gaps


def _draw_cloze(question: Question, item: ClozeItem) -> None:
    """Draw the text with numbered gaps, and below it a field for each."""
    numbers = {gap.id: number for number, gap in enumerate(item.gaps, 1)}
    pieces = GAP.split(item.text)
    st.markdown("".join(_blank(numbers[piece]) if i % 2 else plain(piece) for i, piece in enumerate(pieces)))
    lists = iter(question.orders)
    for filled in walk_gaps(item, question.given):
        gap = filled.gap
        label = _gap_label(item, gap, numbers[gap.id])
        if isinstance(gap, ChoiceGap):
            _draw_gap_choice(question, gap, label, next(lists), filled.chosen)
            continue
        if isinstance(gap, NumberGap):
            _note_units(gap.units, is_needed=gap.unit_needed)
        _draw_line(question, label, filled.text, f"gap-{gap.id}")


def _blank(number: int) -> str:
    return f"**({number}) \\_\\_\\_\\_**"


def _gap_label(item: ClozeItem, gap: Gap, number: int) -> str:
    """Return what a field is called: its number, and the words around the gap."""
    before, _sign, after = item.text.partition(f"[[{gap.id}]]")
    words_before = " ".join(GAP.sub("…", before).split()[-_AROUND:])
    words_after = " ".join(GAP.sub("…", after).split()[:_AROUND])
    return _("Gap {n}: {before} ____ {after}").format(n=number, before=words_before, after=words_after)


def _draw_gap_choice(question: Question, gap: ChoiceGap, label: str, order: tuple[int, ...], before: int) -> None:
    texts = [option.text for option in gap.options]
    st.selectbox(
        label,
        order,
        index=order.index(before) if before != NOTHING else None,
        format_func=texts.__getitem__,
        key=question.name(f"gap-{gap.id}"),
        placeholder=_("Choose"),
        filter_mode=None,
        disabled=question.is_closed,
    )


# ---------------------------------------------------------------- scenarios


def _draw_scenario(question: Question, item: BranchingItem) -> Given:
    """Draw what has happened so far, and what one may say now. What was said stays said."""
    given = read_fields(question)
    places = {turn.id: place for place, turn in enumerate(item.turns)}
    for number, step in enumerate(walk_path(item, given.chosen)):
        st.markdown(plain(step.turn.text))
        if step.move is not None:
            st.markdown(f":violet-badge[{_('You')}] **{plain(step.move.text)}**")
            st.markdown(plain(step.move.then))
        elif not question.is_closed:
            _draw_moves(question, step.turn, question.orders[places[step.turn.id]], given.chosen, number)
    return given


def _draw_moves(question: Question, turn: Turn, order: tuple[int, ...], path: tuple[int, ...], number: int) -> None:
    key, radio = question.name("path"), question.name(f"turn-{number}")
    texts = [plain(move.text) for move in turn.moves]
    st.radio(
        _("What do you say or do now?"),
        order,
        index=None,
        format_func=texts.__getitem__,
        key=radio,
        width="stretch",
    )
    small_note(_("Choose, then say it. You cannot take it back."))
    st.button(_("Say this"), key=question.name(f"say-{number}"), on_click=_say, args=(key, path, radio))


def _say(key: str, path: tuple[int, ...], radio: str) -> None:
    number = st.session_state.get(radio)
    if number is not None:
        st.session_state[key] = (*path, number)
