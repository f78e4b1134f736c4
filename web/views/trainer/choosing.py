"""What several forms of a trainer ask first: whom it is about, in which programme, and on which day it was."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from assessments.reasons import LateReason
from assessments.service.dates import FREE_DAYS
from curriculum.models import Programme
from people.models import PersonId
from web.context import Context
from web.texts import _

Row = dict[str, Any]


def address_of(row: Row) -> dict[str, str]:
    """Return the parameters by which a page's address names a trainee in a programme."""
    return {"person": str(row["person_no"]), "in": row["programme_id"]}


def find_asked(trainees: Sequence[Row]) -> Row | None:
    """Return the trainee whom the address names, in the programme that it names, if it names one."""
    person, programme_id = st.query_params.get("person"), st.query_params.get("in")
    named = [row for row in trainees if str(row["person_no"]) == person]
    return next((row for row in named if programme_id in (None, row["programme_id"])), None)


def choose_trainee(context: Context, trainees: Sequence[Row], label: str, key: str) -> Row:
    """Draw the choice of a trainee, beginning with whom the address names."""
    asked = find_asked(trainees)
    names = [_name(context, row, trainees) for row in trainees]
    return trainees[
        st.selectbox(
            label,
            range(len(trainees)),
            index=trainees.index(asked) if asked else 0,
            format_func=names.__getitem__,
            key=f"who-{key}-{address_of(asked) if asked else ''}",
        )
    ]


def _name(context: Context, row: Row, trainees: Sequence[Row]) -> str:
    """Return the name, with the programme where there are several."""
    if len({one["programme_id"] for one in trainees}) == 1:
        return str(row["name"])
    return f"{row['name']} ({programme_of(context, row).head.title})"


def programme_of(context: Context, row: Row) -> Programme:
    """Return the programme in the version that the trainee's enrolment is pinned to."""
    return context.store.programme(row["programme_id"], row["version_no"])


def choose_programme(context: Context, trainees: Sequence[Row]) -> tuple[Programme, list[Row]]:
    """Return a programme and the trainees in it; ask only when there are several."""
    newest = {row["programme_id"]: programme_of(context, row) for row in trainees}
    ids = list(newest)
    chosen = (
        ids[0] if len(ids) == 1 else st.selectbox(_("Programme"), ids, format_func=lambda id_: newest[id_].head.title)
    )
    return newest[chosen], [row for row in trainees if row["programme_id"] == chosen]


def choose_day(context: Context, key: str) -> tuple[date, str]:
    """Return the day it happened, and the coded reason when that is long ago; empty while none is chosen."""
    day = st.date_input(_("On which day?"), value=context.today(), max_value=context.today(), key=f"day-{key}")
    if (context.today() - day).days <= FREE_DAYS:
        return day, ""
    reasons = {
        LateReason.PAPER_RECORD: _("It was kept on paper"),
        LateReason.NO_CONNECTION: _("There was no connection"),
        LateReason.MOVED_HUB: _("The person moved here"),
        LateReason.FORGOTTEN: _("It was forgotten"),
    }
    label = _("That is long ago. Why only now?")
    reason = st.selectbox(label, list(reasons), index=None, format_func=lambda code: reasons[code], key=f"late-{key}")
    return day, reason.value if reason is not None else ""


def person_of(row: Row) -> PersonId:
    """Return whom a row is about."""
    return PersonId(row["person_no"])
