"""Self-checks: a question in the text, answered for oneself; nothing is kept or counted."""

from collections.abc import Sequence
from random import Random
from typing import Final

import streamlit as st

from assessments.items import right_choice
from curriculum.items import Item, ItemKind
from curriculum.models import Programme
from web.components import card, plain
from web.context import Context, guarded_fragment
from web.texts import _
from web.views.trainee.blocks import draw_section_links
from web.views.trainee.programme_text import programme_markdown

_SHOWN: Final = "self-check-shown"


@guarded_fragment
def draw_check(context: Context, programme: Programme, item: Item, key: str) -> None:
    """Draw the question; after an answer, whether it was right and why, with the section to read."""
    with card(f"check-{key}"):
        st.markdown(f":material/help_center: **{_('Check yourself')}**")
        st.markdown(programme_markdown(item.stem))
        chosen = _draw_choice(item, key, _order_for(context, item))
        shown_key = f"{_SHOWN}-{key}"
        if st.button(_("Check my answer"), key=f"self-check-{key}"):
            st.session_state[shown_key] = chosen
        if not chosen and st.session_state.get(shown_key) == ():
            st.markdown(f":gray[{_('Choose an answer first.')}]")
        elif chosen and st.session_state.get(shown_key) == chosen:
            _draw_result(context, programme, item, chosen)


def _order_for(context: Context, item: Item) -> list[int]:
    """Return the option numbers in an order that stays the same for this person."""
    order = list(range(len(item.options)))
    Random(f"{context.actor.person_id} {item.id}").shuffle(order)
    return order


def _draw_choice(item: Item, key: str, order: Sequence[int]) -> tuple[int, ...]:
    """Draw the options; return the option numbers chosen, in the order in which a response holds them."""
    texts = [plain(option.text) for option in item.options]
    match item.kind:
        case ItemKind.MULTIPLE:
            with st.container(key=f"answer-{key}", gap="xsmall"):
                ticked = [
                    n for n in order if st.checkbox(texts[n], key=f"option-{key}-{n}", width="stretch", wrap=True)
                ]
            return tuple(sorted(ticked))
        case ItemKind.ORDERING:
            given = st.multiselect(
                _("Tap the steps in the right order"), order, format_func=texts.__getitem__, key=f"steps-{key}"
            )
            return tuple(given) if len(given) == len(order) else ()
        case ItemKind.SINGLE | ItemKind.TRUE_FALSE:
            one = st.radio(
                item.stem,
                order,
                index=None,
                format_func=texts.__getitem__,
                key=f"answer-{key}",
                label_visibility="collapsed",
                width="stretch",
            )
            return () if one is None else (one,)


def _draw_result(context: Context, programme: Programme, item: Item, chosen: tuple[int, ...]) -> None:
    is_right = chosen == right_choice(item)
    if is_right:
        st.markdown(f":green[:material/check_circle: **{_('Right.')}**]")
    else:
        st.markdown(f":orange[:material/undo: **{_('Not quite. Look again, and try another answer.')}**]")
    for number in chosen if item.kind is not ItemKind.ORDERING or is_right else ():
        if item.options[number].rationale:
            st.markdown(programme_markdown(item.options[number].rationale))
    if not is_right:
        draw_section_links(context, [programme.section_by_id[item.section]])
