"""*Calendar of sessions*: a hub's sessions to come, what is ready for each, and a new one."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Final

import streamlit as st

from analytics.week import SessionAhead, sessions_of
from assessments.service import support
from assessments.support import SessionKind
from curriculum.models import Preparation
from people.facts import FactId
from people.models import CohortId, Office, PersonId
from people.rights import Record, Right, may_in_hub
from web.components import card, empty_state, page_head, plain, say_after_rerun, small_note, try_action, view_link
from web.context import Context
from web.meeting_words import minute_of, thing_words, weekday_day
from web.memory import ask
from web.saving import once_button, save_once
from web.texts import N_, _
from web.view import View
from web.views.manager.hubs import choose
from web.views.support.hub import Place, choose_place
from web.views.support.my_sessions import draw_thing

Row = dict[str, Any]
URL = "calendar"
_AHEAD: Final = timedelta(days=90)


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Calendar of sessions"), note=_("Codes only: no name of a group or a family."))
    place = choose_place(context)
    if place is None:
        return
    may_write = may_in_hub(context.actor, Right.WRITE, Record.SUPERVISION, place.hub_id)
    if may_write:
        _draw_planning(context, place)
    today = context.today()
    rows = ask(context, "hub_sessions", hub=place.hub_id, first_day=today, last_day=today + _AHEAD)
    sessions = sessions_of(row for row in rows if row["programme_id"] == place.programme_id)
    if not sessions:
        empty_state(_("No session is in the calendar"), _("Early warning needs one, and pairs prepare by it."))
    for session in sessions:
        _draw_session(context, place, session, may_write=may_write)
    view_link(context, "support", _("Back to support"), icon=":material/arrow_back:")


def _draw_session(context: Context, place: Place, session: SessionAhead, *, may_write: bool) -> None:
    titles = {one.id: one.title for one in place.programme.head.sessions}
    with card(f"session-{session.planned_id}"):
        title = titles.get(session.code, session.code)
        st.markdown(f"**{plain(weekday_day(session.day))}, {session.clock}**  \n{plain(title)}")
        small_note(" · ".join(part for part in (session.cohort_title, " + ".join(session.leaders)) if part))
        missing = session.open_things(place.programme.head.support.critical)
        if missing:
            names = ", ".join(thing_words(thing) for thing in missing)
            st.markdown(f":orange[{_('Not yet ready:')} {plain(names)}]")
        if may_write:
            with st.expander(_("Change"), key=f"change-{session.planned_id}"):
                for thing in Preparation if session.kind is SessionKind.LIVE else ():
                    draw_thing(context, session, thing)
                if st.button(_("It will not take place"), key=f"off-{session.planned_id}"):
                    _call_off(context, FactId(session.planned_id))


def _call_off(context: Context, planned_id: FactId) -> None:
    done = try_action(lambda: support.call_off_session(context.store, context.actor, planned_id, context.now()))
    if done is not None:
        say_after_rerun(_("It is off."))
        st.rerun()


# ---------------------------------------------------------------- a new session


@dataclass(frozen=True, slots=True)
class _What:
    """What is put into the calendar, and who leads it."""

    cohort_id: CohortId
    kind: SessionKind
    code: str
    leader_ids: tuple[PersonId, ...] = ()


def _draw_planning(context: Context, place: Place) -> None:
    rows = ask(context, "cohorts_in_hub", hub=place.hub_id)
    cohorts: dict[str, str] = {
        row["cohort_id"]: row["title"] for row in rows if row["programme_id"] == place.programme_id
    }
    if not cohorts:
        return
    with st.expander(_("Put a session into the calendar"), icon=":material/add:", key="planning"):
        cohort_id = CohortId(choose(_("Cohort"), cohorts, "plan_cohort"))
        kind = _choose_kind(place)
        what = _choose_what(context, place, cohort_id, kind)
        when = _choose_when(context)
        if once_button("planning", _("Put it in"), is_disabled=not what.code):
            _plan(context, place, what, when)


def _choose_kind(place: Place) -> SessionKind:
    titles = {SessionKind.LIVE: _("A group that a pair leads"), SessionKind.TAUGHT: _("Training")}
    if not place.programme.head.sessions:
        return SessionKind.LIVE
    chosen = st.segmented_control(
        _("What?"),
        list(titles),
        default=SessionKind.LIVE,
        required=True,
        format_func=titles.__getitem__,
        key="plan-kind",
    )
    return SessionKind(chosen)


def _choose_what(context: Context, place: Place, cohort_id: CohortId, kind: SessionKind) -> _What:
    if kind is SessionKind.TAUGHT:
        titles = {session.id: session.title for session in place.programme.head.sessions}
        code = st.selectbox(_("Which?"), list(titles), format_func=titles.__getitem__, key="plan-taught")
        return _What(cohort_id, kind, code)
    code = st.text_input(
        _("Code of the session"), max_chars=40, placeholder=_("Such as: RIV-A week 3"), key="plan-code"
    )
    people = ask(context, "cohorts_people", hub=place.hub_id)
    names = {row["person_no"]: row["name"] for row in people if row["cohort_id"] == cohort_id}
    leaders = st.multiselect(
        _("Who leads it?"), list(names), format_func=names.__getitem__, max_selections=2, key="plan-leaders"
    )
    return _What(cohort_id, kind, code.strip(), tuple(PersonId(one) for one in leaders))


def _choose_when(context: Context) -> support.SessionTime:
    with st.grid(3, min_column_width=130):
        day: date = st.date_input(_("Day"), value=context.today(), min_value=context.today(), key="plan-day")
        start = st.time_input(_("Begins at"), time(10), step=900, key="plan-start")
        minutes = int(st.number_input(_("Minutes"), 15, 600, 120, step=15, key="plan-minutes"))
    return support.SessionTime(day, minute_of(start), minutes)


def _plan(context: Context, place: Place, what: _What, when: support.SessionTime) -> None:
    planned = save_once(
        "planning",
        f"{what} {when}",
        lambda fact_id: support.plan_session(
            context.store,
            context.actor,
            what.cohort_id,
            place.version_no,
            kind=what.kind,
            session_code=what.code,
            when=when,
            now=context.now(),
            leader_ids=what.leader_ids,
            fact_id=fact_id,
        ),
    )
    if planned is not None:
        say_after_rerun(_("It is in the calendar."))
        st.rerun()


VIEW = View(
    frozenset({Office.COORDINATOR, Office.MANAGER, Office.TRAINING_LEAD}),
    N_("Calendar of sessions"),
    URL,
    render,
    ":material/event:",
    is_listed=False,
)
