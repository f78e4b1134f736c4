"""The training lead records that a trainer's eye was checked: a passed calibration lets their observations count."""

from typing import Any

import streamlit as st

from assessments.service import learning
from people.rights import Record, Right
from web.components import card, day_text, empty_state, plain, small_note
from web.context import Context, ProgrammeChoice
from web.memory import ask
from web.saving import once_button, save_and_say
from web.texts import _
from web.views.manager.hubs import list_hubs
from web.views.trainer.choosing import person_of

Row = dict[str, Any]


def draw_calibration(context: Context) -> None:
    """Draw the observers of the lead's hubs and the form for one of them."""
    choice = context.choice
    if choice is None:
        empty_state(_("No programme is live here yet"), _("Put one into use first, under Programme."))
        return
    observers = _list_observers(context, choice)
    if not observers:
        empty_state(_("There are no trainers to check yet"), _("Give somebody the office trainer first."))
        return
    with card("calibration"):
        small_note(_("Trainers rate the same examples and compare. Record here who passed, and when."))
        row = _choose_observer(observers)
        is_passed = st.segmented_control(
            _("Result"),
            [True, False],
            default=True,
            required=True,
            format_func=lambda passed: _("Passed") if passed else _("Not yet"),
            width="stretch",
        )
        day = st.date_input(_("On which day?"), value=context.today(), max_value=context.today(), key="calibrated-on")
        if once_button("calibration", _("Save the calibration")):
            save_and_say(
                "calibration",
                f"{row['person_no']} {choice.programme_id} {is_passed} {day}",
                lambda fact_id: learning.record_calibration(
                    context.store,
                    context.actor,
                    person_of(row),
                    choice.programme_id,
                    bool(is_passed),
                    taken_on=day,
                    now=context.now(),
                    fact_id=fact_id,
                ),
            )


def _choose_observer(observers: list[Row]) -> Row:
    names = [str(row["name"]) for row in observers]
    row = observers[st.selectbox(_("Whose eye was checked?"), range(len(names)), format_func=names.__getitem__)]
    last = row["calibrated_on"]
    words = _("Last passed on {day}").format(day=day_text(last)) if last else _("Not passed yet: nothing counts.")
    st.markdown(plain(words))
    return row


def _list_observers(context: Context, choice: ProgrammeChoice) -> list[Row]:
    """Return the trainers of all the hubs where the acting person looks after raters, but themselves; each once."""
    found = [
        row
        for hub in list_hubs(context, Right.WRITE, Record.RATER)
        for row in ask(context, "hub_observers", hub=hub, programme_id=choice.programme_id)
    ]
    by_person = {row["person_no"]: row for row in found if row["person_no"] != context.actor.person_id}
    return sorted(by_person.values(), key=lambda row: row["name"])
