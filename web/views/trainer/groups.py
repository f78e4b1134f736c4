"""Whole groups: who led one to its end, and what its people said of it, as a mean and a number only."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from assessments.service import learning
from assessments.service.observations import CODE_MAX
from people.ids import derived_fact_id
from people.models import PersonId
from web.components import card, small_note
from web.context import Context
from web.saving import once_button, save_and_say
from web.texts import _
from web.views.trainer.choosing import choose_day, choose_programme, person_of, programme_of

Row = dict[str, Any]


def list_asked(context: Context, trainees: Sequence[Row], kind: str) -> list[Row]:
    """Return the trainees whose programme has a gate of the kind for their role."""
    return [
        row
        for row in trainees
        if any(gate.kind == kind for gate in programme_of(context, row).gates_of(row["role_id"]))
    ]


def draw_delivered(context: Context, trainees: list[Row]) -> None:
    """Draw the form for a group that was led to its end."""
    programme, people = choose_programme(context, list_asked(context, trainees, "groups_delivered"))
    with card("delivered"):
        leaders = _choose_leaders(people, "delivered")
        code = _ask_code("delivered")
        day, late_reason = choose_day(context, "delivered")
        small_note(_("The day of its last session. The same group counts once for each leader."))
        if once_button("delivered", _("Save the group"), is_disabled=not leaders):
            save_and_say(
                "delivered",
                f"{leaders} {programme.head.id} {code} {day} {late_reason}",
                lambda fact_id: [
                    learning.record_group_delivered(
                        context.store,
                        context.actor,
                        person_id,
                        programme.head.id,
                        code,
                        held_on=day,
                        now=context.now(),
                        late_reason=late_reason,
                        fact_id=derived_fact_id(fact_id, f"leader/{person_id}"),
                    )
                    for person_id in leaders
                ],
            )


def draw_feedback(context: Context, trainees: list[Row]) -> None:
    """Draw the form for what a group's people said."""
    programme, people = choose_programme(context, list_asked(context, trainees, "participant_summary"))
    with card("feedback"):
        leaders = _choose_leaders(people, "feedback")
        code = _ask_code("feedback")
        mean = st.number_input(_("Mean of the answers, 1 to 5"), 1.0, 5.0, None, step=0.1, format="%.2f", key="mean")
        n_answers = st.number_input(_("How many answered?"), 1, 1000, None, step=1, key="n-answers")
        day = st.date_input(_("On which day?"), value=context.today(), max_value=context.today(), key="feedback-on")
        small_note(_("Only the mean and the number are kept: no words, no names. A new entry replaces the old one."))
        is_filled = bool(leaders) and mean is not None and n_answers is not None
        is_clicked = once_button("feedback", _("Save the feedback"), is_disabled=not is_filled)
        if is_clicked and mean is not None and n_answers is not None:
            save_and_say(
                "feedback",
                f"{leaders} {programme.head.id} {code} {mean} {n_answers} {day}",
                lambda fact_id: [
                    learning.record_participant_summary(
                        context.store,
                        context.actor,
                        person_id,
                        programme.head.id,
                        code,
                        mean_hundredths=round(mean * 100),
                        n_answers=int(n_answers),
                        held_on=day,
                        now=context.now(),
                        fact_id=derived_fact_id(fact_id, f"leader/{person_id}"),
                    )
                    for person_id in leaders
                ],
            )


def _choose_leaders(people: Sequence[Row], key: str) -> list[PersonId]:
    names = {person_of(row): str(row["name"]) for row in people}
    asked = st.query_params.get("person")
    first = [number for number in names if str(number) == asked]
    return st.multiselect(
        _("Who led it?"),
        list(names),
        default=first,
        format_func=names.__getitem__,
        key=f"leaders-{key}-{asked}",
        placeholder=_("Choose one or more"),
    )


def _ask_code(key: str) -> str:
    help_text = _("A code, such as “RIV-A spring”. No names.")
    return st.text_input(_("Code of the group"), max_chars=CODE_MAX, key=f"group-{key}", help=help_text)
