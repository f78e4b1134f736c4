"""Self-checks: a question in the text, answered for oneself; nothing is kept or counted."""

from random import Random
from typing import Final

import streamlit as st

from assessments.forms import draw_order
from assessments.items import Given, is_complete, right_given, split_order
from assessments.scoring import is_right
from curriculum.items import BranchingItem, Item, OptionItem, OrderingItem
from curriculum.models import Programme
from web.components import card, plain
from web.context import Context, guarded_fragment
from web.texts import _
from web.views.trainee.answers import Answered, draw_answered
from web.views.trainee.blocks import draw_section_links
from web.views.trainee.fields import Question, draw_fields
from web.views.trainee.media import draw_media

_SHOWN: Final = "self-check-shown"
_GIVEN: Final = "self-check-given"


@guarded_fragment
def draw_check(context: Context, programme: Programme, item: Item, key: str) -> None:
    """Draw the question; after an answer, whether it was right and why, with the section to read."""
    with card(f"check-{key}"):
        st.markdown(f":material/help_center: **{_('Check yourself')}**")
        st.markdown(plain(item.stem))
        draw_media(context, programme, item.media)
        given = draw_own_fields(context, item, key)
        shown_key = f"{_SHOWN}-{key}"
        if st.button(_("Check my answer"), key=f"self-check-{key}"):
            st.session_state[shown_key] = given
        shown: Given | None = st.session_state.get(shown_key)
        if shown is not None and not is_complete(item, given):
            st.markdown(f":gray[{_('Choose an answer first.')}]")
        elif shown == given:
            _draw_result(context, programme, item, given, key)


def draw_own_fields(context: Context, item: Item, key: str) -> Given:
    """Draw the fields of a question whose answer is kept on this page alone; return what stands in them."""
    given_key = f"{_GIVEN}-{key}"
    before: Given = st.session_state.get(given_key) or Given()
    given = draw_fields(Question(item, own_orders(context, item), before, key))
    # Steps and scenarios have no field that holds them.
    if isinstance(item, OrderingItem | BranchingItem):
        st.session_state[given_key] = given
    return given


def own_orders(context: Context, item: Item) -> list[tuple[int, ...]]:
    """Return the order of each list of an item, which stays the same for this person."""
    return split_order(item, draw_order(item, Random(f"{context.actor.person_id} {item.id}")))


def _draw_result(context: Context, programme: Programme, item: Item, given: Given, key: str) -> None:
    if is_right(item, given):
        st.markdown(f":green[:material/check_circle: **{_('Right.')}**]")
        draw_answered(Answered(item, own_orders(context, item), given, right_given(item)))
        return
    st.markdown(f":orange[:material/undo: **{_('Not quite. Look again, and try another answer.')}**]")
    if isinstance(item, OptionItem) and not isinstance(item, OrderingItem):
        for number in given.chosen:
            st.markdown(plain(item.options[number].rationale))
    draw_section_links(context, [programme.section_by_id[item.section]])
    if isinstance(item, BranchingItem):
        st.button(_("Begin again"), key=f"again-{key}", on_click=_forget, args=(key,))


def _forget(key: str) -> None:
    st.session_state.pop(f"{_GIVEN}-{key}", None)
    st.session_state.pop(f"{_SHOWN}-{key}", None)
