"""The answer area of one question, by kind of item. What is chosen is recorded before the page says so."""

import streamlit as st

from assessments.facts import Response
from assessments.service.attempts import Sheet, record_response
from curriculum.items import ItemKind
from web.components import plain, small_note, try_action
from web.context import Context
from web.texts import _

_CERTAINTIES = (1, 2, 3)


def draw_answer(context: Context, sheet: Sheet, position: int) -> Response | None:
    """Draw question, options and certainty; return the response as recorded, or None while there is none."""
    item = sheet.items[position]
    st.markdown(f"#### {plain(item.stem)}" if not item.scenario else f"**{plain(item.stem)}**")
    match item.kind:
        case ItemKind.SINGLE | ItemKind.TRUE_FALSE:
            chosen = _draw_single(sheet, position)
        case ItemKind.MULTIPLE:
            chosen = _draw_multiple(sheet, position)
        case ItemKind.ORDERING:
            chosen = _draw_ordering(sheet, position)
    certainty = _draw_certainty(sheet, position, is_answered=bool(chosen))
    is_flagged = _draw_flag(sheet, position)
    return _record(context, sheet, position, chosen, certainty, is_flagged=is_flagged)


def _key(sheet: Sheet, position: int, name: str) -> str:
    return f"answer-{name}-{sheet.started.fact_id}-{position}"


def _chosen_before(sheet: Sheet, position: int) -> tuple[int, ...]:
    response = sheet.responses.get(position)
    return response.chosen if response else ()


def _draw_single(sheet: Sheet, position: int) -> tuple[int, ...]:
    numbers = [number for number, _option in sheet.options_at(position)]
    texts = dict(sheet.options_at(position))
    before = _chosen_before(sheet, position)
    number = st.radio(
        sheet.items[position].stem,
        numbers,
        index=numbers.index(before[0]) if before else None,
        format_func=lambda shown: plain(texts[shown].text),
        key=_key(sheet, position, "one"),
        label_visibility="collapsed",
        width="stretch",
    )
    return () if number is None else (number,)


def _draw_multiple(sheet: Sheet, position: int) -> tuple[int, ...]:
    before = _chosen_before(sheet, position)
    small_note(_("Tick all that fit."))
    with st.container(key=_key(sheet, position, "many"), gap="xsmall"):
        ticked = [
            number
            for number, option in sheet.options_at(position)
            if st.checkbox(
                plain(option.text),
                value=number in before,
                key=_key(sheet, position, f"option-{number}"),
                width="stretch",
                wrap=True,
            )
        ]
    return tuple(sorted(ticked))


def _draw_ordering(sheet: Sheet, position: int) -> tuple[int, ...]:
    """Draw the steps in their order with buttons to move them; untouched means no answer."""
    key = _key(sheet, position, "order")
    shown = tuple(number for number, _option in sheet.options_at(position))
    # What was just asked for; once it is recorded, the store says it.
    wanted: tuple[int, ...] | None = st.session_state.pop(key, None)
    before = _chosen_before(sheet, position)
    order = wanted or before or shown
    small_note(_("Put the steps in order, the first at the top."))
    texts = dict(sheet.options_at(position))
    with st.container(key=f"{key}-rows", gap="xsmall"):
        for place, number in enumerate(order):
            _draw_ordering_row(key, order, place, plain(texts[number].text))
    if not (wanted or before):
        st.button(_("Keep this order"), key=f"{key}-keep", on_click=_want, args=(key, order))
    return wanted or before


def _draw_ordering_row(key: str, order: tuple[int, ...], place: int, text: str) -> None:
    with st.container(border=True, horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        st.markdown(f"{place + 1}. {text}", width="stretch")
        for label, name, other in ((_("Up"), "up", place - 1), (_("Down"), "down", place + 1)):
            is_possible = 0 <= other < len(order)
            st.button(
                label,
                key=f"{key}-{name}-{order[place]}",
                disabled=not is_possible,
                on_click=_want,
                args=(key, _swapped(order, place, other) if is_possible else order),
            )


def _swapped(order: tuple[int, ...], place: int, other: int) -> tuple[int, ...]:
    moved = list(order)
    moved[place], moved[other] = moved[other], moved[place]
    return tuple(moved)


def _want(key: str, order: tuple[int, ...]) -> None:
    st.session_state[key] = order


def _draw_certainty(sheet: Sheet, position: int, *, is_answered: bool) -> int | None:
    response = sheet.responses.get(position)
    words = {1: _("A guess"), 2: _("Fairly sure"), 3: _("Sure")}
    return st.segmented_control(
        _("How sure are you? It does not change your points."),
        _CERTAINTIES,
        default=response.certainty if response else None,
        format_func=lambda level: words[level],
        key=_key(sheet, position, "sure"),
        disabled=not is_answered,
        width="stretch",
    )


def _draw_flag(sheet: Sheet, position: int) -> bool:
    response = sheet.responses.get(position)
    return st.toggle(
        _("Come back to this one later"),
        value=bool(response and response.is_flagged),
        key=_key(sheet, position, "later"),
    )


def _record(
    context: Context, sheet: Sheet, position: int, chosen: tuple[int, ...], certainty: int | None, *, is_flagged: bool
) -> Response | None:
    """Record what differs from the store. Taking all ticks away leaves the question open, to come back to."""
    before = sheet.responses.get(position)
    if not chosen and not is_flagged and (before is None or not before.chosen):
        return before
    wanted = (chosen, certainty if chosen else None, is_flagged or not chosen)
    if before is not None and (before.chosen, before.certainty, before.is_flagged) == wanted:
        return before
    return try_action(
        lambda: record_response(
            context.store,
            context.actor,
            sheet.started.fact_id,
            position,
            chosen,
            certainty=wanted[1],
            is_flagged=wanted[2],
            now=context.now(),
        )
    )
