"""The ratings that a case rests on, opened one by one for who has to judge them."""

from typing import Any

import streamlit as st

from assessments.service.decisions import Case
from assessments.service.observations import load_form
from people.rights import Record, Right, may_on_person
from people.service.audit import open_record
from web.components import day_text, try_action
from web.context import Context
from web.memory import ask
from web.observed import draw_observed, head_of_row
from web.texts import _, ngettext
from web.wording import setting_words

Row = dict[str, Any]


def draw_ratings(context: Context, case: Case) -> None:
    """Draw what was seen, to be opened; nothing for who may not see it. Opening it is noted for the person to see."""
    person_id = case.verdict.person_id
    if not may_on_person(context.actor, Right.SEE, Record.OBSERVATION, context.store.subject(person_id)):
        return
    asked = {"person_id": person_id, "programme_id": case.verdict.programme_id}
    rows = [row for row in ask(context, "person_observations", **asked) if not row["is_void"]]
    if not rows:
        return
    n = len(rows)
    words = ngettext("What was seen: {n} observation", "What was seen: {n} observations", n).format(n=n)
    opened = st.expander(words, icon=":material/visibility:", key=f"ratings-{person_id}", on_change="rerun")
    with opened:
        if opened.open:
            try_action(lambda: open_record(context.store, context.actor, person_id, Record.OBSERVATION, context.now()))
            _draw_one(context, case, rows)


def _draw_one(context: Context, case: Case, rows: list[Row]) -> None:
    names = [_name(context, case, row) for row in rows]
    number = st.selectbox(_("Which one?"), range(len(rows)), format_func=names.__getitem__, key="which-rating")
    row = rows[number]
    form = try_action(lambda: load_form(context.store, context.actor, row["opened_id"]))
    if form is not None:
        draw_observed(form, head_of_row(row))


def _name(context: Context, case: Case, row: Row) -> str:
    programme = context.store.programme(case.verdict.programme_id, row["version_no"])
    title = programme.checklist_by_id[row["checklist_id"]].title
    outcome = _("passed") if row["is_passed"] else _("not passed yet")
    return f"{day_text(row['day'])}: {title}, {setting_words(row['setting'])}, {outcome}"
