"""*Practice*: ask to be watched, see what was seen, agree or disagree, and note the peer leaders watched."""

from collections import defaultdict
from typing import Any

import streamlit as st

from assessments.facts import MilestoneKind
from assessments.service import learning
from assessments.service.observations import acknowledge, request_observation
from curriculum.models import Checklist, Programme, Scale, Setting
from people.facts import FactId
from people.ids import new_fact_id
from people.models import Office, PersonId
from web.components import (
    card,
    count_of,
    day_text,
    empty_state,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
)
from web.context import Context, ProgrammeChoice
from web.notes import note_field
from web.texts import N_, _
from web.view import View
from web.views.trainee.left import draw_if_left
from web.wording import level_words, overall_words, relation_words, setting_words, stage_words


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Practice"), note=_("You learn this by doing it. People who watch you are here to help."))
    choice = context.own_choice
    if choice is None:
        empty_state(_("You are in no programme yet"), _("Ask your programme manager to put you into a cohort."))
        return
    _draw_hold(context)
    has_left = draw_if_left(context, choice)
    if not has_left:
        _draw_asking(context, choice)
    _draw_observations(context, choice, may_ask=not has_left)
    _draw_peer_models(context, choice, may_add=not has_left)


def _draw_hold(context: Context) -> None:
    holds = context.store.query("own_holds", context.actor)
    if holds and holds[0]["n"]:
        since = day_text(holds[0]["since"])
        st.warning(
            _(
                "Your practice is on hold since {day}. It is no punishment. Talk with your trainer; the safeguarding "
                "lead decides when you go on. You can read and practise questions meanwhile."
            ).format(day=since),
            icon=":material/pause_circle:",
        )


# ---------------------------------------------------------------- asking


def _draw_asking(context: Context, choice: ProgrammeChoice) -> None:
    st.header(_("Ask to be watched"), anchor=False)
    programme = choice.programme
    offers = [(c, setting) for c in programme.checklists for setting in c.settings]
    trainers = context.store.query("own_trainers", context.actor)
    if not trainers:
        empty_state(_("You have no trainer yet"), _("Ask your programme manager to give you one."))
        return
    with st.form("ask", border=True):
        checklist, setting = st.selectbox(_("What for?"), offers, format_func=lambda offer: _offer_words(*offer))
        names: dict[int | None, str] = {None: _("Any of my trainers")}
        names |= {row["trainer_no"]: row["name"] for row in trainers}
        asked = st.selectbox(_("Whom?"), list(names), format_func=lambda number: names[number])
        is_sent = st.form_submit_button(_("Ask"), type="primary")
    if is_sent:
        _ask(context, choice, checklist, setting, asked)
    for row in context.store.query("own_requests", context.actor, programme_id=choice.programme_id):
        _draw_request(context, programme, row)


def _offer_words(checklist: Checklist, setting: Setting) -> str:
    return f"{checklist.title}, {setting_words(setting)}"


def _ask(context: Context, choice: ProgrammeChoice, checklist: Checklist, setting: Setting, asked: int | None) -> None:
    request = try_action(
        lambda: request_observation(
            context.store,
            context.actor,
            choice.programme_id,
            checklist.id,
            setting,
            asked_id=None if asked is None else PersonId(asked),
            now=context.now(),
        )
    )
    if request is not None:
        say_after_rerun(_("Asked. Your trainer sees it on their first page."))
        st.rerun()


def _draw_request(context: Context, programme: Programme, row: dict[str, Any]) -> None:
    checklist = programme.checklist_by_id.get(row["checklist_id"])
    if checklist is None:
        return
    whom = row["asked_name"] or _("any trainer")
    words = _("Waiting: {what}, asked of {whom} on {day}").format(
        what=_offer_words(checklist, row["setting"]), whom=whom, day=day_text(context.store.day_of(row["occurred_at"]))
    )
    st.markdown(f":material/hourglass_empty: {plain(words)}")


# ---------------------------------------------------------------- what was seen


def _draw_observations(context: Context, choice: ProgrammeChoice, *, may_ask: bool) -> None:
    st.header(_("What was seen"), anchor=False)
    person_id, programme_id = context.actor.person_id, choice.programme_id
    rows = context.store.query("person_observations", context.actor, person_id=person_id, programme_id=programme_id)
    if not rows:
        empty_state(
            _("Nobody has watched you yet"), _("Ask above. A role-play is a good first one.") if may_ask else ""
        )
        return
    ratings: dict[FactId, list[dict[str, Any]]] = defaultdict(list)
    for rating in context.store.query("person_ratings", context.actor, person_id=person_id, programme_id=programme_id):
        ratings[rating["fact_id"]].append(rating)
    fresh = [row for number, row in enumerate(rows) if number < _SHOWN or _waits_for_answer(row)]
    earlier = [row for row in rows if row not in fresh]
    for row in fresh:
        _draw_observation(context, choice, row, ratings[row["fact_id"]])
    if earlier and st.toggle(_("Show earlier ones: {n}").format(n=len(earlier)), key="earlier"):
        for row in earlier:
            _draw_observation(context, choice, row, ratings[row["fact_id"]])


_SHOWN = 2
"""Observations shown at once; those that wait for an answer come on top."""


def _waits_for_answer(row: dict[str, Any]) -> bool:
    return row["agrees"] is None and not row["is_void"]


def _draw_observation(
    context: Context, choice: ProgrammeChoice, row: dict[str, Any], ratings: list[dict[str, Any]]
) -> None:
    checklist = context.store.programme(choice.programme_id, row["version_no"]).checklist_by_id[row["checklist_id"]]
    with card(f"observation-{row['fact_id']}"):
        st.markdown(f"**{plain(_offer_words(checklist, row['setting']))}** {_badges(row)}")
        words = _("{day}, {rater} ({relation}), {stage}").format(
            day=day_text(row["day"]),
            rater=row["rater_name"],
            relation=relation_words(row["relation"]),
            stage=stage_words(row["stage"]),
        )
        small_note(words)
        if row["strength"]:
            st.markdown(f"**{_('A strength')}**: {plain(row['strength'])}")
        if row["next_step"]:
            st.markdown(f"**{_('A next step')}**: {plain(row['next_step'])}")
        _draw_lines(checklist, row, ratings)
        if not row["is_void"]:
            _draw_answer(context, choice, row)


def _badges(row: dict[str, Any]) -> str:
    if row["is_void"]:
        return f":gray-badge[{_('withdrawn')}]"
    outcome = f":green-badge[{_('passed')}]" if row["is_passed"] else f":orange-badge[{_('not passed yet')}]"
    return f"{outcome} :gray-badge[{_('counts') if row['counts'] else _('practice only')}]"


def _draw_lines(checklist: Checklist, row: dict[str, Any], ratings: list[dict[str, Any]]) -> None:
    lines = {line.id: line.text for line in checklist.lines}
    with st.expander(_("Line by line"), key=f"lines-{row['fact_id']}"):
        st.markdown(f"{_('Overall')}: **{overall_words(row['global_rating'])}**")
        for rating in ratings:
            words = "" if checklist.scale == Scale.FIDELITY else f": {level_words(rating['level'])}"
            st.markdown(f"- {plain(lines.get(rating['line_id'], ''))}{words}")
        if checklist.scale == Scale.FIDELITY:
            words = _("Done: {pct} in 100").format(pct=row["pct"])
            st.markdown(words)


def _draw_answer(context: Context, choice: ProgrammeChoice, row: dict[str, Any]) -> None:
    if row["agrees"] is True:
        st.markdown(f":green[:material/check: {_('You have seen it and agree.')}]")
    elif row["agrees"] is False:
        st.markdown(f":orange[:material/flag: {_('You see it differently. Your trainer can read why.')}]")
    with st.expander(_("Say what you think of it"), expanded=row["agrees"] is None, key=f"answering-{row['fact_id']}"):
        note = note_field(_("Your words (you may leave this empty)"), f"ack-{row['fact_id']}", _note_max(choice))
        with st.container(horizontal=True):
            for agrees, label in ((True, _("Seen, and I agree")), (False, _("I see it differently"))):
                is_clicked = st.button(label, key=f"ack-{agrees}-{row['fact_id']}", disabled=note is None)
                if is_clicked and note is not None:
                    _answer(context, row["fact_id"], note, agrees=agrees)


def _answer(context: Context, target_id: FactId, note: str, *, agrees: bool) -> None:
    done = try_action(lambda: acknowledge(context.store, context.actor, target_id, agrees, note, now=context.now()))
    if done is not None:
        say_after_rerun(_("Saved."))
        st.rerun()


def _note_max(choice: ProgrammeChoice) -> int:
    return choice.programme.head.privacy.free_text_max


# ---------------------------------------------------------------- peer leaders watched


def _draw_peer_models(context: Context, choice: ProgrammeChoice, *, may_add: bool) -> None:
    st.header(_("Leaders I have watched"), anchor=False)
    rows = context.store.query("own_milestones", context.actor, programme_id=choice.programme_id)
    watched = [row for row in rows if row["kind"] == MilestoneKind.PEER_MODEL]
    need = sum(gate.min for gate in choice.programme.gates if gate.kind == "peer_model")
    if need:
        words = _("{count} visits").format(count=count_of(min(len(watched), need), need))
        st.markdown(f":gray[{words}]")
    for row in watched:
        with card(f"peer-{row['fact_id']}"):
            st.markdown(f"**{plain(row['what'])}** · {day_text(row['day'])}")
            if row["note"]:
                st.markdown(plain(row["note"]))
    if not may_add:
        return
    with st.expander(_("Note a visit"), expanded=not watched, key="new-peer"):
        _draw_peer_form(context, choice, len(watched))


def _draw_peer_form(context: Context, choice: ProgrammeChoice, n_before: int) -> None:
    what = st.text_input(
        _("Which session?"), max_chars=60, key=f"peer-what-{n_before}", help=_("A code, such as “Riverside week 3”.")
    )
    day = st.date_input(_("When?"), value=context.today(), max_value=context.today(), key=f"peer-day-{n_before}")
    note = note_field(_("One thing I will borrow"), f"peer-note-{n_before}", _note_max(choice))
    is_clicked = st.button(_("Save the visit"), key=f"peer-save-{n_before}", disabled=note is None)
    if not is_clicked or note is None:
        return
    fact_id = st.session_state.setdefault(f"peer-id-{n_before}", new_fact_id())
    saved = try_action(
        lambda: learning.record_peer_model(
            context.store,
            context.actor,
            choice.programme_id,
            what,
            note,
            watched_on=day,
            now=context.now(),
            fact_id=fact_id,
        )
    )
    if saved is not None:
        del st.session_state[f"peer-id-{n_before}"]
        say_after_rerun(_("Saved."))
        st.rerun()


VIEW = View(frozenset({Office.TRAINEE}), N_("Practice"), "practice", render, ":material/groups:", rank=5)
