"""A line of the form, drawn as its scale asks: behaviours to tick, or one answer for the whole line."""

import streamlit as st

from assessments.facts import Seen
from assessments.observations import answers_of
from assessments.service.observations import Answer, Form, answer_all_basic
from curriculum.ids import BehaviourId, LineId
from curriculum.models import Behaviour, BehaviourKind, Line
from people.facts import FactId
from web.components import card, plain
from web.context import Context
from web.texts import _
from web.views.rating.acting import act, tick
from web.wording import answer_words


def draw_behaviour_line(context: Context, form: Form, number: int, line: Line) -> None:
    """Draw a line with its behaviours: basic, further where the scale has a level for it, and unhelpful."""
    behaviours = form.watched_on(line)
    kinds = [(BehaviourKind.BASIC, "")]
    kinds += [(BehaviourKind.FURTHER, _("Further"))] if form.scale.n_levels > 3 else []
    kinds += [(BehaviourKind.UNHELPFUL, _("Unhelpful"))]
    with card(f"line-{line.id}"):
        _draw_line_title(form, number, line)
        with st.grid(len(kinds), min_column_width=190, gap="xsmall"):
            for kind, title in kinds:
                with st.container(key=f"{kind}-{line.id}", gap="xsmall"):
                    colour = "red" if kind == BehaviourKind.UNHELPFUL else "gray"
                    if title:
                        st.markdown(f":small[:{colour}[{title}]]")
                    for behaviour in behaviours:
                        if behaviour.kind == kind:
                            _draw_behaviour(context, form, line, behaviour)
        _draw_line_taps(context, form, line, behaviours)


def draw_whole_line(context: Context, form: Form, number: int, line: Line) -> None:
    """Draw a line with one answer: how much was done, or yes or no."""
    state = form.states.get((line.id, None), "")
    key = _key(form, line.id, None)
    st.session_state[key] = state or None
    with card(f"line-{line.id}"):
        _draw_line_title(form, number, line)
        st.segmented_control(
            line.text,
            answers_of(form.scale, form.checklist),
            format_func=answer_words,
            key=key,
            label_visibility="collapsed",
            width="stretch",
            on_change=_tick_whole,
            args=(context, form.opened.fact_id, line.id, key),
        )


def _key(form: Form, line_id: LineId, behaviour_id: BehaviourId | None) -> str:
    return f"tick-{form.opened.fact_id}-{line_id}-{behaviour_id}"


def _tick_whole(context: Context, form_id: FactId, line_id: LineId, key: str) -> None:
    tick(context, form_id, [(line_id, None, st.session_state[key] or "")])


def _draw_line_title(form: Form, number: int, line: Line) -> None:
    critical = f" :red-badge[{_('critical')}]" if line.critical else ""
    is_done = line not in form.unanswered
    mark = " :green[:material/check:]" if is_done else ""
    st.markdown(f"**{number}. {plain(line.text)}**{critical}{mark}")


# ---------------------------------------------------------------- behaviours


def _draw_behaviour(context: Context, form: Form, line: Line, behaviour: Behaviour) -> None:
    state = form.states.get((line.id, behaviour.id), "")
    key = _key(form, line.id, behaviour.id)
    st.session_state[key] = state == Seen.SEEN
    words = _unseen_words(behaviour, state)
    st.checkbox(
        f"{plain(behaviour.text)} ({words})" if words else plain(behaviour.text),
        key=key,
        width="stretch",
        wrap=True,
        on_change=_tick_behaviour,
        args=(context, form.opened.fact_id, line.id, behaviour.id, key),
    )


def _unseen_words(behaviour: Behaviour, state: str) -> str:
    """Return what to add to a behaviour without a tick; that a further or unhelpful one was not seen goes unsaid."""
    if state == Seen.NO_OPPORTUNITY:
        return _("no chance")
    return _("not seen") if state == Seen.NOT_SEEN and behaviour.kind == BehaviourKind.BASIC else ""


def _tick_behaviour(context: Context, form_id: FactId, line_id: LineId, behaviour_id: BehaviourId, key: str) -> None:
    tick(context, form_id, [(line_id, behaviour_id, Seen.SEEN.value if st.session_state[key] else "")])


def _draw_line_taps(context: Context, form: Form, line: Line, behaviours: tuple[Behaviour, ...]) -> None:
    form_id = form.opened.fact_id
    open_ones = [b.id for b in behaviours if not form.states.get((line.id, b.id))]
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            _("All basics"),
            on_click=_tick_basics,
            args=(context, form_id, line.id),
            key=f"all-{line.id}",
        )
        if not open_ones:
            return
        with st.popover(_("Else"), type="tertiary", key=f"else-{line.id}"):
            _draw_rest(context, form, line, open_ones, Seen.NOT_SEEN)
            if form.checklist.no_opportunity:
                _draw_rest(context, form, line, open_ones, Seen.NO_OPPORTUNITY)


def _tick_basics(context: Context, form_id: FactId, line_id: LineId) -> None:
    act(context, form_id, lambda store, actor, id_, now: answer_all_basic(store, actor, id_, line_id, now))


def _draw_rest(context: Context, form: Form, line: Line, open_ones: list[BehaviourId], state: Seen) -> None:
    answers: list[Answer] = [(line.id, behaviour_id, state.value) for behaviour_id in open_ones]
    st.button(
        _("The rest was not seen") if state == Seen.NOT_SEEN else _("There was no chance to see the rest"),
        on_click=tick,
        args=(context, form.opened.fact_id, answers),
        key=f"{state}-{line.id}",
    )
