"""Closing a cohort: how each person leaves it, in one list with one confirmation."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import streamlit as st

from assessments.facts import Outcome
from assessments.service.closing import Leaver, close_cohort, list_kept, prepare_closing
from people.models import CohortId, HubId, PersonId
from people.rights import Record, Right, may_in_hub
from web.components import bottom_bar, card, day_text, page_head, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import _
from web.views.manager.readiness.by_person import standing_words
from web.wording import kept_words, outcome_words

Row = dict[str, Any]
CLOSE: Final = "close"
"""Stands in the address as `do` while a cohort is being closed."""


def may_close(context: Context, hub_id: HubId) -> bool:
    """Return whether the acting person may close cohorts of the hub."""
    actor = context.actor
    return may_in_hub(actor, Right.WRITE, Record.COHORT, hub_id) and may_in_hub(
        actor, Right.SEE_STATUS, Record.READINESS, hub_id
    )


def draw_closing_link(context: Context, hub_id: HubId) -> None:
    """Draw the button that leads to the closing of the cohort whose page this is."""
    if not may_close(context, hub_id):
        return
    with st.expander(_("Close this cohort"), icon=":material/inventory_2:", key="closing"):
        st.markdown(_("When the course is over. You say of each person how they leave; nobody can join any more."))
        if st.button(_("Go through everybody"), key="begin-closing"):
            st.query_params["do"] = CLOSE
            st.rerun()


def draw_closing(context: Context, cohort: Row) -> None:
    """Draw everybody with the outcomes that fit, and the one confirmation."""
    cohort_id = CohortId(cohort["cohort_id"])
    page_head(_("Close {cohort}").format(cohort=cohort["title"]), note=_("It cannot be opened again."))
    found = try_action(lambda: prepare_closing(context.store, context.actor, cohort_id, context.now()))
    if found is None:
        return
    st.markdown(_("Where everybody stands now is kept as it is, with every gate. No sign-off is made or lost by this."))
    ordered = sorted(found, key=lambda one: (one.name.casefold(), one.verdict.person_id))
    chosen = {one.verdict.person_id: _draw_leaver(one) for one in ordered}
    _draw_ageing(context, found)
    with bottom_bar("closing"):
        if st.button(_("Not now"), key="stop-closing"):
            leave_closing()
            st.rerun()
        if st.button(_("Close the cohort"), type="primary", key="close-now"):
            _close(context, cohort, chosen)


def leave_closing() -> None:
    """Lead back from the closing to the cohort's page."""
    st.query_params.pop("do", None)


def _draw_leaver(leaver: Leaver) -> Outcome:
    with card(f"leaver-{leaver.verdict.person_id}"):
        st.markdown(f"**{plain(leaver.name)}**  \n:gray[{plain(standing_words(leaver.verdict))}]")
        return st.selectbox(
            _("How does {name} leave?").format(name=leaver.name),
            leaver.outcomes,
            format_func=outcome_words,
            key=f"outcome-{leaver.verdict.person_id}",
            label_visibility="collapsed",
        )


def _draw_ageing(context: Context, leavers: Sequence[Leaver]) -> None:
    """Say from when on records age: the dates of the newest version that anybody is pinned to."""
    if not leavers:
        return
    newest = max(leavers, key=lambda one: one.verdict.version_no).verdict
    programme = context.store.programme(newest.programme_id, newest.version_no)
    kept = {one.category: one.until_on for one in list_kept(programme, context.store.day_of(context.now()))}
    draw_kept(kept)


def draw_kept(kept: dict[str, date]) -> None:
    """Draw until when records of each category are kept; nothing when the programme has no rule."""
    if not kept:
        return
    lines = [f"- {plain(kept_words(category))}: **{day_text(until_on)}**" for category, until_on in kept.items()]
    st.markdown("\n".join([_("Counted from the closing, records are kept until:"), "", *lines]))
    small_note(_("A person can ask for theirs to go earlier. Who goes on training keeps their record."))


def _close(context: Context, cohort: Row, chosen: dict[PersonId, Outcome]) -> None:
    cohort_id = CohortId(cohort["cohort_id"])
    done = try_action(lambda: close_cohort(context.store, context.actor, cohort_id, chosen, now=context.now()))
    if done is not None:
        leave_closing()
        say_after_rerun(_("{cohort} is closed.").format(cohort=cohort["title"]))
        st.rerun()
