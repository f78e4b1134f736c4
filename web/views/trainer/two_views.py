"""*Two views that differ*: two trainers saw one performance two levels apart; the training lead says which counts."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import streamlit as st

from analytics.own_record.codes import code_words, reason_words
from assessments.facts import Rating
from assessments.observations import LEVELS_APART, judge
from assessments.reasons import AdjudicationReason
from assessments.service.observations import Form, adjudicate, load_form
from curriculum.models import Line
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
from web.wording import overall_words, setting_words

URL = "two-views"
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Performance:
    """One performance with the views of it that are far apart, oldest first."""

    views: tuple[Row, ...]

    @property
    def key(self) -> str:
        """Return what the address calls it: the oldest view."""
        return str(self.views[0]["fact_id"])

    @property
    def chosen(self) -> Row | None:
        """Return the view that counts, once somebody has settled it."""
        return next((view for view in self.views if view["settled_on"] is not None), None)


def list_performances(context: Context) -> list[Performance]:
    """Return the performances with views far apart in the hubs where the acting person settles them."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for hub in list_hubs(context, Right.ADJUDICATE, Record.OBSERVATION):
        for row in ask(context, "hub_contested", hub=hub):
            found[row["person_no"], row["programme_id"], row["checklist_id"], row["session_code"]].append(row)
    return [Performance(tuple(rows)) for rows in found.values()]


def draw_waiting(context: Context) -> int:
    """Draw, on a first page, how many wait to be settled; return the number."""
    n = sum(1 for one in list_performances(context) if one.chosen is None)
    if n:
        words = ngettext("{n} performance seen differently", "{n} performances seen differently", n).format(n=n)
        st.header(words, anchor=False)
        view_link(context, URL, _("Settle it"), icon=":material/compare_arrows:")
    return n


def render(context: Context) -> None:
    """Draw the performance that the address names, or the list."""
    asked = st.query_params.get("about", "")
    show_part(URL, asked)
    performances = list_performances(context)
    one = next((one for one in performances if one.key == asked), None)
    if one is not None:
        _draw_one(context, one)
        return
    page_head(
        _("Two views that differ"),
        note=_("Two trainers saw one session two levels apart. Neither view counts until you say which one does."),
    )
    waiting = [one for one in performances if one.chosen is None]
    if not waiting:
        empty_state(
            _("No views are far apart"),
            _("Let two trainers rate one session under the same code: it shows how alike they see."),
        )
    for one in waiting:
        _draw_row(context, one)
    _draw_settled(context, [one for one in performances if one.chosen is not None])


# ---------------------------------------------------------------- the list


def _what(context: Context, row: Row) -> str:
    checklist = context.store.programme(row["programme_id"], row["version_no"]).checklist_by_id[row["checklist_id"]]
    return f"{checklist.title}, {setting_words(row['setting'])}, {row['session_code']}"


def _raters(one: Performance) -> str:
    return ", ".join(f"{view['rater_name']} ({day_text(view['day'])})" for view in one.views)


def _draw_row(context: Context, one: Performance) -> None:
    first = one.views[0]
    with card(f"apart-{one.key}"):
        st.markdown(f"**{plain(first['name'])}**  \n{plain(_what(context, first))}")
        small_note(_("Rated by {names}").format(names=_raters(one)))
        if st.button(_("Look at both"), key=f"look-{one.key}", width="stretch"):
            go_to(context, URL, {"about": one.key})


def _draw_settled(context: Context, settled: list[Performance]) -> None:
    if not settled:
        return
    n = len(settled)
    with st.expander(ngettext("{n} settled before", "{n} settled before", n).format(n=n), key="settled"):
        for one in settled:
            first = one.views[0]
            st.markdown(f"**{plain(first['name'])}**: {plain(_what(context, first))}  \n{plain(_settled_words(one))}")


def _settled_words(one: Performance) -> str:
    chosen = one.chosen
    if chosen is None:
        return ""
    reason = reason_words(chosen["reason"])
    return _("{lead} settled it on {day}: the view of {rater} counts. {why}.").format(
        lead=chosen["settled_by"],
        day=day_text(chosen["settled_on"]),
        rater=chosen["rater_name"],
        why=say(reason) if reason else "",
    )


# ---------------------------------------------------------------- one performance


def _draw_one(context: Context, one: Performance) -> None:
    first = one.views[0]
    view_link(context, URL, _("All of them"), icon=":material/arrow_back:")
    try_action(lambda: open_record(context.store, context.actor, first["person_no"], Record.OBSERVATION, context.now()))
    page_head(first["name"], kicker=_("Two views that differ"), note=_what(context, first))
    forms = [
        try_action(lambda opened=view["opened_id"]: load_form(context.store, context.actor, opened))
        for view in one.views
    ]
    views = [(view, form) for view, form in zip(one.views, forms, strict=True) if form is not None]
    _draw_lines(views)
    if one.chosen is not None:
        st.info(plain(_settled_words(one)), icon=":material/gavel:")
        return
    why_not = _why_not(context, one)
    if why_not:
        st.info(plain(why_not), icon=":material/info:")
    else:
        _draw_decision(context, one)


def _draw_lines(views: list[tuple[Row, Form]]) -> None:
    """Draw each line as every rater saw it: those far apart first, the others folded in."""
    levels = [_levels_of(form) for _row, form in views]
    lines = views[0][1].lines if views else ()
    far = [line for line in lines if _spread(line, levels) >= LEVELS_APART]
    near = [line for line in lines if line not in far]
    st.header(_("Where they are far apart"), anchor=False)
    if not far:
        small_note(_("No single line is two levels apart: the lowest lines of a competency are."))
    for line in far:
        _draw_line(views, line)
    n = len(near)
    if near:
        with st.expander(ngettext("{n} other line", "{n} other lines", n).format(n=n), key="near"):
            for line in near:
                _draw_line(views, line)
    with card("overall"), st.grid(len(views), min_column_width=190, gap="xsmall"):
        for row, _form in views:
            st.markdown(f"{_('Overall')}, {plain(row['rater_name'])}: **{overall_words(row['global_rating'])}**")


def _levels_of(form: Form) -> dict[str, Rating]:
    return {one.line_id: one for one in judge(form.programme, form.checklist, form.opened.setting, form.states).ratings}


def _spread(line: Line, levels: list[dict[str, Rating]]) -> int:
    found = [one[line.id].level for one in levels if line.id in one]
    known = [level for level in found if level is not None]
    return max(known) - min(known) if known else 0


def _draw_line(views: list[tuple[Row, Form]], line: Line) -> None:
    with card(f"line-{line.id}"):
        st.markdown(f"**{plain(line.text)}**")
        with st.grid(len(views), min_column_width=190, gap="xsmall"):
            for row, form in views:
                with st.container(gap="xsmall"):
                    small_note(row["rater_name"])
                    draw_observed_line(form, line)


def _why_not(context: Context, one: Performance) -> str:
    me = context.actor.person_id
    if one.views[0]["person_no"] == me:
        return _("It is about your own practice, so another training lead settles it.")
    if me in {view["rater_no"] for view in one.views}:
        return _("You rated this performance yourself, so another training lead settles it.")
    return ""


def _draw_decision(context: Context, one: Performance) -> None:
    st.header(_("Your decision"), anchor=False)
    names = {view["fact_id"]: f"{view['rater_name']}, {day_text(view['day'])}" for view in one.views}
    reasons = {reason: say(code_words(reason)) for reason in AdjudicationReason}
    with card("decision"):
        chosen = st.radio(
            _("Whose view counts?"), list(names), index=None, format_func=names.__getitem__, key=f"chosen-{one.key}"
        )
        reason = st.selectbox(
            _("Why?"), list(reasons), index=None, format_func=reasons.__getitem__, key=f"why-{one.key}"
        )
        small_note(_("Both views stay on record. The trainee and both trainers see how it was settled."))
        is_ready = chosen is not None and reason is not None
        if st.button(_("Settle it"), type="primary", disabled=not is_ready) and chosen and reason:
            _settle(context, chosen, reason)


def _settle(context: Context, chosen_id: FactId, reason: AdjudicationReason) -> None:
    done = try_action(lambda: adjudicate(context.store, context.actor, chosen_id, reason.value, now=context.now()))
    if done is not None:
        say_after_rerun(_("Settled. That view counts from now on."))
        go_to(context, URL)


VIEW = View(
    frozenset({Office.TRAINING_LEAD}), N_("Two views that differ"), URL, render, ":material/compare_arrows:", rank=7
)
