"""The form: one screen for a thumb. Every tick is saved before the page says so."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from assessments.facts import Done, Seen
from assessments.service.observations import (
    Answer,
    Form,
    answer_all_basic,
    answer_no_further,
    answer_none_unhelpful,
    load_form,
    record_ticks,
)
from curriculum.errors import PlatformError
from curriculum.ids import BehaviourId, LineId
from curriculum.models import Behaviour, BehaviourKind, Line, Scale
from people.facts import FactId
from people.models import Actor
from store.ledger import Store
from web.components import bottom_bar, card, not_saved, page_head, plain, saved_state, small_note, try_action, view_link
from web.context import Context, guarded_fragment
from web.texts import _, ngettext
from web.views.trainer.observe.review import draw_review
from web.views.trainer.observe.submitted import draw_submitted
from web.wording import done_words, setting_words

_Action = Callable[[Store, Actor, FactId, datetime], object]

_TROUBLE = "observe-trouble"
"""Where the sentence of a broken rule waits for the next drawing."""


def draw_form(context: Context, form_id: FactId) -> None:
    """Draw the form in progress, its review, or what it was submitted as."""
    form = try_action(lambda: load_form(context.store, context.actor, form_id))
    if form is None:
        view_link(context, "observe", _("All my forms"))
    elif form.is_submitted:
        draw_submitted(context, form)
    elif st.query_params.get("look") == "review":
        draw_review(context, form)
    else:
        _draw_ticking(context, form_id)


@guarded_fragment
def _draw_ticking(context: Context, form_id: FactId) -> None:
    form = load_form(context.store, context.actor, form_id)
    _draw_head(context, form)
    if trouble := st.session_state.pop(_TROUBLE, None):
        not_saved(trouble)
    if form.checklist.scale == Scale.FIDELITY:
        for number, line in enumerate(form.lines, start=1):
            _draw_fidelity_line(context, form, number, line)
    else:
        _draw_for_all(context, form)
        for number, line in enumerate(form.lines, start=1):
            _draw_behaviour_line(context, form, number, line)
    _draw_bottom(form)


def _draw_head(context: Context, form: Form) -> None:
    opened = form.opened
    name = context.store.name_of(opened.person_id)
    page_head(form.checklist.title)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        counts = _("counts") if opened.counts else _("practice only")
        st.markdown(f"**{plain(name)}** · {setting_words(opened.setting)} · {counts}", width="stretch")
        if saved_at := st.session_state.get(_saved_key(opened.fact_id)):
            saved_state(context, saved_at)
    if opened.scenario_id is not None:
        scenario = form.programme.scenario_by_id[opened.scenario_id]
        with st.popover(scenario.title, icon=":material/theater_comedy:", key="script"):
            for number, prompt in enumerate(scenario.prompts, start=1):
                st.markdown(f"{number}. {prompt}")


# ---------------------------------------------------------------- what a tap does


def _act(context: Context, form_id: FactId, action: _Action) -> None:
    """Do what a tap asks for as the person signed in now; keep the sentence of a broken rule for the next drawing."""
    actor = context.actor if context.renew_actor is None else context.renew_actor()
    if actor is None:
        st.session_state[_TROUBLE] = _("You are signed out: this was not saved. Sign in again, then go on.")
        return
    try:
        action(context.store, actor, form_id, context.now())
    except PlatformError as error:
        st.session_state[_TROUBLE] = str(error)
        return
    st.session_state[_saved_key(form_id)] = context.now()


def _saved_key(form_id: FactId) -> str:
    return f"observe-saved-{form_id}"


def _tick(context: Context, form_id: FactId, answers: list[Answer]) -> None:
    _act(context, form_id, lambda store, actor, id_, now: record_ticks(store, actor, id_, answers, now))


def _key(form: Form, line_id: LineId, behaviour_id: BehaviourId | None) -> str:
    return f"tick-{form.opened.fact_id}-{line_id}-{behaviour_id}"


# ---------------------------------------------------------------- behaviours


def _draw_for_all(context: Context, form: Form) -> None:
    """Draw the two taps that answer for the whole form."""
    form_id = form.opened.fact_id
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            _("Watched: nothing unhelpful"),
            on_click=_act,
            args=(context, form_id, answer_none_unhelpful),
            icon=":material/check:" if _is_kind_answered(form, BehaviourKind.UNHELPFUL) else None,
            key="none-unhelpful",
        )
        st.button(
            _("Nothing further seen"),
            on_click=_act,
            args=(context, form_id, answer_no_further),
            icon=":material/check:" if _is_kind_answered(form, BehaviourKind.FURTHER) else None,
            key="no-further",
        )


def _is_kind_answered(form: Form, kind: BehaviourKind) -> bool:
    return all(
        form.states.get((line.id, behaviour.id))
        for line in form.lines
        for behaviour in form.programme.behaviours_of(line)
        if behaviour.kind == kind
    )


def _draw_behaviour_line(context: Context, form: Form, number: int, line: Line) -> None:
    behaviours = form.programme.behaviours_of(line)
    with card(f"line-{line.id}"):
        _draw_line_title(form, number, line)
        with st.grid(3, min_column_width=190, gap="xsmall"):
            for kind, title in (
                (BehaviourKind.BASIC, ""),
                (BehaviourKind.FURTHER, _("Further")),
                (BehaviourKind.UNHELPFUL, _("Unhelpful")),
            ):
                with st.container(key=f"{kind}-{line.id}", gap="xsmall"):
                    colour = "red" if kind == BehaviourKind.UNHELPFUL else "gray"
                    if title:
                        st.markdown(f":small[:{colour}[{title}]]")
                    for behaviour in behaviours:
                        if behaviour.kind == kind:
                            _draw_behaviour(context, form, line, behaviour)
        _draw_line_taps(context, form, line, behaviours)


def _draw_line_title(form: Form, number: int, line: Line) -> None:
    critical = f" :red-badge[{_('critical')}]" if line.critical else ""
    is_done = line not in form.unanswered
    mark = " :green[:material/check:]" if is_done else ""
    st.markdown(f"**{number}. {plain(line.text)}**{critical}{mark}")


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
    _tick(context, form_id, [(line_id, behaviour_id, Seen.SEEN.value if st.session_state[key] else "")])


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
    _act(context, form_id, lambda store, actor, id_, now: answer_all_basic(store, actor, id_, line_id, now))


def _draw_rest(context: Context, form: Form, line: Line, open_ones: list[BehaviourId], state: Seen) -> None:
    answers: list[Answer] = [(line.id, behaviour_id, state.value) for behaviour_id in open_ones]
    st.button(
        _("The rest was not seen") if state == Seen.NOT_SEEN else _("There was no chance to see the rest"),
        on_click=_tick,
        args=(context, form.opened.fact_id, answers),
        key=f"{state}-{line.id}",
    )


# ---------------------------------------------------------------- fidelity


def _draw_fidelity_line(context: Context, form: Form, number: int, line: Line) -> None:
    options = [done for done in Done if done != Done.NOT_APPLICABLE or form.checklist.no_opportunity]
    state = form.states.get((line.id, None), "")
    key = _key(form, line.id, None)
    st.session_state[key] = Done(state) if state else None
    with card(f"line-{line.id}"):
        _draw_line_title(form, number, line)
        st.segmented_control(
            line.text,
            options,
            format_func=done_words,
            key=key,
            label_visibility="collapsed",
            width="stretch",
            on_change=_tick_fidelity,
            args=(context, form.opened.fact_id, line.id, key),
        )


def _tick_fidelity(context: Context, form_id: FactId, line_id: LineId, key: str) -> None:
    _tick(context, form_id, [(line_id, None, st.session_state[key] or "")])


# ---------------------------------------------------------------- the bottom


def _draw_bottom(form: Form) -> None:
    n_done, n_lines = len(form.lines) - form.n_unanswered, len(form.lines)
    with bottom_bar("observe"):
        with st.container(gap=None):
            st.markdown(_("{n} of {total} lines").format(n=n_done, total=n_lines))
            if form.unhelpful_seen:
                n = len(form.unhelpful_seen)
                st.markdown(f":red[{ngettext('{n} unhelpful', '{n} unhelpful', n).format(n=n)}]")
        if st.button(_("Look over and submit"), type="primary", key="look-over"):
            st.query_params["look"] = "review"
            st.rerun(scope="app")
    small_note(_("Every tick is saved. A line that is not answered gets no level."))
