"""The two bare pages. Their texts are as long as the product's."""

from collections.abc import Callable
from functools import cache
from typing import Final

import streamlit as st

from analytics.charts import Spec, gates_closed_chart, gates_closed_frame
from curriculum.items import ItemKind
from web.look import SCALE

_STEM: Final = "A parent has fallen silent in the middle of a sentence and looks at the floor. What do you do first?"
_OPTIONS: Final = (
    "Wait, and show with your face that there is time",
    "Ask the next parent, so that nobody feels watched",
    "Finish the sentence for her as you think she meant it",
    "Tell the group what you would have said in her place",
)
_GATES: Final = tuple((f"A gate with a title of its own, number {n}", 12 - n, 12) for n in range(8))
_FIGURES: Final = (
    ("Signed off", "of 12"),
    ("Ready for decision", "a person decides"),
    ("One gate away", "1 by: Certificate in date"),
    ("On hold", "of 12"),
)


@cache
def _chart() -> Spec:
    return gates_closed_chart(SCALE)


def _one() -> bool:
    return st.radio(_STEM, _OPTIONS, index=None, key="one", label_visibility="collapsed", width="stretch") is not None


def _several() -> bool:
    given = [st.checkbox(option) for option in _OPTIONS]
    return any(given)


def _sentence() -> bool:
    return st.radio(_STEM, ("True", "False"), index=None, key="one", label_visibility="collapsed") is not None


def _order() -> bool:
    for place, option in enumerate(_OPTIONS):
        with st.container(border=True, horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
            st.markdown(f"{place + 1}. {option}", width="stretch")
            st.button("Up", key=f"up-{place}")
            st.button("Down", key=f"down-{place}")
    return st.button("Keep this order")


def _pairs() -> bool:
    given = [st.selectbox(option, _OPTIONS, index=None, key=option) for option in _OPTIONS]
    return any(each is not None for each in given)


def _line() -> bool:
    return bool(st.text_input("Your answer"))


def _gaps() -> bool:
    line = st.text_input("Gap 1")
    return st.selectbox("Gap 2", _OPTIONS, index=None) is not None or bool(line)


def _turn() -> bool:
    st.radio(_STEM, _OPTIONS, index=None, key="one", label_visibility="collapsed", width="stretch")
    return st.button("Say this")


def _text() -> bool:
    return bool(st.text_area("Your answer", max_chars=500))


FIELDS: Final[dict[ItemKind, Callable[[], bool]]] = {
    ItemKind.SINGLE: _one,
    ItemKind.MULTIPLE: _several,
    ItemKind.TRUE_FALSE: _sentence,
    ItemKind.ORDERING: _order,
    ItemKind.MATCHING: _pairs,
    ItemKind.NUMERIC: _line,
    ItemKind.SHORT_TEXT: _line,
    ItemKind.CLOZE: _gaps,
    ItemKind.BRANCHING: _turn,
    ItemKind.EXTENDED_TEXT: _text,
}
"""What a question of each kind is answered with."""


def draw_quiz(kind: ItemKind = ItemKind.SINGLE) -> None:
    """Draw a question: what it is answered with, a segmented control, a toggle, two buttons."""
    st.markdown(":gray[Question 1 of 10]")
    st.progress(0.1)
    st.markdown(f"**{_STEM}**")
    is_given = FIELDS[kind]()
    st.segmented_control("How sure are you?", ("A guess", "Fairly sure", "Sure"), key="sure", disabled=not is_given)
    st.toggle("Come back to this one later", key="later")
    if is_given:
        st.markdown(":green[Chosen]")
    left, right = st.columns(2)
    left.button("Back", disabled=True)
    right.button("Next question", type="primary")


def draw_board() -> None:
    """Draw what the readiness board draws: two choices, four figures, a card, a toggle, a chart beside a few rows."""
    st.title("Readiness", anchor=False)
    with st.grid(2, min_column_width=220):
        st.selectbox("Cohort", ("All cohorts", "Spring, of the north"), key="cohort")
        st.date_input("As of", key="day")
    st.markdown(":small[:gray[All cohorts, a hub · 12 people · as of a day and a time · a programme and its version]]")
    with st.grid(4, min_column_width=140):
        for label, note in _FIGURES:
            with st.container(border=True, gap="xsmall"):
                st.markdown(f":small[{label}]")
                st.metric(label, 2, label_visibility="collapsed")
                st.markdown(f":small[:gray[{note}]]")
    _draw_card()
    st.toggle("What changed since an earlier day", key="changes")
    st.segmented_control("Show", ("By gate", "By person", "Matrix"), default="By gate", key="view")
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.subheader("Gates not met, people of 12", anchor=False)
        st.vega_lite_chart(gates_closed_frame(_GATES), _chart())  # pyright: ignore[reportUnknownMemberType]
        st.markdown(":small[:gray[Of these, the hub has to offer: two gates, and how many people miss each of them]]")
        st.expander("As a table", key="table", on_change="rerun")
    with right:
        st.subheader("One gate away", anchor=False)
        for title, closed, _needing in _GATES[:2]:
            with st.container(horizontal=True, wrap=False):
                st.markdown(f"**A name, {closed}**  \n:gray[{title}]", width="stretch")
                st.popover("Why", type="tertiary", key=f"why-{closed}", on_change="rerun")


def _draw_card() -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown("**What the hub gave**")
        st.markdown(":small[:gray[From one day to another, which is today]]")
        with st.grid(4, min_column_width=140):
            for label, note in _FIGURES:
                st.markdown(f"{label}: **2**  \n:small[:gray[{note}]]")
