"""The planned last day of a cohort: early warnings and the times of keeping run from it."""

from datetime import date
from typing import Any

import streamlit as st

from people.facts import CohortDated, FactId
from people.models import CohortId
from people.service import set_last_day
from web.components import day_text, say_after_rerun, small_note
from web.context import Context
from web.saving import once_button, save_once
from web.texts import _

Row = dict[str, Any]


def draw_last_day(context: Context, cohort: Row) -> None:
    """Draw the last day, and the field that sets or moves it."""
    ends_on: date | None = cohort["ends_on"]
    label = _("Last day: {day}").format(day=day_text(ends_on)) if ends_on else _("No last day is set")
    form = f"last-day-{cohort['cohort_id']}"
    with st.expander(label, icon=":material/event:", key="last-day"):
        small_note(_("With it you are told early who can no longer get there in time. You can move it."))
        day: date | None = st.date_input(
            _("Last day"), value=ends_on, min_value=cohort["starts_on"], key=f"{form}-{ends_on}"
        )
        if once_button(form, _("Set the last day"), is_disabled=day is None or day == ends_on) and day is not None:
            done = save_once(form, day.isoformat(), lambda fact_id: _set(context, cohort, day, fact_id))
            if done is not None:
                say_after_rerun(_("The last day is {day} now.").format(day=day_text(day)))
                st.rerun()


def _set(context: Context, cohort: Row, day: date, fact_id: FactId) -> CohortDated:
    return set_last_day(
        context.store, context.actor, CohortId(cohort["cohort_id"]), day, now=context.now(), fact_id=fact_id
    )
