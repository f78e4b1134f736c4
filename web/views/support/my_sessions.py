"""*My sessions*: what the next live sessions need, ticked by the pair who lead them."""

import streamlit as st

from analytics.week import SessionAhead, sessions_of
from assessments.service import support
from assessments.support import PreparationState
from curriculum.models import Preparation
from people.facts import FactId
from people.models import Office
from web.components import card, empty_state, page_head, plain, small_note, try_action, view_link
from web.context import Context
from web.meeting_words import preparation_words, thing_words, weekday_day
from web.memory import ask
from web.texts import N_, _
from web.view import View

URL = "my-sessions"


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("My sessions"), note=_("What each session needs. Your partner sees the same list."))
    sessions = sessions_of(ask(context, "own_sessions"))
    if not sessions:
        empty_state(
            _("You lead no session yet"), _("Your trainer or the co-ordinator puts sessions into the calendar.")
        )
    critical = context.own_choice.programme.head.support.critical if context.own_choice else ()
    for session in sessions:
        _draw_session(context, session, critical)
    view_link(context, "my-supervision", _("Back to supervision"), icon=":material/arrow_back:")


def _draw_session(context: Context, session: SessionAhead, critical: tuple[Preparation, ...]) -> None:
    with card(f"session-{session.planned_id}"):
        st.markdown(f"**{plain(session.code)}**  \n{plain(weekday_day(session.day))}, {session.clock}")
        small_note(" + ".join(session.leaders))
        missing = session.open_things(critical)
        if missing:
            names = ", ".join(thing_words(thing) for thing in missing)
            st.markdown(f":orange[:material/priority_high: {_('Not yet ready:')} {plain(names)}]")
        else:
            st.markdown(f":green[:material/check_circle: {_('What it cannot do without is ready.')}]")
        for thing in Preparation:
            draw_thing(context, session, thing)


def draw_thing(context: Context, session: SessionAhead, thing: Preparation) -> None:
    """Draw how far one thing for a session is; a tap saves it."""
    now = session.states.get(thing, PreparationState.NOT_READY)
    chosen = st.segmented_control(
        thing_words(thing),
        list(PreparationState),
        default=now,
        required=True,
        format_func=preparation_words,
        width="stretch",
        key=f"thing-{session.planned_id}-{thing}",
    )
    if chosen == now:
        return
    planned_id = FactId(session.planned_id)
    done = try_action(
        lambda: support.note_preparation(context.store, context.actor, planned_id, thing, chosen, now=context.now())
    )
    if done is not None:
        st.rerun()


VIEW = View(frozenset({Office.TRAINEE}), N_("My sessions"), URL, render, ":material/checklist:", is_listed=False)
