"""The training lead records that a trainer's eye was checked: a passed calibration lets their observations count."""

from typing import Any

import streamlit as st

from assessments.service import learning
from people.models import Office, PersonId
from web.components import card, day_text, empty_state, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import _

Row = dict[str, Any]


def draw_calibration(context: Context, _trainees: list[Row]) -> None:
    """Draw the observers of the lead's hubs and the form for one of them."""
    choice = context.choice
    if choice is None:
        empty_state(_("No programme is live here yet"), _("Put one into use first, under Programme."))
        return
    observers = [row for row in _list_observers(context, choice.programme_id) if _is_other(context, row)]
    if not observers:
        empty_state(_("There are no trainers to check yet"), _("Give somebody the office trainer first."))
        return
    with card("calibration"):
        small_note(_("Trainers rate the same examples and compare. Record here who passed, and when."))
        names = [str(row["name"]) for row in observers]
        row = observers[st.selectbox(_("Whose eye was checked?"), range(len(names)), format_func=names.__getitem__)]
        last = row["calibrated_on"]
        st.markdown(
            plain(
                _("Last passed on {day}").format(day=day_text(last)) if last else _("Not passed yet: nothing counts.")
            )
        )
        is_passed = st.segmented_control(
            _("Result"),
            [True, False],
            default=True,
            required=True,
            format_func=lambda passed: _("Passed") if passed else _("Not yet"),
            width="stretch",
        )
        day = st.date_input(_("On which day?"), value=context.today(), max_value=context.today(), key="calibrated-on")
        if st.button(_("Save the calibration"), type="primary", width="stretch"):
            done = try_action(
                lambda: learning.record_calibration(
                    context.store,
                    context.actor,
                    PersonId(row["person_no"]),
                    choice.programme_id,
                    bool(is_passed),
                    taken_on=day,
                    now=context.now(),
                )
            )
            if done is not None:
                say_after_rerun(_("Saved."))
                st.rerun()


def _list_observers(context: Context, programme_id: str) -> list[Row]:
    hubs = [grant.hub_id for grant in context.actor.grants if grant.office == Office.TRAINING_LEAD and grant.hub_id]
    found = [
        row
        for hub in hubs
        for row in context.store.query("hub_observers", context.actor, hub=hub, programme_id=programme_id)
    ]
    return list({row["person_no"]: row for row in found}.values())


def _is_other(context: Context, row: Row) -> bool:
    return bool(row["person_no"] != context.actor.person_id)
