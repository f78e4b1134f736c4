"""*Supervision*: who asks to be contacted, what became of meetings, who needs one, what lies ahead."""

from datetime import timedelta
from typing import Any, Final

import streamlit as st

from analytics.supervision import Due, see_own_due
from analytics.week import sessions_of
from assessments.check_ins import is_high_twice
from assessments.service import support
from assessments.support import MeetingReason, Party
from people.facts import FactId
from people.models import Office, PersonId
from web.components import (
    card,
    day_text,
    empty_state,
    go_to,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context
from web.meeting_rows import draw_calling_off, draw_meeting_head, is_ahead, is_unclosed, meeting_words
from web.meeting_words import ago_words, party_words, reason_words, thing_words, topic_words, weekday_day
from web.memory import ask
from web.texts import N_, _, ngettext
from web.view import View
from web.views.support.offering import draw_offering
from web.views.trainee.addressing import show_part
from web.views.trainer.choosing import address_of, find_asked, programme_of

Row = dict[str, Any]
URL = "supervision"
_SOON_DAYS: Final = 14
_CLOSE_DAYS: Final = 60
_SHOWN_AHEAD: Final = 8
_SESSION_DAYS: Final = 21


def render(context: Context) -> None:
    """Draw the offer to whom the address names, else the trainer's week."""
    trainees = ask(context, "assigned_trainees")
    row = find_asked(trainees)
    show_part(URL, str(row and address_of(row)))
    if row is not None:
        page_head(_("Offer a meeting"), kicker=row["name"])
        draw_offering(context, row)
        view_link(context, URL, _("Back to supervision"), icon=":material/arrow_back:")
        return
    page_head(_("Supervision"))
    if not trainees:
        empty_state(_("You have no trainees yet"), _("Ask the programme manager to give you some."))
        return
    _draw_week(context, trainees)
    view_link(context, "my-times", _("When I am free"), icon=":material/schedule:")


def _draw_week(context: Context, trainees: list[Row]) -> None:
    meetings = ask(context, "assigned_meetings")
    ahead = [row for row in meetings if is_ahead(context, row)]
    n_drawn = _draw_contacts(context)
    n_drawn += _draw_loads(context, trainees)
    n_drawn += _draw_unclosed(context, meetings)
    n_drawn += _draw_due(context, trainees, ahead)
    if not n_drawn:
        with empty_state(_("Nobody waits for you"), _("Meetings are in time, and nobody asks to be contacted.")):
            pass
    _draw_ahead(context, ahead)
    _draw_sessions(context, trainees)


# ---------------------------------------------------------------- please contact me


def _draw_contacts(context: Context) -> int:
    rows = ask(context, "assigned_contacts")
    if rows:
        n = len(rows)
        st.header(
            ngettext("{n} person asks you to get in touch", "{n} people ask you to get in touch", n).format(n=n),
            anchor=False,
        )
    for number, row in enumerate(rows):
        with card(f"contact-{row['contact_id']}"):
            late = f" :red-badge[{_('late')}]" if _is_late(context, row) else ""
            st.markdown(f"**{plain(row['name'])}**{late}  \n{plain(topic_words(row['topic']))}")
            small_note(ago_words(context, row["occurred_at"]))
            kind = "primary" if number == 0 else "secondary"
            if st.button(_("I have been in touch"), type=kind, width="stretch", key=f"touch-{row['contact_id']}"):
                _acknowledge(context, row["contact_id"])
    return len(rows)


def _is_late(context: Context, row: Row) -> bool:
    hours = _promised_hours(context, row)
    return context.now() - row["occurred_at"] > timedelta(hours=hours)


def _promised_hours(context: Context, row: Row) -> int:
    found = (choice for choice in context.choices if choice.programme_id == row["programme_id"])
    return next((choice.programme.head.support.contact_hours for choice in found), 48)


def _acknowledge(context: Context, contact_id: FactId) -> None:
    done = try_action(lambda: support.acknowledge_contact(context.store, context.actor, contact_id, context.now()))
    if done is not None:
        say_after_rerun(_("Noted. They see it."))
        st.rerun()


def _draw_loads(context: Context, trainees: list[Row]) -> int:
    high = {row["person_no"]: programme_of(context, row).head.support.high_load for row in trainees}
    rows = [
        row
        for row in context.store.query("assigned_loads", context.actor)
        if row["person_no"] in high
        and is_high_twice([row["level_before"], row["level"]], high[row["person_no"]])
        and (row["met_at"] is None or row["met_at"] < row["recorded_at"])
    ]
    for row in rows:
        with card(f"load-{row['person_no']}"):
            words = _("{name} has noted twice in a row that it is heavy.").format(name=row["name"])
            st.markdown(f":material/favorite: **{plain(words)}**")
            small_note(_("They wish you to ask how they are. It is for the two of you, and counts for nothing."))
    return len(rows)


# ---------------------------------------------------------------- what became of it


def _draw_unclosed(context: Context, meetings: list[Row]) -> int:
    since = context.today() - timedelta(days=_CLOSE_DAYS)
    rows = [row for row in meetings if is_unclosed(context, row) and row["meets_on"] >= since]
    if rows:
        st.header(_("What became of it?"), anchor=False)
    for row in rows:
        with card(f"close-{row['meeting_id']}"):
            draw_meeting_head(context, row, row["name"])
            if st.button(_("It was held"), type="primary", width="stretch", key=f"held-{row['meeting_id']}"):
                _hold(context, row["meeting_id"])
            _draw_missing(context, row["meeting_id"])
    return len(rows)


def _hold(context: Context, meeting_id: FactId) -> None:
    held = try_action(lambda: support.hold_meeting(context.store, context.actor, meeting_id, context.now()))
    if held is not None:
        say_after_rerun(_("Saved. It counts as a supervision."))
        st.rerun()


def _draw_missing(context: Context, meeting_id: FactId) -> None:
    with st.expander(_("It did not happen"), key=f"missing-{meeting_id}"):
        party = st.selectbox(_("Whose was it?"), list(Party), format_func=party_words, key=f"party-{meeting_id}")
        reason = st.selectbox(_("Why?"), list(MeetingReason), format_func=reason_words, key=f"why-{meeting_id}")
        if st.button(_("Save"), key=f"missed-{meeting_id}"):
            done = try_action(
                lambda: support.miss_meeting(
                    context.store, context.actor, meeting_id, Party(party), MeetingReason(reason), now=context.now()
                )
            )
            if done is not None:
                say_after_rerun(_("Saved. You can offer another time."))
                st.rerun()


# ---------------------------------------------------------------- who needs a meeting


def _draw_due(context: Context, trainees: list[Row], ahead: list[Row]) -> int:
    by_key = {(row["person_no"], row["programme_id"]): row for row in trainees}
    arranged = {(row["person_no"], row["programme_id"]) for row in ahead}
    until = context.today() + timedelta(days=_SOON_DAYS)
    found = [
        (due, by_key[key])
        for programme_id in dict.fromkeys(row["programme_id"] for row in trainees)
        for due in _once(see_own_due(context.store, context.actor, programme_id))
        if (key := (due.person_id, programme_id)) in by_key
        and key not in arranged
        and (due.is_late or due.due_day is None or due.due_day <= until)
    ]
    if found:
        n = len(found)
        st.header(ngettext("{n} person needs a meeting", "{n} people need a meeting", n).format(n=n), anchor=False)
    for due, row in found:
        _draw_one_due(context, due, row)
    return len(found)


def _once(dues: list[Due]) -> list[Due]:
    first: dict[PersonId, Due] = {}
    for due in dues:
        first.setdefault(due.person_id, due)
    return list(first.values())


def _draw_one_due(context: Context, due: Due, row: Row) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        badge = f" :red-badge[{late_words(due)}]" if due.is_late else ""
        st.markdown(f"**{plain(due.name)}**{badge}  \n:gray[{plain(due_words(due))}]", width="stretch")
        if st.button(_("Offer a time"), key=f"offer-{due.person_id}-{row['programme_id']}"):
            go_to(context, URL, address_of(row))


def late_words(due: Due) -> str:
    """Return how late supervision is, such as "3 days late"."""
    if not due.days_late:
        return _("late")
    return ngettext("{n} day late", "{n} days late", due.days_late).format(n=due.days_late)


def due_words(due: Due) -> str:
    """Return when a person last met a supervisor, and by when they are to meet one."""
    if due.last_day is None or due.due_day is None:
        return _("has met no supervisor yet")
    last = _("last met on {day}").format(day=weekday_day(due.last_day))
    return last if due.is_late else f"{last} · {_('to meet by {day}').format(day=weekday_day(due.due_day))}"


# ---------------------------------------------------------------- what lies ahead


def _draw_ahead(context: Context, ahead: list[Row]) -> None:
    if not ahead:
        return
    st.header(_("Meetings ahead"), anchor=False)
    meetings = ahead[:_SHOWN_AHEAD]
    for row in meetings:
        with card(f"ahead-{row['meeting_id']}"):
            state = f":green-badge[{_('agreed')}]" if row["is_booked"] else f":orange-badge[{_('not answered yet')}]"
            st.markdown(f"**{plain(row['name'])}** {state}  \n{plain(meeting_words(context, row))}")
            draw_calling_off(context, row["meeting_id"], _("I cannot"), is_trainee=False, is_booked=row["is_booked"])
    if len(ahead) > len(meetings):
        small_note(_("And {n} more.").format(n=len(ahead) - len(meetings)))


def _draw_sessions(context: Context, trainees: list[Row]) -> None:
    critical = {row["programme_id"]: programme_of(context, row).head.support.critical for row in trainees}
    rows = [row for row in ask(context, "assigned_sessions") if row["programme_id"] in critical]
    until = context.today() + timedelta(days=_SESSION_DAYS)
    sessions = [session for session in sessions_of(rows) if session.day <= until]
    programmes = {row["planned_id"]: row["programme_id"] for row in rows}
    if sessions:
        st.header(_("Sessions your trainees lead"), anchor=False)
    for session in sessions:
        missing = session.open_things(critical[programmes[session.planned_id]])
        names = ", ".join(thing_words(thing) for thing in missing)
        state = f":orange[{_('Not yet ready:')} {plain(names)}]" if missing else f":green[{_('Ready')}]"
        head = f"{day_text(session.day)}, {session.clock}: {session.code}"
        st.markdown(f"**{plain(head)}**  \n{plain(' + '.join(session.leaders))} · {state}")


VIEW = View(frozenset({Office.TRAINER}), N_("Supervision"), URL, render, ":material/forum:", rank=6)
