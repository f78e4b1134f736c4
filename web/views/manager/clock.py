"""A trainee's time in a programme: whether it runs, since when, and what may follow."""

from typing import Any

import streamlit as st

from curriculum.ids import ProgrammeId
from people import service
from people.facts import ClockChange, ClockReason
from people.models import PersonId
from people.service.clock import FOLLOWS, REASONS
from web.components import day_text, say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import _
from web.wording import clock_reason_words, clock_words

Row = dict[str, Any]
"""A row of `cohorts_people`."""


def clock_line(row: Row) -> str:
    """Return whether a person's time runs, since when, and why not, as people read it."""
    if row["clock"] == ClockChange.RESUMED:
        return _("in training since {day}").format(day=day_text(row["joined_on"]))
    words = clock_words(row["clock"])
    reason = clock_reason_words(row["clock_reason"]) if row["clock_reason"] in set(ClockReason) else ""
    since = _("{what} since {day}").format(what=words, day=day_text(row["clock_on"]))
    return f"{since} · {reason}" if reason else since


def moving_line(row: Row) -> str:
    """Return that the person has agreed to move to another hub; empty when they have not."""
    return _("wants to move to {hub}, which has to take them in").format(hub=row["moves_to"]) if row["moves_to"] else ""


def _change_words(change: ClockChange) -> str:
    return {
        ClockChange.PAUSED: _("Pauses"),
        ClockChange.RESUMED: _("Is back"),
        ClockChange.WITHDRAWN: _("Leaves the programme"),
    }[change]


def _effect_words(change: ClockChange) -> str:
    return {
        ClockChange.PAUSED: _("The days do not count towards supervision that is due. A certificate ages on."),
        ClockChange.RESUMED: _("The clock of supervision runs again from today."),
        ClockChange.WITHDRAWN: _("They still see their own record, and come back by being put into a cohort again."),
    }[change]


def draw_clock(context: Context, row: Row) -> None:
    """Draw what may follow from how things are; nothing for somebody who has left."""
    changes = FOLLOWS[ClockChange(row["clock"])]
    if not changes:
        return
    key = f"{row['person_no']}-{row['programme_id']}"
    with st.popover(_("Change"), key=f"clock-{key}"):
        change = st.radio(_("What happens?"), changes, format_func=_change_words, key=f"change-{key}-{row['clock']}")
        small_note(_effect_words(change))
        reasons = REASONS[change]
        reason = st.selectbox(_("Why?"), reasons, format_func=clock_reason_words, key=f"reason-{key}-{change}")
        small_note(_("Nothing is lost: what was done stays on record."))
        if st.button(_("Save"), type="primary", key=f"save-clock-{key}"):
            _save(context, row, change, reason)


def _save(context: Context, row: Row, change: ClockChange, reason: ClockReason) -> None:
    saved = try_action(
        lambda: service.change_clock(
            context.store,
            context.actor,
            PersonId(row["person_no"]),
            ProgrammeId(row["programme_id"]),
            change=change,
            reason=reason,
            now=context.now(),
        )
    )
    if saved is not None:
        say_after_rerun(_("Saved: {name}, {what}.").format(name=row["name"], what=clock_words(change)))
        st.rerun()
