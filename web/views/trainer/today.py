"""*Today*: open harm first, then who waits for me."""

from datetime import timedelta
from typing import Any

import streamlit as st

from assessments.service.holds import SLIP_HOURS, record_debrief, withdraw_slip
from assessments.verdicts import Status
from people.models import Office
from people.rights import Record, Right
from web.components import (
    card,
    day_text,
    empty_state,
    go_to,
    local_day,
    local_time,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context
from web.memory import ask
from web.texts import N_, _, ngettext
from web.view import View
from web.views.appeals.deciding import draw_open_appeals
from web.views.manager.hubs import list_hubs
from web.views.safeguarding.late import draw_late_holds
from web.views.trainer import held_forms, mark
from web.views.trainer.choosing import address_of, programme_of
from web.views.trainer.disputes import draw_disputes
from web.views.trainer.mark import list_waiting
from web.views.trainer.requests import draw_request, list_requests
from web.views.trainer.two_views import draw_waiting

Row = dict[str, Any]


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Today"))
    is_trainer = context.actor.holds(Office.TRAINER)
    trainees = ask(context, "assigned_trainees") if is_trainer else []
    n_drawn = _draw_harm(context) if is_trainer else 0
    n_drawn += draw_late_holds(context)
    n_drawn += draw_open_appeals(context)
    n_drawn += draw_waiting(context)
    n_drawn += held_forms.draw_waiting(context)
    n_drawn += draw_disputes(context)
    n_drawn += _draw_decisions(context, trainees)
    n_drawn += _draw_texts(context)
    if is_trainer:
        n_drawn += _draw_contacts(context)
        n_drawn += _draw_requests(context)
        n_drawn += _draw_locked_quizzes(context, trainees)
        n_drawn += _draw_supervision(context, trainees)
    if is_trainer and not trainees:
        empty_state(_("You have no trainees yet"), _("Ask the programme manager to give you some."))
    elif not n_drawn:
        _draw_nobody(context, is_trainer=is_trainer)


def _draw_nobody(context: Context, *, is_trainer: bool) -> None:
    if not is_trainer:
        empty_state(_("Nobody waits for you"), _("Sign-offs that wait for a second person appear here."))
        return
    with empty_state(_("Nobody waits for you"), _("You can watch somebody, or look at your trainees.")):
        view_link(context, "observe", _("Observe"))
        view_link(context, "my-trainees", _("My trainees"))


# ---------------------------------------------------------------- harm first


def _draw_harm(context: Context) -> int:
    rows = ask(context, "assigned_harm")
    if rows:
        st.header(_("Needs care first"), anchor=False)
    for number, row in enumerate(rows):
        _draw_harm_row(context, row, is_first=number == 0)
    return len(rows)


def _draw_harm_row(context: Context, row: Row, *, is_first: bool) -> None:
    programme = programme_of(context, row)
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
    ends_at = row["occurred_at"] + timedelta(hours=SLIP_HOURS)
    if context.now() > ends_at:
        small_note(_("It can no longer be withdrawn as a slip: the safeguarding lead decides."))
        return
    with st.expander(_("It was a slip of mine"), key=f"slipping-{row['fact_id']}"):
        until = _("Until {day}, {time}, you can withdraw it.")
        until = until.format(day=local_day(context, ends_at), time=local_time(context, ends_at))
        st.markdown(f"{until} {_('Both stay on record, and the form has to be done again.')}")
        if st.button(_("Withdraw it"), key=f"slip-{row['fact_id']}"):
            done = try_action(lambda: withdraw_slip(context.store, context.actor, row["hold_id"], context.now()))
            if done is not None:
                say_after_rerun(_("Withdrawn."))
                st.rerun()


# ---------------------------------------------------------------- who waits


def _draw_decisions(context: Context, trainees: list[Row]) -> int:
    waiting = _list_countersigns(context)
    known = {(row["person_no"], row["programme_id"]) for row in waiting}
    ready = [row for row in trainees if row["status"] == Status.READY_FOR_DECISION and not row["waits_for_countersign"]]
    ready = [row for row in ready if (row["person_no"], row["programme_id"]) not in known]
    if ready or waiting:
        st.header(_("Decisions"), anchor=False)
    for row in waiting:
        _draw_waiting(context, row, _("waits for a countersignature"), "decide")
    for row in sorted(ready, key=lambda row: (row["asked_on"] is None, row["asked_on"] or context.today())):
        _draw_waiting(context, row, _ready_words(row), "decide")
    due = [row for row in trainees if row["status"] == Status.DUE_SOON and not row["waits_for_countersign"]]
    if due and not (ready or waiting):
        st.header(_("Decisions"), anchor=False)
    for row in due:
        words = _("is signed off until {day}: renew it").format(day=day_text(row["valid_until"]))
        _draw_waiting(context, row, words, "decide", key="-due")
    return len(ready) + len(waiting) + len(due)


def _ready_words(row: Row) -> str:
    if row["asked_on"] is None:
        return _("is ready for decision")
    return _("asks for the decision since {day}").format(day=day_text(row["asked_on"]))


def _list_countersigns(context: Context) -> list[Row]:
    """Return what waits for the acting person's countersignature: neither their own record nor what they signed."""
    me = context.actor.person_id
    hubs = list_hubs(context, Right.COUNTERSIGN, Record.SIGN_OFF)
    rows = [row for hub in hubs for row in ask(context, "hub_decisions", hub=hub)]
    return [row for row in rows if row["waits_for_countersign"] and me not in (row["person_no"], row["signer_no"])]


def _draw_waiting(
    context: Context, row: Row, words: str, url: str, *, key: str = "", query: dict[str, str] | None = None
) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(f"**{plain(row['name'])}** {plain(words)}", width="stretch")
        if st.button(_("Look"), key=f"look-{url}-{row['person_no']}-{row['programme_id']}{key}"):
            go_to(context, url, address_of(row) | (query or {}))


def _draw_contacts(context: Context) -> int:
    rows = ask(context, "assigned_contacts")
    if rows:
        n = len(rows)
        words = ngettext("{n} person asks you to get in touch", "{n} people ask you to get in touch", n).format(n=n)
        st.header(words, anchor=False)
        view_link(context, "supervision", _("Look"), icon=":material/call:")
    return len(rows)


def _draw_texts(context: Context) -> int:
    n = len(list_waiting(context))
    if n:
        st.header(ngettext("{n} text waits for a mark", "{n} texts wait for a mark", n).format(n=n), anchor=False)
        view_link(context, mark.URL, _("Mark the next"))
    return n


def _draw_requests(context: Context) -> int:
    rows = list_requests(context)
    if rows:
        st.header(_("Asked to be watched"), anchor=False)
    for row in rows:
        draw_request(context, row, _("Watch"))
    return len(rows)


def _draw_locked_quizzes(context: Context, trainees: list[Row]) -> int:
    learning = {(row["person_no"], row["programme_id"]) for row in trainees if row["status"] not in _AWAY}
    used = ask(context, "assigned_quiz_use")
    rows = [row for row in used if (row["person_no"], row["programme_id"]) in learning and _is_locked(context, row)]
    if rows:
        st.header(_("Quizzes used up"), anchor=False)
    for row in rows:
        programme = programme_of(context, row)
        module = programme.module_by_id[programme.blueprint_by_id[row["blueprint_id"]].module]
        words = _("has used all attempts: {quiz}").format(quiz=module.title)
        _draw_waiting(context, row, words, "my-trainees", key=f"-{row['blueprint_id']}")
    return len(rows)


_AWAY = frozenset({Status.PAUSED, Status.WITHDRAWN})


def _is_locked(context: Context, row: Row) -> bool:
    blueprint = programme_of(context, row).blueprint_by_id[row["blueprint_id"]]
    is_used_up = row["n_submitted"] == row["n_started"] >= blueprint.max_attempts
    return is_used_up and not row["is_passed"]


def _draw_supervision(context: Context, trainees: list[Row]) -> int:
    active = {(row["person_no"], row["programme_id"]): row for row in trainees if row["status"] in _ACTIVE}
    overdue = [
        row
        for row in ask(context, "assigned_open_gates")
        if (trainee := active.get((row["person_no"], row["programme_id"])))
        and _kind_of(context, trainee, row["gate_id"]) == "supervision"
    ]
    people = list(dict.fromkeys((row["person_no"], row["programme_id"]) for row in overdue))
    if people:
        n = len(people)
        st.header(ngettext("{n} person needs supervision", "{n} people need supervision", n).format(n=n), anchor=False)
    for key in people:
        _draw_waiting(context, active[key], _("is due for a meeting"), "supervision")
    return len(people)


_ACTIVE = frozenset({Status.PRACTISING, Status.READY_FOR_DECISION, Status.SIGNED_OFF, Status.DUE_SOON, Status.ON_HOLD})


def _kind_of(context: Context, trainee: Row, gate_id: str) -> str:
    return next((gate.kind for gate in programme_of(context, trainee).gates if gate.id == gate_id), "")


VIEW = View(frozenset({Office.TRAINER, Office.TRAINING_LEAD}), N_("Today"), "today", render, ":material/today:", rank=1)
