"""*Today*: open harm first, then who waits for me."""

from typing import Any

import streamlit as st

from assessments.service.holds import record_debrief, withdraw_slip
from assessments.verdicts import Status
from people.models import Office
from web.components import (
    card,
    day_text,
    empty_state,
    go_to,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context
from web.texts import N_, _, ngettext
from web.view import View
from web.wording import setting_words

Row = dict[str, Any]


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Today"))
    is_trainer = context.actor.holds(Office.TRAINER)
    trainees = context.store.query("assigned_trainees", context.actor) if is_trainer else []
    n_drawn = _draw_harm(context) if is_trainer else 0
    n_drawn += _draw_decisions(context, trainees)
    if is_trainer:
        n_drawn += _draw_requests(context)
        n_drawn += _draw_locked_quizzes(context)
        n_drawn += _draw_supervision(context, trainees)
    if is_trainer and not trainees:
        empty_state(_("You have no trainees yet"), _("Ask the programme manager to give you some."))
    elif not n_drawn:
        with empty_state(_("Nobody waits for you"), _("You can watch somebody, or look at your trainees.")):
            view_link(context, "observe", _("Observe"))
            view_link(context, "my-trainees", _("My trainees"))


# ---------------------------------------------------------------- harm first


def _draw_harm(context: Context) -> int:
    rows = context.store.query("assigned_harm", context.actor)
    if rows:
        st.subheader(_("Needs care first"), anchor=False)
    for number, row in enumerate(rows):
        _draw_harm_row(context, row, is_first=number == 0)
    return len(rows)


def _draw_harm_row(context: Context, row: Row, *, is_first: bool) -> None:
    programme = context.store.programme(row["programme_id"], row["version_no"])
    with card(f"harm-{row['fact_id']}"):
        state = _("practice on hold") if row["hold_id"] else _("to be talked through")
        st.markdown(f"**{plain(row['name'])}** :red-badge[{state}]")
        words = _("Something unhelpful was seen on {day}: {checklist}, by {rater}").format(
            day=day_text(row["day"]),
            checklist=programme.checklist_by_id[row["checklist_id"]].title,
            rater=row["rater_name"],
        )
        small_note(words)
        if row["debriefed_on"]:
            st.markdown(f":green[:material/check: {_('Talked through.')}] {_('The safeguarding lead decides.')}")
        else:
            _draw_debrief(context, row, is_first=is_first)
        if row["hold_id"] and row["rater_no"] == context.actor.person_id:
            _draw_slip(context, row)


def _draw_debrief(context: Context, row: Row, *, is_first: bool) -> None:
    followed = st.checkbox(
        _("I have asked whether the organisation's procedure is needed, and it was followed"),
        key=f"procedure-{row['fact_id']}",
    )
    kind = "primary" if is_first else "secondary"
    if st.button(_("We have talked it through"), type=kind, key=f"debrief-{row['fact_id']}"):
        done = try_action(lambda: record_debrief(context.store, context.actor, row["fact_id"], followed, context.now()))
        if done is not None:
            say_after_rerun(_("Saved. Choose another story for the next role‑play."))
            st.rerun()


def _draw_slip(context: Context, row: Row) -> None:
    with st.expander(_("It was a slip of mine"), key=f"slipping-{row['fact_id']}"):
        st.markdown(_("Within 24 hours you can withdraw it. Both stay on record, and the form has to be done again."))
        if st.button(_("Withdraw it"), key=f"slip-{row['fact_id']}"):
            done = try_action(lambda: withdraw_slip(context.store, context.actor, row["hold_id"], context.now()))
            if done is not None:
                say_after_rerun(_("Withdrawn."))
                st.rerun()


# ---------------------------------------------------------------- who waits


def _draw_decisions(context: Context, trainees: list[Row]) -> int:
    ready = [row for row in trainees if row["status"] == Status.READY_FOR_DECISION and not row["waits_for_countersign"]]
    waiting = _list_countersigns(context)
    if ready or waiting:
        st.subheader(_("Decisions"), anchor=False)
    for row in waiting:
        _draw_waiting(context, row, _("waits for a countersignature"), "decide")
    known = {row["person_no"] for row in waiting}
    for row in ready:
        if row["person_no"] not in known:
            _draw_waiting(context, row, _("is ready for decision"), "decide")
    return len(ready) + len(waiting)


def _list_countersigns(context: Context) -> list[Row]:
    hubs = [grant.hub_id for grant in context.actor.grants if grant.office == Office.TRAINING_LEAD and grant.hub_id]
    rows = [row for hub in hubs for row in context.store.query("hub_decisions", context.actor, hub=hub)]
    return [row for row in rows if row["waits_for_countersign"] and row["person_no"] != context.actor.person_id]


def _draw_waiting(context: Context, row: Row, words: str, url: str) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(f"**{plain(row['name'])}** {plain(words)}", width="stretch")
        if st.button(_("Look"), key=f"look-{url}-{row['person_no']}-{row['programme_id']}"):
            go_to(context, url, {"person": str(row["person_no"]), "in": row["programme_id"]})


def _draw_requests(context: Context) -> int:
    rows = context.store.query("assigned_requests", context.actor)
    if rows:
        st.subheader(_("Asked to be watched"), anchor=False)
    for row in rows:
        enrolment = context.store.enrolment(row["person_no"], row["programme_id"])
        if enrolment is None:
            continue
        checklist = context.store.programme(enrolment.programme_id, enrolment.version_no).checklist_by_id[
            row["checklist_id"]
        ]
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            words = f"**{plain(row['name'])}**: {plain(checklist.title)}, {setting_words(row['setting'])}"
            st.markdown(words, width="stretch")
            if st.button(_("Watch"), key=f"watch-{row['fact_id']}"):
                query = {"trainee": str(row["person_no"]), "checklist": checklist.id, "setting": row["setting"]}
                go_to(context, "observe", query)
    return len(rows)


def _draw_locked_quizzes(context: Context) -> int:
    rows = [row for row in context.store.query("assigned_quiz_use", context.actor) if _is_locked(context, row)]
    if rows:
        st.subheader(_("Quizzes used up"), anchor=False)
    for row in rows:
        programme = context.store.programme(row["programme_id"], row["version_no"])
        module = programme.module_by_id[programme.blueprint_by_id[row["blueprint_id"]].module]
        _draw_waiting(context, row, _("has used all attempts: {quiz}").format(quiz=module.title), "my-trainees")
    return len(rows)


def _is_locked(context: Context, row: Row) -> bool:
    blueprint = context.store.programme(row["programme_id"], row["version_no"]).blueprint_by_id[row["blueprint_id"]]
    is_used_up = row["n_submitted"] == row["n_started"] >= blueprint.max_attempts
    return is_used_up and not row["is_passed"]


def _draw_supervision(context: Context, trainees: list[Row]) -> int:
    active = {row["person_no"]: row for row in trainees if row["status"] in _ACTIVE}
    overdue = [
        row
        for row in context.store.query("assigned_open_gates", context.actor)
        if row["person_no"] in active and _kind_of(context, active[row["person_no"]], row) == "supervision"
    ]
    if overdue:
        n = len(overdue)
        st.subheader(
            ngettext("{n} person needs supervision", "{n} people need supervision", n).format(n=n), anchor=False
        )
    for row in overdue:
        _draw_waiting(context, active[row["person_no"]], _("is due for a meeting"), "record")
    return len(overdue)


_ACTIVE = frozenset({Status.PRACTISING, Status.READY_FOR_DECISION, Status.SIGNED_OFF, Status.DUE_SOON, Status.ON_HOLD})


def _kind_of(context: Context, trainee: Row, gate_row: Row) -> str:
    programme = context.store.programme(trainee["programme_id"], trainee["version_no"])
    return next((gate.kind for gate in programme.gates if gate.id == gate_row["gate_id"]), "")


VIEW = View(frozenset({Office.TRAINER, Office.TRAINING_LEAD}), N_("Today"), "today", render, ":material/today:", rank=1)
