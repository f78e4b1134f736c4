"""*My supervision*: answer an offer, see the next meeting, find a time, ask to be contacted."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from analytics.week import meeting_state
from assessments.facts import Mode
from assessments.free_times import Slot
from assessments.meetings import Meeting, MeetingState
from assessments.service import support
from assessments.support import ContactTopic, MeetingOffered
from people.facts import FactId
from people.models import Office, PersonId
from web.components import (
    card,
    day_text,
    empty_state,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.meeting_rows import (
    draw_calendar_button,
    draw_calling_off,
    draw_changed,
    draw_meeting_head,
    is_ahead,
    keep_chosen,
    list_modes,
    slot_words,
    starts_at,
)
from web.meeting_words import ago_words, reason_words, state_words, topic_words, weekday_day, when_words
from web.memory import ask
from web.saving import once_button, save_once
from web.texts import N_, _
from web.view import View
from web.wording import mode_words

Row = dict[str, Any]
URL = "my-supervision"
_SHOWN_SLOTS: Final = 6
_SHOWN_BEFORE: Final = 6


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("My supervision"))
    choice = context.own_choice
    if choice is None:
        empty_state(
            _("You are not in a programme yet."),
            _("Ask your programme manager to enrol you. Your meetings will stand here then."),
        )
        return
    rows = ask(context, "own_meetings")
    meetings = {
        meeting.meeting_id: meeting
        for meeting in support.see_meetings(context.store, context.actor, context.actor.person_id)
    }
    ahead = sorted((row for row in rows if is_ahead(context, row)), key=starts_at)
    offers = [row for row in ahead if not row["is_booked"]]
    booked = [row for row in ahead if row["is_booked"]]
    for number, row in enumerate(offers):
        _draw_offer(context, row, is_first=number == 0)
    for row in booked:
        _draw_booked(context, row, meetings[row["meeting_id"]])
    _draw_finding(context, choice, is_needed=not ahead)
    _draw_contact(context, choice)
    _draw_links(context)
    _draw_before(context, [row for row in rows if row not in ahead], meetings)


# ---------------------------------------------------------------- what is arranged


def _draw_offer(context: Context, row: Row, *, is_first: bool) -> None:
    meeting_id: FactId = row["meeting_id"]
    with card(f"offer-{meeting_id}"):
        st.markdown(f":orange-badge[{_('Please answer')}]")
        draw_meeting_head(context, row, _("{name} offers you a meeting").format(name=row["supervisor_name"]))
        kind = "primary" if is_first else "secondary"
        if st.button(_("Yes, I will be there"), type=kind, width="stretch", key=f"yes-{meeting_id}"):
            agreed = try_action(lambda: support.book_meeting(context.store, context.actor, meeting_id, context.now()))
            if agreed is not None:
                say_after_rerun(_("Agreed. You can put it into your calendar."))
                st.rerun()
        draw_calling_off(context, meeting_id, _("I cannot then"), is_trainee=True, is_booked=False)


def _draw_booked(context: Context, row: Row, meeting: Meeting) -> None:
    with card(f"booked-{row['meeting_id']}"):
        st.markdown(f":green-badge[{_('Agreed')}]")
        draw_meeting_head(context, row, _("You meet {name}").format(name=row["supervisor_name"]))
        draw_calendar_button(meeting, row["supervisor_name"], _("Put it into my calendar"))
        draw_calling_off(context, row["meeting_id"], _("I cannot come"), is_trainee=True, is_booked=True)


def _draw_before(context: Context, rows: list[Row], meetings: Mapping[FactId, Meeting]) -> None:
    if not rows:
        return
    with st.expander(_("Earlier meetings"), key="before"):
        for row in rows[:_SHOWN_BEFORE]:
            state = meeting_state(row)
            words = state_words(state) if row["outcome"] else _("not noted yet")
            why = f", {reason_words(row['reason'])}" if row["reason"] else ""
            when = f"{weekday_day(row['meets_on'])}, {row['supervisor_name']}"
            st.markdown(f"{plain(when)}: {words}{plain(why)}")
            if state is MeetingState.CANCELLED and starts_at(row) > context.now():
                meeting = meetings[row["meeting_id"]]
                draw_calendar_button(meeting, row["supervisor_name"], _("Take it out of my calendar"))


# ---------------------------------------------------------------- finding a time


def _draw_finding(context: Context, choice: ProgrammeChoice, *, is_needed: bool) -> None:
    if is_needed:
        with card("finding"):
            st.header(_("Find a time to meet"), anchor=False)
            _draw_slots(context, choice)
    else:
        with st.expander(_("Find another time to meet"), key="finding-more"):
            _draw_slots(context, choice)


def _draw_slots(context: Context, choice: ProgrammeChoice) -> None:
    now, names = context.now(), _trainers(context)
    # From tomorrow on: a trainer learns of it before it begins.
    slots = [
        slot
        for slot in support.list_open_slots(context.store, context.actor, choice.programme_id, now)
        if slot.day > context.today() and list_modes([slot])
    ]
    places = support.list_group_places(context.store, context.actor, choice.programme_id, now)
    if not slots and not places:
        small_note(_("Your trainers have named no free time. Ask one of them to contact you: see below."))
        return
    ordered: list[Slot | MeetingOffered] = [*places, *_own_first(context, slots)]
    is_long = len(ordered) > _SHOWN_SLOTS and st.session_state.get("more-slots", False)
    shown = ordered if is_long else ordered[:_SHOWN_SLOTS]
    labels = [_choice_words(context, one, names) for one in shown]
    draw_changed("slot", [_key_of(one) for one in ordered], _("The time that you chose has gone. Choose another one."))
    with st.container(key="answer-slots"):
        number = st.radio(_("When?"), range(len(shown)), format_func=labels.__getitem__, width="stretch", key="slot")
    if len(ordered) > _SHOWN_SLOTS:
        st.toggle(_("Show more times"), key="more-slots")
    chosen = shown[number]
    mode = _choose_mode(chosen)
    keep_chosen("slot", _key_of(chosen))
    if once_button(f"slot-{_key_of(chosen)}", _("Book this time")):
        _book(context, choice, chosen, mode)


def _key_of(one: Slot | MeetingOffered) -> str:
    day = one.day if isinstance(one, Slot) else one.meets_on
    return f"{one.supervisor_id}-{day}-{one.start_minute}"


def _own_first(context: Context, slots: list[Slot]) -> list[Slot]:
    """Return the times at which the person has said to be free before the others."""
    first, last = context.today(), max((slot.day for slot in slots), default=context.today())
    said = support.see_free_times(context.store, context.actor, context.actor.person_id)
    spans = said.spans(first, last)
    return sorted(slots, key=lambda slot: not any(span.holds(slot.span) for span in spans))


def _choice_words(context: Context, one: Slot | MeetingOffered, names: Mapping[PersonId, str]) -> str:
    name = names.get(one.supervisor_id, "")
    if isinstance(one, Slot):
        return slot_words(context, one, name)
    when = when_words(context, one.meets_on, one.start_minute, one.zone)
    return f"{when} · {mode_words(Mode.GROUP)} · {name}"


def _choose_mode(chosen: Slot | MeetingOffered) -> Mode:
    if isinstance(chosen, MeetingOffered):
        return Mode.GROUP
    modes = list_modes([chosen])
    if len(modes) == 1:
        small_note(mode_words(modes[0]))
        return modes[0]
    picked = st.segmented_control(
        _("How?"),
        modes,
        default=modes[0],
        required=True,
        format_func=mode_words,
        width="stretch",
        key=f"how-{'-'.join(modes)}",
    )
    return picked or modes[0]


def _book(context: Context, choice: ProgrammeChoice, chosen: Slot | MeetingOffered, mode: Mode) -> None:
    day = chosen.day if isinstance(chosen, Slot) else chosen.meets_on
    taken = save_once(
        f"slot-{_key_of(chosen)}",
        mode,
        lambda fact_id: support.take_slot(
            context.store,
            context.actor,
            choice.programme_id,
            supervisor_id=chosen.supervisor_id,
            day=day,
            start_minute=chosen.start_minute,
            zone=chosen.zone,
            mode=mode,
            now=context.now(),
            fact_id=fact_id,
        ),
    )
    if taken is not None:
        keep_chosen("slot", None)
        say_after_rerun(_("Booked. You can put it into your calendar."))
        st.rerun()


def _trainers(context: Context) -> dict[PersonId, str]:
    rows = ask(context, "own_trainers")
    return {PersonId(row["trainer_no"]): row["name"] for row in rows}


# ---------------------------------------------------------------- please contact me


def _draw_contact(context: Context, choice: ProgrammeChoice) -> None:
    asked = [row for row in ask(context, "own_contacts") if row["answer"] is None]
    hours = choice.programme.head.support.contact_hours
    for row in asked:
        with card(f"asked-{row['contact_id']}"):
            whom = row["asked_name"] or _("any of your trainers")
            words = _("You asked {whom} to contact you: {topic}").format(whom=whom, topic=topic_words(row["topic"]))
            st.markdown(f":material/call: **{plain(words)}**")
            promise = _("The programme promises an answer within {n} hours.").format(n=hours)
            small_note(f"{ago_words(context, row['occurred_at'])}. {promise}")
            if st.button(_("No longer needed"), key=f"withdraw-{row['contact_id']}"):
                _withdraw(context, row["contact_id"])
    label = _("Ask about something else") if asked else _("Please contact me")
    with st.expander(label, icon=":material/call:", key="asking"):
        _draw_asking(context, choice, hours)


def _withdraw(context: Context, contact_id: FactId) -> None:
    done = try_action(lambda: support.withdraw_contact(context.store, context.actor, contact_id, context.now()))
    if done is not None:
        say_after_rerun(_("Taken back."))
        st.rerun()


def _draw_asking(context: Context, choice: ProgrammeChoice, hours: int) -> None:
    small_note(
        _("A trainer sees your name and the subject, nothing else. You hear from them within {n} hours.").format(
            n=hours
        )
    )
    topic = st.selectbox(_("What about?"), list(ContactTopic), format_func=topic_words, key="topic")
    names: dict[PersonId | None, str] = {None: _("Any of my trainers"), **_trainers(context)}
    asked_id = st.selectbox(_("Who?"), list(names), format_func=names.__getitem__, key="asked")
    small_note(_("Are you worried about a child? Do not wait for an answer: call now, see the end of this page."))
    if not once_button("contact", _("Ask to be contacted")):
        return
    wish = save_once(
        "contact",
        f"{topic} {asked_id}",
        lambda fact_id: support.ask_contact(
            context.store,
            context.actor,
            choice.programme_id,
            topic,
            asked_id=asked_id,
            now=context.now(),
            fact_id=fact_id,
        ),
    )
    if wish is not None:
        say_after_rerun(_("Sent. It stands on your trainer's page now."))
        st.rerun()


# ---------------------------------------------------------------- other pages


def _draw_links(context: Context) -> None:
    with st.container(gap=None):
        view_link(context, "my-times", _("When I am free"), icon=":material/schedule:")
        sessions = ask(context, "own_sessions")
        if sessions:
            day = day_text(sessions[0]["meets_on"])
            view_link(
                context, "my-sessions", _("Prepare my session on {day}").format(day=day), icon=":material/checklist:"
            )
        view_link(context, "how-i-am", _("How I am, and how sure I feel"), icon=":material/favorite:")
        view_link(context, "our-group", _("Our group"), icon=":material/diversity_3:")


VIEW = View(frozenset({Office.TRAINEE}), N_("My supervision"), URL, render, ":material/forum:", rank=5)
