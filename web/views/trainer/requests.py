"""What trainees have asked their trainer to watch, one row a request."""

from typing import Any

import streamlit as st

from curriculum.ids import ChecklistId
from curriculum.models import Relation
from web.components import go_to, plain
from web.context import Context
from web.memory import ask
from web.views.trainer.choosing import address_of
from web.wording import setting_words

Row = dict[str, Any]


def list_requests(context: Context) -> list[Row]:
    """Return the open requests of the acting trainer's trainees, each with the title of its checklist.

    A checklist that the person's version of the programme no longer has, or that no trainer fills in, is left out: it
    cannot be watched with.
    """
    rows = ask(context, "assigned_requests")
    titled = [row | {"title": _title_of(context, row)} for row in rows]
    return [row for row in titled if row["title"]]


def _title_of(context: Context, row: Row) -> str:
    enrolment = context.store.enrolment(row["person_no"], row["programme_id"])
    if enrolment is None:
        return ""
    programme = context.store.programme(enrolment.programme_id, enrolment.version_no)
    checklist = programme.checklist_by_id.get(ChecklistId(row["checklist_id"]))
    return checklist.title if checklist and checklist.rater is Relation.TRAINER else ""


def draw_request(context: Context, row: Row, label: str) -> None:
    """Draw a request; its button leads to a new form that is filled in as asked."""
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        words = f"**{plain(row['name'])}**: {plain(row['title'])}, {setting_words(row['setting'])}"
        st.markdown(words, width="stretch")
        if st.button(label, key=f"take-{row['fact_id']}"):
            asked = {"checklist": row["checklist_id"], "setting": row["setting"]}
            go_to(context, "observe", address_of(row) | asked)
