"""Lines on *Next* about support: an offer to answer, a meeting that is near, a session to prepare."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import streamlit as st

from analytics.week import sessions_of
from curriculum.ids import ProgrammeId
from web.components import plain, view_link
from web.context import Context
from web.meeting_rows import is_ahead, meeting_words, starts_at
from web.meeting_words import when_words
from web.memory import ask
from web.texts import _
from web.views.trainee.choosing import Offer
from web.wording import mode_words

Row = dict[str, Any]

_SOON_GONE: Final = timedelta(days=3)
"""An offer is the first thing to do when it goes by so soon."""

_NEAR: Final = timedelta(days=4)
_PREPARE: Final = timedelta(days=7)


def list_ahead(context: Context) -> list[Row]:
    """Return the meetings of the person that are offered or agreed and to come, the first of them first."""
    rows = ask(context, "own_meetings")
    return sorted((row for row in rows if is_ahead(context, row)), key=starts_at)


def find_offer(context: Context, ahead: Sequence[Row], programme_id: ProgrammeId) -> tuple[Row, Offer] | None:
    """Return the first meeting in a programme that waits for an answer."""
    row = next((row for row in ahead if not row["is_booked"] and row["programme_id"] == programme_id), None)
    if row is None:
        return None
    is_near = starts_at(row) - context.now() <= _SOON_GONE
    return row, Offer(row["supervisor_name"], meeting_words(context, row), is_near)


def draw_support_lines(context: Context, ahead: Sequence[Row]) -> None:
    """Draw what is offered or near; nothing when there is nothing."""
    for row in ahead:
        if not row["is_booked"]:
            words = _("{name} offers you a meeting: {when}").format(
                name=row["supervisor_name"], when=_when(context, row)
            )
            _draw_line(context, ":violet[:material/event_available:]", words, "my-supervision", _("Answer"))
        elif starts_at(row) - context.now() <= _NEAR:
            how = mode_words(row["mode"])
            words = _("You meet {name}: {when}").format(
                name=row["supervisor_name"], when=f"{_when(context, row)}, {how}"
            )
            _draw_line(context, ":violet[:material/event:]", words, "my-supervision", _("Look"))
    until = context.today() + _PREPARE
    for session in sessions_of(ask(context, "own_sessions")):
        if session.day <= until:
            when = when_words(context, session.day, session.start_minute, context.zone.key)
            words = _("You lead {code}: {when}").format(code=session.code, when=when)
            _draw_line(context, ":violet[:material/checklist:]", words, "my-sessions", _("Prepare"))


def _when(context: Context, row: Row) -> str:
    return when_words(context, row["meets_on"], row["start_minute"], row["zone"])


def _draw_line(context: Context, icon: str, words: str, url: str, label: str) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(f"{icon} {plain(words)}", width="stretch")
        view_link(context, url, label)
