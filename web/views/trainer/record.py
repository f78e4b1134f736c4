"""*Record*: what happened outside the app, so that every gate can be met by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from assessments.facts import Mode, Presence
from assessments.reasons import LateReason
from assessments.service import learning
from curriculum.ids import ProgrammeId
from curriculum.models import CertificateKind, Prerequisite, Programme, TrainingSession
from people.models import Office, PersonId
from web.components import card, empty_state, page_head, plain, say_after_rerun, try_action
from web.context import Context
from web.texts import N_, _, ngettext
from web.view import View
from web.views.trainer.calibration import draw_calibration
from web.wording import mode_words, presence_words

Row = dict[str, Any]


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Record"), note=_("Dates and counts only. Nothing about a family is written here."))
    is_trainer = context.actor.holds(Office.TRAINER)
    trainees = context.store.query("assigned_trainees", context.actor) if is_trainer else []
    kinds: dict[str, tuple[str, Callable[[Context, list[Row]], None]]] = {}
    if trainees:
        kinds |= {
            "register": (_("Register"), _draw_register),
            "supervision": (_("Supervision"), _draw_supervision),
            "certificate": (_("Certificate"), _draw_certificate),
            "before": (_("Before start"), _draw_prerequisite),
        }
    if context.actor.holds(Office.TRAINING_LEAD):
        kinds["calibration"] = (_("Calibration"), draw_calibration)
    if not kinds:
        empty_state(_("You have no trainees yet"), _("Ask the programme manager to give you some."))
        return
    kind = st.pills(
        _("What happened?"),
        list(kinds),
        default=next(iter(kinds)),
        required=True,
        format_func=lambda name: kinds[name][0],
        key="what",
        bind="query-params",
    )
    kinds[kind or next(iter(kinds))][1](context, trainees)


# ---------------------------------------------------------------- shared choices


def _choose_programme(context: Context, trainees: list[Row]) -> tuple[Programme, list[Row]]:
    """Return a programme and the trainees in it; ask only when there are several."""
    ids = list(dict.fromkeys(row["programme_id"] for row in trainees))
    newest = {row["programme_id"]: context.store.programme(row["programme_id"], row["version_no"]) for row in trainees}
    chosen = (
        ids[0] if len(ids) == 1 else st.selectbox(_("Programme"), ids, format_func=lambda id_: newest[id_].head.title)
    )
    return newest[chosen], [row for row in trainees if row["programme_id"] == chosen]


def _choose_trainee(trainees: list[Row], key: str) -> Row:
    asked = st.query_params.get("person")
    index = next((i for i, row in enumerate(trainees) if str(row["person_no"]) == asked), 0)
    names = [str(row["name"]) for row in trainees]
    return trainees[
        st.selectbox(_("Who?"), range(len(trainees)), index=index, format_func=names.__getitem__, key=f"who-{key}")
    ]


def _choose_day(context: Context, key: str) -> tuple[date, str]:
    """Return the day it happened, and the coded reason when that is long ago."""
    day = st.date_input(_("On which day?"), value=context.today(), max_value=context.today(), key=f"day-{key}")
    if (context.today() - day).days <= _LATE_DAYS:
        return day, ""
    reasons = {
        LateReason.PAPER_RECORD: _("It was kept on paper"),
        LateReason.NO_CONNECTION: _("There was no connection"),
        LateReason.MOVED_HUB: _("The person moved here"),
        LateReason.FORGOTTEN: _("It was forgotten"),
    }
    reason = st.selectbox(
        _("That is long ago. Why only now?"), list(reasons), format_func=lambda code: reasons[code], key=f"late-{key}"
    )
    return day, reason.value


_LATE_DAYS = 60


def _say(done: object) -> None:
    if done is not None:
        say_after_rerun(_("Saved."))
        st.rerun()


# ---------------------------------------------------------------- the register


def _draw_register(context: Context, trainees: list[Row]) -> None:
    programme, people = _choose_programme(context, trainees)
    sessions = programme.head.sessions
    if not sessions:
        empty_state(_("No training sessions"), _("This programme has none."))
        return
    with card("register"):
        titles = {session.id: session.title for session in sessions}
        session = st.selectbox(_("Which session?"), sessions, format_func=lambda one: titles[one.id])
        day, late_reason = _choose_day(context, "register")
        if st.button(_("All were present"), icon=":material/done_all:", key=f"all-present-{session.id}"):
            for row in people:
                st.session_state[_presence_key(session, row)] = Presence.PRESENT
        marks = {row["person_no"]: _mark(row, session) for row in people}
        if st.button(_("Save the register"), type="primary", width="stretch"):
            _save_register(context, programme, session, marks, day=day, late_reason=late_reason)


def _presence_key(session: TrainingSession, row: Row) -> str:
    return f"presence-{session.id}-{row['person_no']}"


def _mark(row: Row, session: TrainingSession) -> tuple[Presence | None, int]:
    """Draw one person's line of the register; None means not marked."""
    st.markdown(f"**{plain(row['name'])}**")
    key = f"{session.id}-{row['person_no']}"
    presence = st.segmented_control(
        str(row["name"]),
        list(Presence),
        format_func=presence_words,
        key=_presence_key(session, row),
        label_visibility="collapsed",
        width="stretch",
    )
    if presence is None or presence == Presence.ABSENT:
        return presence, 0
    label = _("Minutes of {name}").format(name=row["name"])
    minutes = st.number_input(label, 0, 1440, session.minutes, step=5, key=f"minutes-{key}")
    return presence, int(minutes)


def _save_register(
    context: Context,
    programme: Programme,
    session: TrainingSession,
    marks: dict[int, tuple[Presence | None, int]],
    *,
    day: date,
    late_reason: str,
) -> None:
    marked = {number: mark for number, mark in marks.items() if mark[0] is not None}
    if not marked:
        st.warning(_("Mark at least one person first."))
        return
    saved = [
        try_action(
            lambda number=number, presence=presence, minutes=minutes: learning.record_attendance(
                context.store,
                context.actor,
                PersonId(number),
                programme.head.id,
                session.id,
                presence=presence,
                minutes=minutes,
                held_on=day,
                now=context.now(),
                late_reason=late_reason,
            )
        )
        for number, (presence, minutes) in marked.items()
        if presence is not None
    ]
    if all(one is not None for one in saved):
        n = len(saved)
        say_after_rerun(ngettext("Saved for {n} person.", "Saved for {n} people.", n).format(n=n))
        st.rerun()


# ---------------------------------------------------------------- supervision, certificate, prerequisite


def _draw_supervision(context: Context, trainees: list[Row]) -> None:
    with card("supervision"):
        row = _choose_trainee(trainees, "supervision")
        day, late_reason = _choose_day(context, "supervision")
        mode = st.segmented_control(
            _("How?"), list(Mode), default=Mode.IN_PERSON, required=True, format_func=mode_words, width="stretch"
        )
        minutes = st.number_input(_("Minutes"), 1, 1440, 45, step=5)
        if st.button(_("Save the meeting"), type="primary", width="stretch"):
            _say(
                try_action(
                    lambda: learning.record_supervision(
                        context.store,
                        context.actor,
                        PersonId(row["person_no"]),
                        ProgrammeId(row["programme_id"]),
                        int(minutes),
                        mode=mode or Mode.IN_PERSON,
                        held_on=day,
                        now=context.now(),
                        late_reason=late_reason,
                    )
                )
            )


def _draw_certificate(context: Context, trainees: list[Row]) -> None:
    with card("certificate"):
        row = _choose_trainee(trainees, "certificate")
        programme = context.store.programme(row["programme_id"], row["version_no"])
        kinds: tuple[CertificateKind, ...] = programme.head.certificates
        if not kinds:
            st.markdown(_("This programme asks for none."))
            return
        titles = {kind.id: kind.title for kind in kinds}
        kind = st.selectbox(_("Which certificate did you see?"), kinds, format_func=lambda one: titles[one.id])
        issued = st.date_input(_("Issued on"), value=context.today(), max_value=context.today(), key="issued")
        expires = st.date_input(_("Valid until"), value=None, key="expires", max_value=date(2100, 1, 1))
        st.markdown(f":gray[{_('Only the dates are kept. Nothing is uploaded.')}]")
        if st.button(_("Save the certificate"), type="primary", width="stretch", disabled=expires is None) and expires:
            _say(
                try_action(
                    lambda: learning.record_certificate(
                        context.store,
                        context.actor,
                        PersonId(row["person_no"]),
                        kind.id,
                        issued,
                        expires_on=expires,
                        now=context.now(),
                        programme_id=programme.head.id,
                    )
                )
            )


def _draw_prerequisite(context: Context, trainees: list[Row]) -> None:
    with card("prerequisite"):
        row = _choose_trainee(trainees, "prerequisite")
        programme = context.store.programme(row["programme_id"], row["version_no"])
        things: tuple[Prerequisite, ...] = programme.head.prerequisites
        if not things:
            st.markdown(_("This programme asks for nothing before the start."))
            return
        titles = {thing.id: thing.title for thing in things}
        thing = st.selectbox(_("What have you seen?"), things, format_func=lambda one: titles[one.id])
        if thing.explain:
            st.markdown(f":gray[{plain(thing.explain)}]")
        day, late_reason = _choose_day(context, "prerequisite")
        if st.button(_("Save"), type="primary", width="stretch"):
            _say(
                try_action(
                    lambda: learning.record_prerequisite(
                        context.store,
                        context.actor,
                        PersonId(row["person_no"]),
                        programme.head.id,
                        thing.id,
                        seen_on=day,
                        now=context.now(),
                        late_reason=late_reason,
                    )
                )
            )


VIEW = View(
    frozenset({Office.TRAINER, Office.TRAINING_LEAD}),
    N_("Record"),
    "record",
    render,
    ":material/edit_calendar:",
    rank=3,
)
