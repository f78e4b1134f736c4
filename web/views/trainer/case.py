"""One person's case: the gates, the decision, and the sign-offs there are."""

import streamlit as st

from assessments.reasons import RevokeReason
from assessments.service.decisions import Case, SignOffView, countersign, decline, revoke, sign_off
from assessments.sign_off import SignOffState
from curriculum.ids import ActivityId
from curriculum.models import Activity
from web.components import card, day_text, page_head, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.notes import note_field
from web.texts import _, ngettext
from web.verdicts import draw_path
from web.views.trainer.interests import draw_interests
from web.views.trainer.ratings import draw_ratings
from web.views.trainer.second_person import draw_second_person
from web.wording import entrustment_words, status_words


def draw_case(context: Context, case: Case) -> None:
    """Draw the sign-offs, the path, and the decision, or why the acting person may not take it."""
    verdict = case.verdict
    role = next((role.title for role in case.programme.head.roles if role.id == verdict.role_id), "")
    name = context.store.name_of(verdict.person_id)
    page_head(name, kicker=f"{case.programme.head.title} · {role}", note=status_words(verdict.status))
    for view in reversed(case.sign_offs):
        _draw_sign_off(context, case, view)
    draw_path(context, case.programme, verdict)
    n = len(case.evidence)
    small_note(ngettext("{n} fact is the evidence.", "{n} facts are the evidence.", n).format(n=n))
    draw_ratings(context, case)
    draw_second_person(context, case)
    draw_interests(context, verdict.person_id)
    if any(view.may_countersign for view in case.sign_offs):
        return
    st.header(_("Your decision"), anchor=False)
    if case.may_decide:
        _draw_decision(context, case)
    else:
        st.info(plain(_(case.why_not)), icon=":material/info:")


def _draw_decision(context: Context, case: Case) -> None:
    with card("decision"):
        st.markdown(_("How far may they go, for each activity?"))
        if case.programme.head.decision.countersign:
            small_note(_("A second person has to countersign."))
        person_id = case.verdict.person_id
        levels = {activity.id: _ask_level(activity, f"level-{person_id}-{activity.id}") for activity in case.activities}
        label, note_max = _("A short comment (may be empty)"), case.programme.head.privacy.free_text_max
        note = note_field(label, f"decision-note-{person_id}", note_max, is_own=False)
        with st.container(horizontal=True):
            is_signed = st.button(_("Sign off"), type="primary", disabled=note is None)
            is_declined = st.button(_("Not yet"), disabled=note is None)
        if is_signed and note is not None:
            _sign_off(context, case, levels, note)
        elif is_declined and note is not None:
            _decline(context, case, note)


def _ask_level(activity: Activity, key: str) -> int:
    offered = list(range(activity.required_level, activity.ceiling + 1))
    return st.selectbox(activity.title, offered, format_func=entrustment_words, key=key)


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
        if view.revoked is not None:
            day = day_text(context.store.day_of(view.revoked.occurred_at))
            who, why = context.store.name_of(view.revoked.actor_id), _revoke_words().get(view.revoked.reason, "")
            small_note(_("Revoked on {day} by {name}: {why}").format(day=day, name=who, why=why))
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
        reasons = _revoke_words()
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
                lambda: revoke(context.store, context.actor, view.sign_off.fact_id, reason, context.now())
            )
            if done is not None:
                say_after_rerun(_("Revoked. The evidence stays on record."))
                st.rerun()


def _revoke_words() -> dict[str, str]:
    return {
        RevokeReason.PRACTICE_CONCERN: _("A worry about practice"),
        RevokeReason.EVIDENCE_WRONG: _("The evidence was wrong"),
        RevokeReason.DECISION_MISTAKE: _("The decision was a mistake"),
        RevokeReason.LEFT_ROLE: _("They have left the role"),
    }
