"""*Decide*: the evidence and gates of one person; sign off, countersign, revoke. A person decides, never software."""

from typing import Any

import streamlit as st

from assessments.reasons import RevokeReason
from assessments.service.decisions import Case, SignOffView, countersign, decline, prepare_case, revoke, sign_off
from assessments.sign_off import SignOffState
from assessments.verdicts import Status
from curriculum.ids import ActivityId, ProgrammeId
from curriculum.models import Activity
from people.models import Office, PersonId
from people.rights import Record
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
from web.notes import note_field
from web.texts import N_, _, ngettext
from web.verdicts import draw_path
from web.view import View
from web.wording import entrustment_words, status_words

Row = dict[str, Any]
URL = "decide"


def render(context: Context) -> None:
    """Draw the case of the person that the address names, or who there is to decide on."""
    person, programme_id = st.query_params.get("person", ""), st.query_params.get("in", "")
    if not person.isdecimal() or not programme_id:
        _draw_list(context)
        return
    person_id = PersonId(int(person))
    case = try_action(
        lambda: prepare_case(context.store, context.actor, person_id, ProgrammeId(programme_id), context.now())
    )
    if case is None:
        view_link(context, URL, _("All decisions"))
        return
    try_action(lambda: open_record(context.store, context.actor, person_id, Record.SIGN_OFF, context.now()))
    _draw_case(context, case)


# ---------------------------------------------------------------- whom


def _draw_list(context: Context) -> None:
    page_head(_("Decide"), note=_("The software says who is ready. A person signs, and a second person countersigns."))
    rows = {(row["person_no"], row["programme_id"]): row for row in _list_people(context)}
    if not rows:
        empty_state(_("Nobody to decide on yet"), _("People appear here as your trainees move along."))
    for row in sorted(rows.values(), key=_urgency):
        with card(f"decide-{row['person_no']}-{row['programme_id']}"):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
                st.markdown(f"**{plain(row['name'])}** {_badge(row)}", width="stretch")
                if st.button(_("Look"), key=f"look-{row['person_no']}-{row['programme_id']}"):
                    go_to(context, URL, {"person": str(row["person_no"]), "in": row["programme_id"]})


def _urgency(row: Row) -> tuple[int, str]:
    """Return what sorts first whom a decision is about: waiting, then ready, then the others by name."""
    if row["waits_for_countersign"]:
        return 0, row["name"]
    return (1 if row["status"] == Status.READY_FOR_DECISION else 2), row["name"]


def _badge(row: Row) -> str:
    if row["waits_for_countersign"]:
        return f":blue-badge[{_('waits for the second person')}]"
    colour = "green" if row["status"] == Status.READY_FOR_DECISION else "gray"
    return f":{colour}-badge[{status_words(row['status'])}]"


def _list_people(context: Context) -> list[Row]:
    rows: list[Row] = []
    if context.actor.holds(Office.TRAINER):
        rows += context.store.query("assigned_trainees", context.actor)
    for grant in context.actor.grants:
        if grant.office == Office.TRAINING_LEAD and grant.hub_id is not None:
            rows += context.store.query("hub_decisions", context.actor, hub=grant.hub_id)
    return rows


# ---------------------------------------------------------------- one case


def _draw_case(context: Context, case: Case) -> None:
    verdict = case.verdict
    role = next((role.title for role in case.programme.head.roles if role.id == verdict.role_id), "")
    name = context.store.name_of(verdict.person_id)
    page_head(name, kicker=f"{case.programme.head.title} · {role}", note=status_words(verdict.status))
    view_link(context, URL, _("All decisions"))
    for view in case.sign_offs:
        _draw_sign_off(context, case, view)
    draw_path(context, case.programme, verdict)
    n = len(case.evidence)
    small_note(ngettext("{n} fact is the evidence.", "{n} facts are the evidence.", n).format(n=n))
    st.subheader(_("Your decision"), anchor=False)
    if case.may_decide:
        _draw_decision(context, case)
    else:
        st.info(plain(_(case.why_not)), icon=":material/info:")


def _draw_decision(context: Context, case: Case) -> None:
    with card("decision"):
        st.markdown(_("How far may they go, for each activity? A second person has to countersign."))
        levels = {activity.id: _ask_level(activity) for activity in case.activities}
        note = note_field(_("A short comment (may be empty)"), "decision-note", _note_max(case), is_own=False)
        with st.container(horizontal=True):
            if st.button(_("Sign off"), type="primary", disabled=note is None):
                _sign_off(context, case, levels, note or "")
            if st.button(_("Not yet"), disabled=note is None):
                _decline(context, case, note or "")


def _note_max(case: Case) -> int:
    return case.programme.head.privacy.free_text_max


def _ask_level(activity: Activity) -> int:
    offered = list(range(activity.required_level, activity.ceiling + 1))
    return st.selectbox(activity.title, offered, format_func=entrustment_words, key=f"level-{activity.id}")


def _sign_off(context: Context, case: Case, levels: dict[ActivityId, int], note: str) -> None:
    done = try_action(
        lambda: sign_off(
            context.store,
            context.actor,
            case.verdict.person_id,
            case.verdict.programme_id,
            levels,
            note=note,
            now=context.now(),
        )
    )
    if done is not None:
        say_after_rerun(
            _("Signed. It is complete once a second person countersigns.") if done.needs_countersign else _("Signed.")
        )
        st.rerun()


def _decline(context: Context, case: Case, note: str) -> None:
    verdict = case.verdict
    done = try_action(
        lambda: decline(context.store, context.actor, verdict.person_id, verdict.programme_id, note, now=context.now())
    )
    if done is not None:
        say_after_rerun(_("Recorded as not yet. Talk it through with them."))
        st.rerun()


# ---------------------------------------------------------------- sign-offs there are


def _draw_sign_off(context: Context, case: Case, view: SignOffView) -> None:
    signed = view.sign_off
    with card(f"sign-off-{signed.fact_id}"):
        st.markdown(f"**{_state_words(view.state)}**")
        day = day_text(context.store.day_of(signed.occurred_at))
        small_note(_("Signed on {day} by {name}").format(day=day, name=context.store.name_of(signed.actor_id)))
        if view.countersign is not None:
            day = day_text(context.store.day_of(view.countersign.occurred_at))
            who = context.store.name_of(view.countersign.actor_id)
            small_note(_("Countersigned on {day} by {name}").format(day=day, name=who))
        titles = {activity.id: activity.title for activity in case.programme.head.activities}
        for level in signed.levels:
            st.markdown(f"- {plain(titles.get(level.activity_id, ''))}: **{entrustment_words(level.level)}**")
        small_note(_("Evidence {hash}").format(hash=signed.evidence_hash[:12]))
        if view.state == SignOffState.AWAITING_COUNTERSIGN:
            _draw_countersign(context, view)
        if view.may_revoke:
            _draw_revoke(context, view)


def _state_words(state: SignOffState) -> str:
    return {
        SignOffState.AWAITING_COUNTERSIGN: _("Waits for the second person"),
        SignOffState.IN_FORCE: _("Signed off"),
        SignOffState.DECLINED: _("Decided: not yet"),
        SignOffState.EXPIRED: _("Sign‑off that has run out"),
        SignOffState.REVOKED: _("Sign‑off that was revoked"),
        SignOffState.SUPERSEDED: _("Earlier sign‑off, replaced by a newer one"),
    }[state]


def _draw_countersign(context: Context, view: SignOffView) -> None:
    if not view.may_countersign:
        st.markdown(f":gray[{plain(_(view.why_not_countersign))}]")
        return
    st.markdown(_("Look at the gates and the evidence below. Countersign only what you would sign yourself."))
    if st.button(_("Countersign"), type="primary", key=f"countersign-{view.sign_off.fact_id}"):
        done = try_action(lambda: countersign(context.store, context.actor, view.sign_off.fact_id, context.now()))
        if done is not None:
            say_after_rerun(_("Countersigned. They are signed off."))
            st.rerun()


def _draw_revoke(context: Context, view: SignOffView) -> None:
    with st.expander(_("Revoke this sign‑off"), key=f"revoking-{view.sign_off.fact_id}"):
        reasons = {
            RevokeReason.PRACTICE_CONCERN: _("A worry about practice"),
            RevokeReason.EVIDENCE_WRONG: _("The evidence was wrong"),
            RevokeReason.DECISION_MISTAKE: _("The decision was a mistake"),
            RevokeReason.LEFT_ROLE: _("They have left the role"),
        }
        reason = st.selectbox(
            _("Why?"),
            list(reasons),
            index=None,
            format_func=lambda code: reasons[code],
            key=f"revoke-why-{view.sign_off.fact_id}",
        )
        is_clicked = st.button(_("Revoke"), disabled=reason is None, key=f"revoke-{view.sign_off.fact_id}")
        if is_clicked and reason is not None:
            done = try_action(
                lambda: revoke(context.store, context.actor, view.sign_off.fact_id, reason.value, context.now())
            )
            if done is not None:
                say_after_rerun(_("Revoked. The evidence stays on record."))
                st.rerun()


VIEW = View(
    frozenset({Office.TRAINER, Office.TRAINING_LEAD, Office.COUNTERSIGNER}),
    N_("Decide"),
    URL,
    render,
    ":material/how_to_reg:",
    rank=4,
)
