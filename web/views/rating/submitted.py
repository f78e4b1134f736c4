"""A submitted form: what followed line by line, to show to the trainee at once or to keep beside the trainer's view."""

import streamlit as st

from assessments.facts import Rating, Relation
from assessments.observations import Result, judge
from assessments.service.observations import Form, list_beside
from assessments.service.observations.forms import find_observation
from web.components import card, go_to, page_head, plain, small_note, view_link
from web.context import Context
from web.texts import _
from web.wording import line_words, setting_words, share_words


def draw_submitted(context: Context, form: Form) -> None:
    """Draw what the form amounts to."""
    result = judge(form.programme, form.checklist, form.opened.setting, form.states)
    is_own = form.opened.relation == Relation.SELF
    name = _("You") if is_own else context.store.name_of(form.opened.person_id)
    page_head(form.checklist.title, kicker=f"{name} · {setting_words(form.opened.setting)}")
    with card("outcome"):
        seen = find_observation(context.store, form.opened.fact_id)
        _draw_outcome(form, result, counts=form.opened.counts if seen is None else seen.counts)
    if form.critical_seen:
        _draw_care(form, name)
    for beside in list_beside(context.store, context.actor, form.opened):
        other = context.store.name_of(beside.person_id)
        if st.button(
            _("Next: the form about {name}").format(name=other),
            type="primary",
            icon=":material/arrow_forward:",
            key=f"beside-{beside.fact_id}",
            width="stretch",
        ):
            go_to(context, "observe", {"form": str(beside.fact_id)})
    with st.container(horizontal=True):
        if form.opened.relation == Relation.TRAINER:
            view_link(context, "observe", _("Another form"))
            view_link(context, "today", _("Today"))
        else:
            view_link(context, "practice", _("Practice"))
            view_link(context, "next", _("Next"))


def _draw_outcome(form: Form, result: Result, *, counts: bool) -> None:
    is_trainers = form.opened.relation == Relation.TRAINER
    badge = f":green-badge[{_('passed')}]" if result.is_passed else f":orange-badge[{_('not passed yet')}]"
    st.markdown(f"**{_('Result')}** {badge}" if is_trainers else f"**{_('What was seen')}**")
    lines = {line.id: line.text for line in form.lines}
    for rating in result.ratings:
        if is_trainers or not _is_left_out(form, rating):
            answer = form.states.get((rating.line_id, None), "")
            words = line_words(form.scale, rating.level, answer)
            st.markdown(f"- {plain(lines[rating.line_id])}: {plain(words)}")
    if words := share_words(form.scale, result.pct):
        st.markdown(words)
    if not is_trainers:
        small_note(_("It stands beside the trainer's view. It never counts."))
    elif not counts:
        small_note(_("Practice only: it does not count."))


def _is_left_out(form: Form, rating: Rating) -> bool:
    """Return whether a line of an evaluation was not answered: people leave out what they took no part in."""
    return any(line.id == rating.line_id for line in form.unanswered)


def _draw_care(form: Form, name: str) -> None:
    if form.opened.relation == Relation.TRAINER:
        words = _("Talk about it with {name} soon, and note the debrief under Today.").format(name=plain(name))
    else:
        words = _("Something unhelpful was ticked on a critical line. Talk about it with your trainer soon.")
    st.warning(words, icon=":material/forum:")
