"""The register of a taught session: who was there, several people at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from assessments.facts import Attendance, Presence
from assessments.service import learning
from curriculum.models import Programme, TrainingSession
from people.models import PersonId
from web.components import card, day_text, empty_state, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.texts import _, ngettext
from web.views.trainer.choosing import choose_day, choose_programme, person_of
from web.wording import presence_words

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is marked for one person."""

    person_id: PersonId
    name: str
    presence: Presence
    minutes: int


def draw_register(context: Context, trainees: list[Row]) -> None:
    """Draw the register of one session."""
    programme, people = choose_programme(context, trainees)
    sessions = programme.head.sessions
    if not sessions:
        empty_state(_("No training sessions"), _("This programme has none."))
        return
    with card("register"):
        titles = {session.id: session.title for session in sessions}
        session = st.selectbox(_("Which session?"), sessions, format_func=lambda one: titles[one.id])
        day, late_reason = choose_day(context, "register")
        if st.button(_("All were present"), icon=":material/done_all:", key=f"all-present-{session.id}"):
            for row in people:
                st.session_state[_presence_key(session, row)] = Presence.PRESENT
        before = _read_register(context, programme, session)
        drawn = [_draw_mark(row, session, before.get(row["person_no"])) for row in people]
        marks = [mark for mark in drawn if mark is not None]
        if st.button(_("Save the register"), type="primary", width="stretch"):
            _save(context, programme, session, marks, day=day, late_reason=late_reason)


def _read_register(context: Context, programme: Programme, session: TrainingSession) -> dict[int, Row]:
    rows = ask(context, "assigned_attendance", programme_id=programme.head.id, session_id=session.id)
    return {row["person_no"]: row for row in rows}


def _presence_key(session: TrainingSession, row: Row) -> str:
    return f"presence-{session.id}-{row['person_no']}"


def _draw_mark(row: Row, session: TrainingSession, before: Row | None) -> _Mark | None:
    """Draw one person's line of the register, with what stands there; None means not marked."""
    st.markdown(f"**{plain(row['name'])}**")
    if before is not None:
        words = _("Recorded: {presence}, {day}")
        small_note(words.format(presence=presence_words(before["presence"]), day=day_text(before["day"])))
    presence = st.segmented_control(
        str(row["name"]),
        list(Presence),
        format_func=presence_words,
        key=_presence_key(session, row),
        label_visibility="collapsed",
        width="stretch",
    )
    if presence is None:
        return None
    minutes = 0 if presence == Presence.ABSENT else _ask_minutes(row, session)
    return _Mark(person_of(row), str(row["name"]), presence, minutes)


def _ask_minutes(row: Row, session: TrainingSession) -> int:
    label = _("Minutes of {name}").format(name=row["name"])
    key = f"minutes-{session.id}-{row['person_no']}"
    return int(st.number_input(label, 0, 1440, session.minutes, step=5, key=key))


def _save(
    context: Context,
    programme: Programme,
    session: TrainingSession,
    marks: list[_Mark],
    *,
    day: date,
    late_reason: str,
) -> None:
    if not marks:
        st.warning(_("Mark at least one person first."))
        return

    def record(mark: _Mark) -> Attendance:
        return learning.record_attendance(
            context.store,
            context.actor,
            mark.person_id,
            programme.head.id,
            session.id,
            presence=mark.presence,
            minutes=mark.minutes,
            held_on=day,
            now=context.now(),
            late_reason=late_reason,
        )

    for n_saved, mark in enumerate(marks):
        if try_action(lambda mark=mark: record(mark)) is None:
            _say_where_it_stopped(mark.name, n_saved)
            return
    say_after_rerun(ngettext("Saved for {n} person.", "Saved for {n} people.", len(marks)).format(n=len(marks)))
    st.rerun()


def _say_where_it_stopped(name: str, n_saved: int) -> None:
    saved = ngettext("{n} person is saved.", "{n} people are saved.", n_saved).format(n=n_saved)
    st.markdown(plain(_("It stopped at {name}. {saved}").format(name=name, saved=saved)))
