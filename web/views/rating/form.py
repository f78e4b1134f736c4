"""The form: one screen for a thumb. Every tick is saved before the page says so."""

from functools import partial
from uuid import UUID

import streamlit as st

from assessments.facts import Relation
from assessments.service.interests import find_interest
from assessments.service.observations import Form, answer_no_further, answer_none_unhelpful, list_beside, load_form
from curriculum.models import BehaviourKind, Line, ScaleKind
from people.facts import FactId
from web.components import bottom_bar, not_saved, page_head, plain, saved_state, small_note, try_action, view_link
from web.context import Context, guarded_fragment
from web.texts import _, ngettext
from web.views.rating.acting import TROUBLE, act, saved_key
from web.views.rating.lines import draw_behaviour_line, draw_whole_line
from web.views.rating.review import draw_review
from web.views.rating.submitted import draw_submitted
from web.wording import setting_words


def read_form_id(text: str) -> FactId:
    """Return the id of a form as the address names it; an id that no form has when it is none."""
    try:
        return FactId(UUID(text))
    except ValueError:
        return FactId(UUID(int=0))


def draw_form(context: Context, form_id: FactId, home: str) -> None:
    """Draw the form in progress, its review, or what it was submitted as; `home` is the page that leads to forms."""
    form = try_action(lambda: load_form(context.store, context.actor, form_id))
    if form is None:
        view_link(context, home, _("All my forms"))
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
    if trouble := st.session_state.pop(TROUBLE, None):
        not_saved(trouble)
    lines = _choose_part(form)
    if form.scale.kind is ScaleKind.BEHAVIOURS:
        _draw_for_all(context, form, lines)
    for number, line in enumerate(lines, start=1):
        if form.scale.kind is ScaleKind.BEHAVIOURS:
            draw_behaviour_line(context, form, number, line)
        else:
            draw_whole_line(context, form, number, line)
    _draw_bottom(form)


def _draw_head(context: Context, form: Form) -> None:
    opened = form.opened
    is_own = opened.relation == Relation.SELF
    name = _("You") if is_own else context.store.name_of(opened.person_id)
    page_head(form.checklist.title, note=form.checklist.explain if opened.relation != Relation.TRAINER else "")
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        words = [f"**{plain(name)}**", setting_words(opened.setting)]
        if opened.relation == Relation.TRAINER:
            is_near = find_interest(context.store, opened.actor_id, opened.person_id) is not None
            words += [_("counts") if opened.counts and not is_near else _("practice only")]
        st.markdown(" · ".join(words), width="stretch")
        if saved_at := st.session_state.get(saved_key(opened.fact_id)):
            saved_state(context, saved_at)
    beside = list_beside(context.store, context.actor, opened)
    if beside:
        names = ", ".join(context.store.name_of(one.person_id) for one in beside)
        small_note(_("Led with {names}. Their form comes next.").format(names=names))
    if opened.scenario_id is not None:
        scenario = form.programme.scenario_by_id[opened.scenario_id]
        with st.popover(scenario.title, icon=":material/theater_comedy:", key="script"):
            for number, prompt in enumerate(scenario.prompts, start=1):
                st.markdown(f"{number}. {prompt}")


# ---------------------------------------------------------------- parts of a long form


def _choose_part(form: Form) -> tuple[Line, ...]:
    """Return the lines to draw: all of them, or those of one checklist that the form takes its lines from."""
    parts = form.parts
    if len(parts) < 2:
        return form.lines
    titles = [part.title for part in parts]
    asked = st.query_params.get("part", titles[0])
    chosen = st.pills(
        _("Which part?"),
        titles,
        default=asked if asked in titles else titles[0],
        required=True,
        key=f"part-{form.opened.fact_id}",
    )
    st.query_params["part"] = chosen or titles[0]
    small_note(_("Leave out what you did not take part in."))
    return next(part.lines for part in parts if part.title == (chosen or titles[0]))


# ---------------------------------------------------------------- the two taps for all lines, and the bottom


def _draw_for_all(context: Context, form: Form, lines: tuple[Line, ...]) -> None:
    """Draw the taps that answer for all lines on the screen."""
    form_id, ids = form.opened.fact_id, [line.id for line in lines]
    taps = [(BehaviourKind.UNHELPFUL, _none_unhelpful_words(form), answer_none_unhelpful, "none-unhelpful")]
    if form.scale.n_levels > 3:
        taps.append((BehaviourKind.FURTHER, _("Nothing further seen"), answer_no_further, "no-further"))
    with st.container(horizontal=True, gap="xsmall"):
        for kind, label, answer, key in taps:
            st.button(
                label,
                on_click=act,
                args=(context, form_id, partial(answer, line_ids=ids)),
                icon=":material/check:" if _is_kind_answered(form, lines, kind) else None,
                key=key,
            )


def _none_unhelpful_words(form: Form) -> str:
    if form.opened.relation == Relation.SELF:
        return _("I did nothing unhelpful")
    return _("Watched: nothing unhelpful")


def _is_kind_answered(form: Form, lines: tuple[Line, ...], kind: BehaviourKind) -> bool:
    return all(
        form.states.get((line.id, behaviour.id))
        for line in lines
        for behaviour in form.watched_on(line)
        if behaviour.kind == kind
    )


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
    if form.scale.kind is ScaleKind.BEHAVIOURS:
        small_note(_("Every tick is saved. A line that is not answered gets no level."))
    else:
        small_note(_("Every answer is saved. A form with a line that is not answered does not pass."))
