"""*Held forms*: what came from a device and does not count by the rules alone; the training lead decides."""

from typing import Any

import streamlit as st

from analytics.own_record.codes import code_words, reason_words
from assessments.facts import HeldFor
from assessments.reasons import AcceptReason, SetAsideReason
from assessments.service.observations import accept_held, load_held, set_aside_held
from people.facts import FactId
from people.models import Office
from people.rights import Record, Right
from people.service.audit import open_record
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
from web.memory import ask
from web.observed import draw_observed_line
from web.sentences import say
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import list_hubs
from web.views.trainee.addressing import show_part
from web.wording import setting_words

URL = "held-forms"
Row = dict[str, Any]

_CLOCK_IS_WRONG_S = 300


def list_held(context: Context) -> list[Row]:
    """Return the held forms of the hubs where the acting person settles them, newest first."""
    hubs = list_hubs(context, Right.ADJUDICATE, Record.OBSERVATION)
    return [row for hub in hubs for row in ask(context, "hub_held", hub=hub)]


def draw_waiting(context: Context) -> int:
    """Draw, on a first page, how many held forms wait; return the number."""
    n = sum(1 for row in list_held(context) if row["settled_on"] is None)
    if n:
        words = ngettext("{n} form from a device waits", "{n} forms from devices wait", n).format(n=n)
        st.header(words, anchor=False)
        view_link(context, URL, _("Look at them"), icon=":material/inbox:")
    return n


def render(context: Context) -> None:
    """Draw the form that the address names, or the list."""
    asked = st.query_params.get("about", "")
    show_part(URL, asked)
    rows = list_held(context)
    one = next((row for row in rows if str(row["fact_id"]) == asked), None)
    if one is not None:
        _draw_one(context, one)
        return
    page_head(
        _("Held forms"),
        note=_(
            "Filled in without signal, and arrived too late to count by the rules alone. None counts until you say so."
        ),
    )
    waiting = [row for row in rows if row["settled_on"] is None]
    if not waiting:
        empty_state(_("No form waits for you"), _("What comes from a device in time counts at once."))
    for row in waiting:
        _draw_row(context, row)
    _draw_settled(context, [row for row in rows if row["settled_on"] is not None])


# ---------------------------------------------------------------- the list


def _what(context: Context, row: Row) -> str:
    checklist = context.store.programme(row["programme_id"], row["version_no"]).checklist_by_id[row["checklist_id"]]
    return f"{checklist.title}, {setting_words(row['setting'])}"


def _draw_row(context: Context, row: Row) -> None:
    with card(f"held-{row['fact_id']}"):
        st.markdown(f"**{plain(row['name'])}**  \n{plain(_what(context, row))}")
        st.markdown(plain(say(code_words(HeldFor(row["held_for"])))))
        if row["confirms_harm"]:
            st.markdown(f":red[:material/report: {_('Something harmful was ticked and confirmed.')}]")
        small_note(_when(context, row))
        if st.button(_("Look at it"), key=f"look-{row['fact_id']}", width="stretch"):
            go_to(context, URL, {"about": str(row["fact_id"])})


def _when(context: Context, row: Row) -> str:
    words = _("Filled in by {name} on {day}; arrived on {arrived}").format(
        name=row["rater_name"],
        day=day_text(row["day"]),
        arrived=day_text(context.store.day_of(row["recorded_at"])),
    )
    minutes = round(abs(row["skew_s"]) / 60)
    if abs(row["skew_s"]) <= _CLOCK_IS_WRONG_S:
        return words
    return f"{words}. " + _("The clock of the device was {n} minutes wrong").format(n=minutes)


def _draw_settled(context: Context, settled: list[Row]) -> None:
    if not settled:
        return
    n = len(settled)
    with st.expander(ngettext("{n} settled before", "{n} settled before", n).format(n=n), key="settled"):
        for row in settled:
            what = f"**{plain(row['name'])}**: {plain(_what(context, row))}"
            st.markdown(f"{what}  \n{plain(_settled_words(row))}")


def _settled_words(row: Row) -> str:
    why = reason_words(row["reason"])
    words = (
        _("{lead} let it count on {day}: {why}.") if row["is_accepted"] else _("{lead} set it aside on {day}: {why}.")
    )
    return words.format(lead=row["settled_by"], day=day_text(row["settled_on"]), why=say(why) if why else "")


# ---------------------------------------------------------------- one form


def _draw_one(context: Context, row: Row) -> None:
    view_link(context, URL, _("All of them"), icon=":material/arrow_back:")
    form = try_action(lambda: load_held(context.store, context.actor, row["fact_id"]))
    if form is None:
        return
    try_action(lambda: open_record(context.store, context.actor, row["person_no"], Record.OBSERVATION, context.now()))
    page_head(row["name"], kicker=_("Held form"), note=_what(context, row))
    st.markdown(plain(say(code_words(HeldFor(row["held_for"])))))
    small_note(_when(context, row))
    if row["confirms_harm"]:
        st.warning(
            _("Something harmful was ticked and confirmed. If it counts, practice stops. Talk with the trainer today."),
            icon=":material/report:",
        )
    for line in form.lines:
        with card(f"line-{line.id}"):
            st.markdown(f"**{plain(line.text)}**")
            draw_observed_line(form, line)
    if row["settled_on"] is not None:
        st.info(plain(_settled_words(row)), icon=":material/gavel:")
        return
    _draw_decision(context, row)


def _draw_decision(context: Context, row: Row) -> None:
    st.header(_("Your decision"), anchor=False)
    held_id: FactId = row["fact_id"]
    with card("decision"):
        counts = st.radio(
            _("Does it count?"),
            [True, False],
            index=None,
            format_func=lambda is_accepted: _("Let it count") if is_accepted else _("Set it aside"),
            key=f"counts-{held_id}",
        )
        kinds = {None: (), True: tuple(AcceptReason), False: tuple(SetAsideReason)}[counts]
        reasons = {reason.value: say(code_words(reason)) for reason in kinds}
        reason = st.selectbox(
            _("Why?"), list(reasons), index=None, format_func=reasons.__getitem__, key=f"why-{held_id}-{counts}"
        )
        small_note(_("The form stays on record either way. The trainee can see it in the copy of their record."))
        if st.button(_("Settle it"), type="primary", disabled=reason is None) and reason is not None:
            _settle(context, held_id, reason, is_accepted=bool(counts))


def _settle(context: Context, held_id: FactId, reason: str, *, is_accepted: bool) -> None:
    decide = accept_held if is_accepted else set_aside_held
    done = try_action(lambda: decide(context.store, context.actor, held_id, reason, now=context.now()))
    if done is not None:
        say_after_rerun(_("Settled. The form counts now.") if is_accepted else _("Settled. The form was set aside."))
        go_to(context, URL)


VIEW = View(frozenset({Office.TRAINING_LEAD}), N_("Held forms"), URL, render, ":material/inbox:", rank=8)
