"""*My record*: everything that was recorded about oneself, and who looked at it."""

from collections import defaultdict
from typing import Any

import streamlit as st

from assessments.service.observations import acknowledge
from curriculum.models import Programme
from people.facts import FactId
from people.models import OPERATOR, Office
from web.components import (
    card,
    day_text,
    empty_state,
    local_time,
    page_head,
    plain,
    plain_link,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.documents.parts import draw_pdf
from web.documents.transcript import make_transcript, record_tables
from web.tables import small_table
from web.texts import N_, _
from web.view import View
from web.views.trainee.moving import draw_moving
from web.wording import entrustment_words, outcome_words

Row = dict[str, Any]


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("My record"), note=_("It is yours. You see all of it; others see only what their work needs."))
    draw_copy_link()
    choice = context.own_choice
    if choice is None:
        empty_state(_("Nothing is recorded yet"), _("Your record begins when you are put into a cohort."))
        return
    programme = choice.programme
    draw_pdf(_("Get my transcript as PDF"), lambda: make_transcript(context, programme), "transcript")
    _draw_sign_offs(context, choice)
    _draw_tables(context, choice.programme)
    _draw_completions(context)
    draw_moving(context)
    _draw_accesses(context)


def draw_copy_link() -> None:
    """Draw the link to a copy of all that is kept about the reader."""
    with card("copy"):
        st.markdown(f"**{_('Take a copy')}**")
        st.markdown(
            _("All that is kept about you, in plain words: a page to read, and the same as a table and for programs.")
        )
        plain_link("/copy/my-record.zip", _("Download my record (ZIP)"))
        small_note(_("It is personal. Do not leave it on a shared device."))


def _rows(context: Context, choice: ProgrammeChoice, name: str) -> list[Row]:
    person_id = context.actor.person_id
    return context.store.query(name, context.actor, person_id=person_id, programme_id=choice.programme_id)


# ---------------------------------------------------------------- sign-offs


def _draw_sign_offs(context: Context, choice: ProgrammeChoice) -> None:
    st.header(_("Sign-off"), anchor=False)
    rows = _rows(context, choice, "person_sign_offs")
    if not rows:
        st.markdown(f":gray[{_('No decision yet. Two people decide once every gate is met.')}]")
    levels: dict[FactId, list[Row]] = defaultdict(list)
    for row in _rows(context, choice, "person_sign_off_levels"):
        levels[row["fact_id"]].append(row)
    for row in rows:
        with card(f"sign-off-{row['fact_id']}"):
            _draw_sign_off(context, choice, row, levels[row["fact_id"]])


def _draw_sign_off(context: Context, choice: ProgrammeChoice, row: Row, levels: list[Row]) -> None:
    programme = context.store.programme(choice.programme_id, row["version_no"])
    role = next((role.title for role in programme.head.roles if role.id == row["role_id"]), "")
    st.markdown(f"**{plain(role)}** {_sign_off_badge(row)}")
    words = _("Decided on {day} by {name}").format(day=day_text(row["day"]), name=row["signer_name"])
    if row["countersigned_on"]:
        words += "; " + _("countersigned on {day} by {name}").format(
            day=day_text(row["countersigned_on"]), name=row["countersigner_name"]
        )
    small_note(words)
    titles = {activity.id: activity.title for activity in programme.head.activities}
    for level in levels:
        st.markdown(f"- {plain(titles[level['activity_id']])}: **{entrustment_words(level['level'])}**")
    small_note(
        _("Programme version {version}. Evidence {hash}").format(
            version=programme.head.version, hash=row["evidence_hash"][:12]
        )
    )
    with st.container(horizontal=True):
        for agrees, label in ((True, _("Seen, and I agree")), (False, _("I see it differently"))):
            if st.button(label, key=f"ack-{agrees}-{row['fact_id']}"):
                _acknowledge(context, row["fact_id"], agrees=agrees)
    if row["revoked_at"] is not None:
        view_link(context, "appeals", _("Appeal against it"), icon=":material/balance:")


def _sign_off_badge(row: Row) -> str:
    if row["revoked_at"] is not None:
        return f":red-badge[{_('revoked')}]"
    if not row["is_granted"]:
        return f":orange-badge[{_('not yet')}]"
    if row["needs_countersign"] and row["countersigned_on"] is None:
        return f":blue-badge[{_('waits for the second person')}]"
    return f":green-badge[:material/check: {_('signed off')}]"


def _acknowledge(context: Context, target_id: FactId, *, agrees: bool) -> None:
    done = try_action(lambda: acknowledge(context.store, context.actor, target_id, agrees, "", now=context.now()))
    if done is not None:
        say_after_rerun(_("Saved."))
        st.rerun()


# ---------------------------------------------------------------- what was recorded


def _draw_tables(context: Context, programme: Programme) -> None:
    """Draw what was recorded, table by table: the same rows as in the transcript."""
    for title, rows, empty in record_tables(context, programme):
        st.header(title, anchor=False)
        small_table(rows, empty)


def _draw_completions(context: Context) -> None:
    rows = context.store.query("person_completions", context.actor, person_id=context.actor.person_id)
    if not rows:
        return
    st.header(_("Completed"), anchor=False)
    for row in rows:
        with card(f"completion-{row['fact_id']}"):
            words = _("{cohort}, closed on {day}").format(cohort=row["cohort"], day=day_text(row["closed_on"]))
            st.markdown(f"**{plain(words)}** :gray-badge[{outcome_words(row['outcome'])}]")
            plain_link(
                f"/print/completion/{row['programme_id']}/{context.actor.person_id}", _("Print my completion record")
            )


def _draw_accesses(context: Context) -> None:
    with st.expander(_("Who has looked at my record")):
        rows = [
            {
                _("Day"): day_text(context.store.day_of(row["occurred_at"])),
                _("Time"): local_time(context, row["occurred_at"]),
                _("Who"): row["name"] if row["actor_no"] != OPERATOR else _("the operator of the server"),
            }
            for row in context.store.query("own_accesses", context.actor)
        ]
        small_table(rows, _("Nobody but you."))


VIEW = View(frozenset({Office.TRAINEE}), N_("My record"), "my-record", render, ":material/folder_shared:", rank=6)
