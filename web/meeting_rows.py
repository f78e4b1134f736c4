"""What pages about meetings share: where a row stands, when it is, why it is called off, a calendar file of it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import streamlit as st

from analytics.week import meeting_state
from assessments.calendar_files import calendar_file, meeting_entry
from assessments.facts import Mode
from assessments.free_times import Slot
from assessments.local_time import DayPart, edge_of
from assessments.meetings import Meeting, MeetingState
from assessments.service import support
from assessments.support import MeetingReason
from people.facts import FactId
from web.components import plain, say_after_rerun, try_action
from web.context import Context
from web.meeting_words import part_words, reason_words, when_words
from web.texts import _
from web.wording import mode_words

Row = dict[str, Any]

OPEN = (MeetingState.OFFERED, MeetingState.BOOKED)


def starts_at(row: Row) -> datetime:
    """Return the instant at which a meeting begins."""
    return edge_of(row["meets_on"], row["start_minute"], row["zone"])


def ends_at(row: Row) -> datetime:
    """Return the instant at which a meeting ends."""
    return starts_at(row) + timedelta(minutes=row["minutes"])


def is_ahead(context: Context, row: Row) -> bool:
    """Return whether a meeting is open and to come."""
    return meeting_state(row) in OPEN and starts_at(row) > context.now()


def is_unclosed(context: Context, row: Row) -> bool:
    """Return whether a meeting has begun and nobody has said what became of it."""
    return meeting_state(row) in OPEN and starts_at(row) <= context.now()


def meeting_words(context: Context, row: Row) -> str:
    """Return when and how a meeting is, such as "Tue 24 Nov, 18:00 · By phone · 45 minutes"."""
    when = when_words(context, row["meets_on"], row["start_minute"], row["zone"])
    minutes = _("{n} minutes").format(n=row["minutes"])
    return " · ".join((when, mode_words(row["mode"]), minutes))


def slot_words(context: Context, slot: Slot, name: str) -> str:
    """Return when a free time is and with whom, such as "Tue 24 Nov, 18:00 · evening · Grace Addo"."""
    parts = [when_words(context, slot.day, slot.start_minute, slot.zone)]
    parts += [part_words(slot.part)] if slot.part is not DayPart.OTHER else []
    return " · ".join([*parts, name])


def list_modes(slots: Sequence[Slot]) -> list[Mode]:
    """Return the ways in which any of the free times can be used alone, in their order."""
    return [mode for mode in Mode if mode is not Mode.GROUP and any(mode in slot.modes for slot in slots)]


# ---------------------------------------------------------------- what was shown


def draw_changed(what: str, known: Collection[str], words: str) -> None:
    """Say `words` when what stood chosen here before is not among what is known now."""
    if st.session_state.get(_chosen_key(what)) not in {None, *known}:
        st.warning(plain(words), icon=":material/update:")


def keep_chosen(what: str, chosen: str | None) -> None:
    """Keep what stands chosen. A click belongs to what was shown: its button bears the same text in its key."""
    st.session_state[_chosen_key(what)] = chosen


def _chosen_key(what: str) -> str:
    return f"chosen-{what}"


# ---------------------------------------------------------------- calling off


_TRAINEE_REASONS = (
    MeetingReason.NO_TIME,
    MeetingReason.WORK,
    MeetingReason.CRECHE,
    MeetingReason.TRAVEL,
    MeetingReason.CONNECTION,
    MeetingReason.MOVED,
    MeetingReason.OTHER,
)
_TRAINER_REASONS = (
    MeetingReason.NO_TIME,
    MeetingReason.WORK,
    MeetingReason.ROOM,
    MeetingReason.INTERPRETER,
    MeetingReason.CONNECTION,
    MeetingReason.MOVED,
    MeetingReason.OTHER,
)


def choose_reason(key: str, *, is_trainee: bool) -> MeetingReason:
    """Draw the choice of a coded reason."""
    codes = _TRAINEE_REASONS if is_trainee else _TRAINER_REASONS
    return MeetingReason(st.selectbox(_("Why?"), codes, format_func=reason_words, key=f"reason-{key}"))


def draw_calling_off(context: Context, meeting_id: FactId, label: str, *, is_trainee: bool, is_booked: bool) -> None:
    """Draw the way out of a meeting: a reason from a list, and a button."""
    with st.expander(label, key=f"leaving-{meeting_id}"):
        reason = choose_reason(str(meeting_id), is_trainee=is_trainee)
        words = _("Call it off") if is_booked or not is_trainee else _("Say no")
        if not st.button(words, key=f"off-{meeting_id}"):
            return
        end = support.cancel_meeting if is_booked or not is_trainee else support.decline_meeting
        if try_action(lambda: end(context.store, context.actor, meeting_id, reason, context.now())) is not None:
            say_after_rerun(_("It is off. The other person sees it."))
            st.rerun()


# ---------------------------------------------------------------- calendars


def draw_calendar_button(meeting: Meeting, name: str, label: str) -> None:
    """Draw the button that gives a meeting to the phone's calendar."""
    summary = _("Supervision with {name}").format(name=name)
    entry = meeting_entry(meeting, summary, mode_words(meeting.offered.mode))
    st.download_button(
        label,
        calendar_file([entry], _("Supervision")),
        file_name="supervision.ics",
        mime="text/calendar",
        icon=":material/event:",
        on_click="ignore",
        width="stretch",
        key=f"calendar-{meeting.meeting_id}",
    )


def draw_meeting_head(context: Context, row: Row, who: str) -> None:
    """Draw with whom a meeting is, and when and how."""
    st.markdown(f"**{plain(who)}**  \n{plain(meeting_words(context, row))}")
