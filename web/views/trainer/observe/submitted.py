"""A submitted form: the levels that followed, to show to the trainee at once."""

import streamlit as st

from assessments.facts import Rating
from assessments.observations import judge
from assessments.service.observations import Form
from curriculum.models import Scale
from web.components import card, page_head, plain, small_note, view_link
from web.context import Context
from web.texts import _
from web.wording import done_words, level_words, setting_words


def draw_submitted(context: Context, form: Form) -> None:
    """Draw what the form amounts to."""
    result = judge(form.programme, form.checklist, form.opened.setting, form.states)
    name = context.store.name_of(form.opened.person_id)
    page_head(form.checklist.title, kicker=f"{name} · {setting_words(form.opened.setting)}")
    with card("outcome"):
        badge = f":green-badge[{_('passed')}]" if result.is_passed else f":orange-badge[{_('not passed yet')}]"
        st.markdown(f"**{_('Result')}** {badge}")
        lines = {line.id: line.text for line in form.lines}
        for rating in result.ratings:
            st.markdown(f"- {plain(lines[rating.line_id])}: {_line_words(form, rating)}")
        if form.checklist.scale == Scale.FIDELITY:
            st.markdown(_("Done: {pct} in 100").format(pct=result.pct))
        if not form.opened.counts:
            small_note(_("Practice only: it does not count."))
    if form.critical_seen:
        st.warning(
            _("Talk about it with {name} soon, and note the debrief under Today.").format(name=plain(name)),
            icon=":material/forum:",
        )
    with st.container(horizontal=True):
        view_link(context, "observe", _("Another form"))
        view_link(context, "today", _("Today"))


def _line_words(form: Form, rating: Rating) -> str:
    if form.checklist.scale != Scale.FIDELITY:
        return level_words(rating.level)
    state = form.states.get((rating.line_id, None))
    return done_words(state) if state else _("not answered")
