"""Asking to be watched, and what was asked and waits."""

from typing import Any

import streamlit as st

from assessments.service.observations import request_observation
from curriculum.models import Checklist, Programme, Relation, Setting
from people.models import PersonId
from web.components import day_text, empty_state, plain, say_after_rerun, try_action
from web.context import Context, ProgrammeChoice
from web.memory import ask
from web.texts import _
from web.wording import setting_words


def draw_asking(context: Context, choice: ProgrammeChoice) -> None:
    """Draw the form by which one asks a trainer, and what waits."""
    st.header(_("Ask to be watched"), anchor=False)
    offers = list_offers(choice.programme, Relation.TRAINER)
    trainers = ask(context, "own_trainers")
    if not offers:
        st.markdown(f":gray[{_('This programme has no form for trainers.')}]")
        return
    if not trainers:
        empty_state(_("You have no trainer yet"), _("Ask your programme manager to give you one."))
        return
    with st.form("ask", border=True):
        offer = st.selectbox(_("What for?"), offers, format_func=lambda offer: offer_words(*offer))
        names: dict[int | None, str] = {None: _("Any of my trainers")}
        names |= {row["trainer_no"]: row["name"] for row in trainers}
        asked = st.selectbox(_("Whom?"), list(names), format_func=lambda number: names[number])
        is_sent = st.form_submit_button(_("Ask"), type="primary")
    if is_sent:
        ask_for(context, choice, offer, asked, said=_("Asked. Your trainer sees it on their first page."))
    draw_waiting(context, choice, Relation.TRAINER)


def list_offers(programme: Programme, rater: Relation) -> list[tuple[Checklist, Setting]]:
    """Return the checklists that the rater fills in, once for each setting."""
    return [(checklist, setting) for checklist in programme.forms_of(rater) for setting in checklist.settings]


def offer_words(checklist: Checklist, setting: Setting) -> str:
    """Return what people read for a checklist in a setting."""
    return f"{checklist.title}, {setting_words(setting)}"


def ask_for(
    context: Context, choice: ProgrammeChoice, offer: tuple[Checklist, Setting], asked: int | None, *, said: str
) -> None:
    """Ask somebody for a form; `said` is shown when it worked."""
    checklist, setting = offer
    request = try_action(
        lambda: request_observation(
            context.store,
            context.actor,
            choice.programme_id,
            checklist.id,
            setting,
            asked_id=None if asked is None else PersonId(asked),
            now=context.now(),
        )
    )
    if request is not None:
        say_after_rerun(said)
        st.rerun()


def draw_waiting(context: Context, choice: ProgrammeChoice, rater: Relation) -> None:
    """Draw what was asked of trainers, or of partners, and waits."""
    forms = {checklist.id: checklist for checklist in choice.programme.forms_of(rater)}
    name = "own_partner_requests" if rater is Relation.PARTNER else "own_requests"
    for row in ask(context, name, programme_id=choice.programme_id):
        if row["checklist_id"] in forms:
            _draw_request(context, forms[row["checklist_id"]], row)


def _draw_request(context: Context, checklist: Checklist, row: dict[str, Any]) -> None:
    whom = row["asked_name"] or _("any trainer")
    words = _("Waiting: {what}, asked of {whom} on {day}").format(
        what=offer_words(checklist, row["setting"]), whom=whom, day=day_text(context.store.day_of(row["occurred_at"]))
    )
    st.markdown(f":material/hourglass_empty: {plain(words)}")
