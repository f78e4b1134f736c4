"""The page: one section for each thing that practice brings."""

import streamlit as st

from people.models import Office
from web.components import day_text, empty_state, page_head, view_link
from web.context import Context
from web.memory import ask
from web.texts import N_, _
from web.view import View
from web.views.trainee.left import draw_if_left
from web.views.trainee.practice.asking import draw_asking
from web.views.trainee.practice.beside import draw_beside
from web.views.trainee.practice.evaluations import draw_evaluations
from web.views.trainee.practice.seen import draw_observations, read_seen
from web.views.trainee.practice.visits import draw_visits


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Practice"), note=_("You learn this by doing it. People who watch you are here to help."))
    choice = context.own_choice
    if choice is None:
        empty_state(_("You are in no programme yet"), _("Ask your programme manager to put you into a cohort."))
        return
    _draw_hold(context)
    has_left = draw_if_left(context, choice)
    if not has_left:
        draw_asking(context, choice)
    seen = read_seen(context, choice)
    draw_observations(context, choice, seen, may_ask=not has_left)
    if not has_left:
        draw_evaluations(context, choice)
    draw_beside(seen)
    draw_visits(context, choice, may_add=not has_left)


def _draw_hold(context: Context) -> None:
    holds = ask(context, "own_holds")
    if holds and holds[0]["n"]:
        since = day_text(holds[0]["since"])
        st.warning(
            _(
                "Your practice is on hold since {day}. It is no punishment. Talk with your trainer; the safeguarding "
                "lead decides when you go on. You can read and practise questions meanwhile."
            ).format(day=since),
            icon=":material/pause_circle:",
        )
        view_link(context, "appeals", _("I want somebody else to look at it"), icon=":material/balance:")


VIEW = View(frozenset({Office.TRAINEE}), N_("Practice"), "practice", render, ":material/groups:", rank=5)
