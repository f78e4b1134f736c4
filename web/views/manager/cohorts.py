"""*Cohorts*: open one, put people into it, and note who pauses, returns or leaves."""

from datetime import date
from typing import Any

import streamlit as st

from curriculum.ids import ProgrammeId
from people import service
from people.facts import CohortOpened
from people.models import HubId, Office
from people.names import MAX_NAME
from people.rights import Record, Right, may_in_hub
from web.components import (
    card,
    empty_state,
    fold,
    page_head,
    page_of,
    plain,
    say_after_rerun,
    try_action,
    view_link,
)
from web.context import Context
from web.memory import ask
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.arrivals import draw_arrivals
from web.views.manager.cohort import draw_cohort
from web.views.manager.cohort_words import size_and_days
from web.views.manager.hubs import choose_hub
from web.views.manager.slip import draw_slip
from web.views.trainee.addressing import show_part

Row = dict[str, Any]


def render(context: Context) -> None:
    """Draw the slip that waits, else the cohort whom the address names, else the list."""
    if draw_slip(context):
        return
    asked = st.query_params.get("cohort", "")
    show_part("cohorts", f"{asked} {st.query_params.get('do', '')}")
    if not asked:
        page_head(_("Cohorts"), note=_("Those who start together."))
    hub_id = choose_hub(context, Right.SEE, Record.COHORT, is_drawn=not asked)
    if hub_id is None:
        empty_state(_("You have no hub yet"), _("Ask an administrator to open one and to give you an office in it."))
        return
    rows = ask(context, "cohorts_in_hub", hub=hub_id)
    if asked:
        draw_cohort(context, hub_id, next((row for row in rows if row["cohort_id"] == asked), None))
        return
    draw_arrivals(context, hub_id)
    _draw_opening(context, hub_id, rows)
    for row in page_of([row for row in rows if row["closed_on"] is None], "cohorts"):
        _draw_row(context, row)
    closed = [row for row in rows if row["closed_on"] is not None]
    if closed:
        n = len(closed)
        title = ngettext("{n} closed cohort", "{n} closed cohorts", n).format(n=n)
        shelf = fold(title, icon=":material/inventory_2:", key="closed-cohorts")
        if shelf.open:
            with shelf:
                for row in page_of(closed, "closed-cohorts"):
                    _draw_row(context, row)


def _draw_row(context: Context, row: Row) -> None:
    with card(f"cohort-{row['cohort_id']}"), st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        words = size_and_days(row, row["n_people"], context.today())
        st.markdown(f"**{plain(row['title'])}**  \n:gray[{plain(words)}]", width="stretch")
        view_link(context, "cohorts", _("Open"), query={"cohort": row["cohort_id"]})


# ---------------------------------------------------------------- a new cohort


def list_live(context: Context, hub_id: HubId) -> dict[ProgrammeId, int]:
    """Return the version of each programme that the hub has gone live with."""
    rows = ask(context, "programme_hubs")
    return {ProgrammeId(row["programme_id"]): row["version_no"] for row in rows if row["hub_id"] == hub_id}


def _draw_opening(context: Context, hub_id: HubId, rows: list[Row]) -> None:
    if not may_in_hub(context.actor, Right.WRITE, Record.COHORT, hub_id):
        return
    live = list_live(context, hub_id)
    if not live:
        with empty_state(_("No programme is live here yet"), _("Go live with one first. Then open the first cohort.")):
            view_link(context, "programme", _("Programme"), icon=":material/arrow_forward:")
        return
    opening = fold(_("Open a cohort"), icon=":material/add:", is_open=not rows, key="opening")
    if not opening.open:
        return
    with opening:
        opened = draw_cohort_form(context, hub_id, live)
        if opened is not None:
            say_after_rerun(_("The cohort {title} is open. Put people into it now.").format(title=opened.title))
            st.query_params["cohort"] = opened.cohort_id
            st.rerun()


def draw_cohort_form(context: Context, hub_id: HubId, live: dict[ProgrammeId, int]) -> CohortOpened | None:
    """Draw the form that opens a cohort of a programme that is live in the hub; return the cohort once it is open."""
    titles = {id_: context.store.programme(id_, version_no).head.title for id_, version_no in live.items()}
    with st.form("open-cohort", border=False):
        programme_id = next(iter(titles))
        if len(titles) > 1:
            programme_id = st.selectbox(_("Programme"), list(titles), format_func=titles.__getitem__)
        title = st.text_input(_("Name of the cohort"), max_chars=MAX_NAME, placeholder=_("Such as: Spring"))
        starts_on: date = st.date_input(_("First day"), value=context.today())
        ends_on: date | None = st.date_input(_("Last day, if you know it"), value=None)
        if not st.form_submit_button(_("Open the cohort"), type="primary", width="stretch"):
            return None
    return try_action(
        lambda: service.open_cohort(
            context.store,
            context.actor,
            hub_id,
            programme_id,
            title,
            starts_on=starts_on,
            ends_on=ends_on,
            active_version_no=live[programme_id],
            now=context.now(),
        )
    )


VIEW = View(
    frozenset({Office.MANAGER, Office.COORDINATOR, Office.ADMINISTRATOR}),
    N_("Cohorts"),
    "cohorts",
    render,
    ":material/groups:",
    rank=2,
)
