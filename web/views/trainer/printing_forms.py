"""Checklists to print, the file for what comes back, and the form for tablets: one fold on two pages."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import streamlit as st

from analytics.reports.checklists import MOST_COPIES, Sheets, print_checklist
from analytics.reports.xlsforms import make_xlsform
from assessments.paper.codes import new_form_code, person_code
from assessments.paper.columns import template
from curriculum.models import Checklist, Programme
from people.models import PersonId
from web.components import plain, small_note
from web.context import Context
from web.tables import small_table
from web.texts import _, current_language, translations
from web.views.trainer.choosing import person_of, programme_of

Row = dict[str, Any]
_BLANK: Final = 0
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_printing(context: Context, trainees: Sequence[Row], key: str) -> None:
    """Draw the fold: which checklist, for whom, how many; then what to download. Nothing without a programme."""
    choice = context.choice
    if choice is None:
        return
    here = [row for row in trainees if row["programme_id"] == choice.programme_id]
    with st.expander(_("On paper"), icon=":material/print:", key=f"on-paper-{key}"):
        small_note(_("Print sheets for a hall without signal. The codes on them bring each form back to its place."))
        row = _choose_trainee(here, key)
        # What is rated is the version that the trainee is pinned to: another wording would be refused on its way back.
        programme = choice.programme if row is None else programme_of(context, row)
        trainee = None if row is None else person_of(row)
        checklist = _choose_checklist(programme, key)
        copies = int(st.number_input(_("How many sheets?"), 1, MOST_COPIES, 1, key=f"copies-{key}"))
        _draw_downloads(context, programme, checklist, trainee, copies=copies, key=key)
        _draw_codes(context, here, key)


def _choose_checklist(programme: Programme, key: str) -> Checklist:
    titles = {one.id: f"{one.id} · {one.title}" for one in programme.checklists}
    label = _("Which checklist?")
    chosen = st.selectbox(label, list(titles), format_func=titles.__getitem__, key=f"paper-checklist-{key}")
    return programme.checklist_by_id[chosen]


def _choose_trainee(trainees: Sequence[Row], key: str) -> Row | None:
    """Draw the choice of a trainee; None for sheets that are left blank."""
    rows = {int(row["person_no"]): row for row in trainees}
    names = {_BLANK: _("Left blank")} | {number: str(row["name"]) for number, row in rows.items()}
    chosen = st.selectbox(_("For whom?"), list(names), format_func=names.__getitem__, key=f"paper-trainee-{key}")
    return rows.get(chosen)


def _draw_downloads(
    context: Context, programme: Programme, checklist: Checklist, trainee: PersonId | None, *, copies: int, key: str
) -> None:
    stem = f"{programme.head.id}-{checklist.id}".lower()
    pdf = partial(_print, context, programme, checklist, trainee, copies=copies)
    _download(_("Sheets to print (PDF)"), pdf, f"{stem}.pdf", "application/pdf", f"pdf-{key}", is_first=True)
    if not checklist.lines:
        return
    fill_in = partial(template, programme, checklist)
    _download(_("File to type them into (CSV)"), fill_in, f"{stem}.csv", "text/csv", f"template-{key}")
    tablet = partial(make_xlsform, programme, checklist, translations(current_language()))
    _download(_("Form for tablets (XLSForm)"), tablet, f"{stem}.xlsx", _XLSX, f"xlsform-{key}")


def _download(label: str, make: Any, name: str, mime: str, key: str, *, is_first: bool = False) -> None:  # noqa: ANN401
    st.download_button(
        label,
        make,
        file_name=name,
        mime=mime,
        icon=":material/download:",
        type="secondary" if is_first else "tertiary",
        width="stretch" if is_first else "content",
        on_click="ignore",
        key=key,
    )


def _print(
    context: Context, programme: Programme, checklist: Checklist, trainee: PersonId | None, *, copies: int
) -> bytes:
    """Return the PDF, each sheet with a code of its own: two downloads are never the same sheets."""
    codes = [new_form_code() for _ in range(copies)]
    trainee_code = person_code(trainee) if trainee is not None else ""
    sheets = Sheets(programme, checklist, codes, context.now(), trainee_code, is_synthetic=context.is_demo)
    return print_checklist(sheets, translations(current_language()))


def _draw_codes(context: Context, trainees: Sequence[Row], key: str) -> None:
    own = person_code(context.actor.person_id)
    st.markdown(_("Your own code: **{code}**").format(code=plain(own)))
    if trainees:
        codes = {str(one["name"]): person_code(PersonId(one["person_no"])) for one in trainees}
        with st.popover(_("Codes of your trainees"), key=f"codes-{key}"):
            small_table([{_("Trainee"): name, _("Code"): code} for name, code in codes.items()], "")
