"""*Record*: what happened outside the app, so that every gate can be met by hand."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from assessments.facts import Mode
from assessments.service import learning
from people.models import Office
from web.components import card, empty_state, page_head, plain
from web.context import Context
from web.memory import ask
from web.saving import once_button, save_and_say
from web.texts import N_, _
from web.view import View
from web.views.trainer.calibration import draw_calibration
from web.views.trainer.choosing import choose_day, choose_trainee, person_of, programme_of
from web.views.trainer.groups import draw_delivered, draw_feedback, list_asked
from web.views.trainer.register import draw_register
from web.views.trainer.sitting import draw_sittings, has_watched_quizzes
from web.wording import mode_words

Row = dict[str, Any]


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Record"), note=_("Dates and counts only. Nothing about a family is written here."))
    is_trainer = context.actor.holds(Office.TRAINER)
    trainees = ask(context, "assigned_trainees") if is_trainer else []
    kinds: dict[str, tuple[str, Callable[[Context, list[Row]], None]]] = {}
    if trainees:
        kinds |= {
            "register": (_("Register"), draw_register),
            "supervision": (_("Supervision"), _draw_supervision),
            "certificate": (_("Certificate"), _draw_certificate),
            "before": (_("Before start"), _draw_prerequisite),
        }
    if has_watched_quizzes(context):
        kinds["sitting"] = (_("Watched quiz"), lambda context, _trainees: draw_sittings(context))
    if list_asked(context, trainees, "groups_delivered"):
        kinds["group"] = (_("Whole group"), draw_delivered)
    if list_asked(context, trainees, "participant_summary"):
        kinds["feedback"] = (_("Feedback"), draw_feedback)
    if context.actor.holds(Office.TRAINING_LEAD):
        kinds["calibration"] = (_("Calibration"), lambda context, _trainees: draw_calibration(context))
    if not kinds:
        empty_state(_("You have no trainees yet"), _("Ask the programme manager to give you some."))
        return
    kind = _choose_kind({name: title for name, (title, _draw) in kinds.items()})
    kinds[kind][1](context, trainees)


def _choose_kind(titles: dict[str, str]) -> str:
    """Draw the choice of what happened; the address keeps it."""
    names = list(titles)
    asked = st.query_params.get("what", "")
    first = asked if asked in names else names[0]
    chosen = st.pills(
        _("What happened?"), names, default=first, required=True, format_func=titles.__getitem__, key="what-happened"
    )
    st.query_params["what"] = chosen or first
    return chosen or first


def _draw_supervision(context: Context, trainees: list[Row]) -> None:
    with card("supervision"):
        row = choose_trainee(context, trainees, _("Who?"), "supervision")
        day, late_reason = choose_day(context, "supervision")
        mode = st.segmented_control(
            _("How?"), list(Mode), default=Mode.IN_PERSON, required=True, format_func=mode_words, width="stretch"
        )
        minutes = int(st.number_input(_("Minutes"), 1, 1440, 45, step=5))
        if once_button("supervision", _("Save the meeting")):
            save_and_say(
                "supervision",
                f"{row['person_no']} {row['programme_id']} {day} {mode} {minutes} {late_reason}",
                lambda fact_id: learning.record_supervision(
                    context.store,
                    context.actor,
                    person_of(row),
                    row["programme_id"],
                    minutes,
                    mode=mode or Mode.IN_PERSON,
                    held_on=day,
                    now=context.now(),
                    late_reason=late_reason,
                    fact_id=fact_id,
                ),
            )


def _draw_certificate(context: Context, trainees: list[Row]) -> None:
    with card("certificate"):
        row = choose_trainee(context, trainees, _("Who?"), "certificate")
        head = programme_of(context, row).head
        if not head.certificates:
            st.markdown(_("This programme asks for none."))
            return
        titles = {kind.id: kind.title for kind in head.certificates}
        kind_id = st.selectbox(_("Which certificate did you see?"), list(titles), format_func=titles.__getitem__)
        issued = st.date_input(_("Issued on"), value=context.today(), max_value=context.today(), key="issued")
        expires = st.date_input(_("Valid until"), value=None, key="expires", max_value=date(2100, 1, 1))
        st.markdown(f":gray[{_('Only the dates are kept. Nothing is uploaded.')}]")
        is_clicked = once_button("certificate", _("Save the certificate"), is_disabled=expires is None)
        if is_clicked and expires is not None:
            save_and_say(
                "certificate",
                f"{row['person_no']} {kind_id} {issued} {expires}",
                lambda fact_id: learning.record_certificate(
                    context.store,
                    context.actor,
                    person_of(row),
                    kind_id,
                    issued,
                    expires_on=expires,
                    now=context.now(),
                    programme_id=head.id,
                    fact_id=fact_id,
                ),
            )


def _draw_prerequisite(context: Context, trainees: list[Row]) -> None:
    with card("prerequisite"):
        row = choose_trainee(context, trainees, _("Who?"), "prerequisite")
        head = programme_of(context, row).head
        if not head.prerequisites:
            st.markdown(_("This programme asks for nothing before the start."))
            return
        things = {thing.id: thing for thing in head.prerequisites}
        thing_id = st.selectbox(_("What have you seen?"), list(things), format_func=lambda id_: things[id_].title)
        if things[thing_id].explain:
            st.markdown(f":gray[{plain(things[thing_id].explain)}]")
        day, late_reason = choose_day(context, "prerequisite")
        if once_button("prerequisite", _("Save")):
            save_and_say(
                "prerequisite",
                f"{row['person_no']} {head.id} {thing_id} {day} {late_reason}",
                lambda fact_id: learning.record_prerequisite(
                    context.store,
                    context.actor,
                    person_of(row),
                    head.id,
                    thing_id,
                    seen_on=day,
                    now=context.now(),
                    late_reason=late_reason,
                    fact_id=fact_id,
                ),
            )


VIEW = View(
    frozenset({Office.TRAINER, Office.TRAINING_LEAD}),
    N_("Record"),
    "record",
    render,
    ":material/edit_calendar:",
    rank=3,
)
