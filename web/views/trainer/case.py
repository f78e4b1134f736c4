"""One person's case: the gates, the decision, and the sign-offs there are."""

from dataclasses import replace

import streamlit as st

from assessments.reasons import RevokeReason
from assessments.service.decisions import Case, Separation, SignOffView, countersign, decline, revoke, sign_off
from assessments.sign_off import SignOffState, list_steps
from curriculum.ids import ActivityId
from curriculum.models import Activity
from web.components import card, day_text, page_head, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.documents.sign_off import draw_sign_off_pdf
from web.notes import note_field
from web.sentences import say
from web.sign_offs import draw_answer, draw_check_code, draw_levels, draw_steps, draw_wording
from web.texts import _, ngettext
from web.verdicts import draw_path
from web.views.trainer.disputes import draw_dispute
from web.views.trainer.interests import draw_interests
from web.views.trainer.ratings import draw_ratings
from web.views.trainer.second_person import draw_second_person
from web.wording import entrustment_words, sign_off_words, status_words


def draw_case(context: Context, case: Case) -> None:
    """Draw the sign-offs, the path, and the decision, or why the acting person may not take it."""
    verdict = case.verdict
    role = next((role.title for role in case.programme.head.roles if role.id == verdict.role_id), "")
    name = context.store.name_of(verdict.person_id)
    # Who is to look for a second time is not told where the first decision has led.
    is_blind = any(view.is_blind for view in case.sign_offs)
    note = "" if is_blind else status_words(verdict.status)
    page_head(name, kicker=f"{case.programme.head.title} · {role}", note=note)
    _draw_asked(context, case)
    for view in reversed(case.sign_offs):
        _draw_sign_off(context, view)
    draw_path(context, case.programme, replace(verdict, valid_until=None) if is_blind else verdict)
    n = len(case.evidence)
    small_note(ngettext("{n} fact is the evidence.", "{n} facts are the evidence.", n).format(n=n))
    _draw_near_raters(context, case)
    draw_ratings(context, case)
    _draw_separations(context, case)
    draw_second_person(context, case)
    draw_interests(context, verdict.person_id)
    if case.dispute is not None:
        draw_dispute(context, case, case.dispute)
        return
    if any(view.may_countersign for view in case.sign_offs):
        return
    st.header(_("Your decision"), anchor=False)
    if case.may_decide:
        _draw_decision(context, case)
    else:
        st.info(plain(say(case.why_not)), icon=":material/info:")


def _draw_near_raters(context: Context, case: Case) -> None:
    for one in case.near_raters:
        n, name = one.n_forms, context.store.name_of(one.person_id)
        words = ngettext(
            "{n} form that counts here is by {name}, who knows this person otherwise than as a trainer. It was "
            "there before that was known, and counts on. Look at it with care, or let somebody else watch again.",
            "{n} forms that count here are by {name}, who knows this person otherwise than as a trainer. They "
            "were there before that was known, and count on. Look at them with care, or let somebody else watch again.",
            n,
        )
        st.warning(plain(words.format(n=n, name=name)), icon=":material/diversity_3:")


def _draw_asked(context: Context, case: Case) -> None:
    if case.asked is None:
        return
    day = day_text(context.store.day_of(case.asked.occurred_at))
    is_same = set(case.asked.evidence) == set(case.evidence)
    words = _("Asks for the decision since {day}. The evidence is the same as then.")
    changed = _("Asks for the decision since {day}. The evidence has changed since: look at it anew.")
    st.info(plain((words if is_same else changed).format(day=day)), icon=":material/front_hand:")


def _draw_separations(context: Context, case: Case) -> None:
    """Draw who may sign and who may countersign, and who may not and why, before anybody clicks."""
    if case.lacks_second:
        st.warning(_no_second_words(), icon=":material/group_off:")
    with st.expander(_("Who may sign, and who may countersign"), icon=":material/group:", key="separations"):
        small_note(_("Who signs, who countersigns and whom it is about are always different people."))
        for one in case.separations:
            st.markdown(
                "\n".join(_separation_lines(context, one, needs_second=case.programme.head.decision.countersign))
            )


def _separation_lines(context: Context, one: Separation, *, needs_second: bool) -> list[str]:
    name = _("You") if one.person_id == context.actor.person_id else context.store.name_of(one.person_id)
    lines = [f"**{plain(name)}**", ""]
    lines.append(
        f"- {plain(_('may sign'))}"
        if not one.why_not_sign
        else f"- {plain(_('no signature: {why}').format(why=say(one.why_not_sign)))}"
    )
    if needs_second:
        lines.append(
            f"- {plain(_('may countersign what somebody else signs'))}"
            if not one.why_not_countersign
            else f"- {plain(_('no countersignature: {why}').format(why=say(one.why_not_countersign)))}"
        )
    return lines


def _no_second_words() -> str:
    return _(
        "Nobody here could countersign: the second person has to be another one than who signs. The training lead or "
        "the programme manager can invite somebody from outside for this one record, until a day."
    )


def _draw_decision(context: Context, case: Case) -> None:
    with card("decision"):
        st.markdown(_("How far may they go, for each activity?"))
        if case.programme.head.decision.countersign:
            small_note(_("A second person has to countersign. If you sign, that cannot be you."))
        if case.owed is not None:
            small_note(_("A second look counts in place of the last decision. Its levels are filled in."))
        person_id = case.verdict.person_id
        found = case.owed.answer.look.levels if case.owed is not None and case.owed.answer.look is not None else ()
        looked = {one.activity_id: one.level for one in found}
        levels = {
            activity.id: _ask_level(activity, f"level-{person_id}-{activity.id}", looked.get(activity.id))
            for activity in case.activities
        }
        label, note_max = _("A short comment (may be empty)"), case.programme.head.privacy.free_text_max
        note = note_field(label, f"decision-note-{person_id}", note_max, is_own=False)
        with st.container(horizontal=True):
            is_signed = st.button(_("Sign off"), type="primary", disabled=note is None)
            is_declined = st.button(_("Not yet"), disabled=note is None)
        if is_signed and note is not None:
            _sign_off(context, case, levels, note)
        elif is_declined and note is not None:
            _decline(context, case, note)


def _ask_level(activity: Activity, key: str, looked: int | None) -> int:
    offered = list(range(activity.required_level, activity.ceiling + 1))
    index = offered.index(looked) if looked in offered else 0
    return st.selectbox(activity.title, offered, index=index, format_func=entrustment_words, key=key)


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


def _draw_sign_off(context: Context, view: SignOffView) -> None:
    signed = view.sign_off
    with card(f"sign-off-{signed.fact_id}"):
        if view.is_blind:
            _draw_blind(context, view)
            return
        st.markdown(f"**{sign_off_words(view.state)}**")
        if view.revoked is not None:
            st.markdown(plain(_("Revoked: {why}.").format(why=_revoke_words().get(view.revoked.reason, ""))))
        programme = context.store.programme(signed.programme_id, signed.version_no)
        draw_levels(programme, signed.levels)
        if signed.note:
            st.markdown(f"> {plain(signed.note)}")
        draw_steps(context, list_steps(view.history, context.store.day_of))
        draw_answer(context, programme, view.answer)
        small_note(_("Evidence {hash}").format(hash=signed.evidence_hash[:12]))
        if view.state is SignOffState.AWAITING_COUNTERSIGN:
            _draw_countersign(context, view)
        if view.may_revoke:
            _draw_revoke(context, view)
        draw_wording(context, signed.fact_id)
        draw_check_code(signed.fact_id)
        draw_sign_off_pdf(context, signed)


def _draw_blind(context: Context, view: SignOffView) -> None:
    day = day_text(context.store.day_of(view.sign_off.occurred_at))
    st.markdown(f"**{plain(_('A decision of {day} that the person sees differently').format(day=day))}**")
    small_note(_("What was decided is not shown until the second look is given, so that it is a look of its own."))


def _draw_countersign(context: Context, view: SignOffView) -> None:
    if not view.may_countersign:
        st.markdown(f":gray[{plain(say(view.why_not_countersign))}]")
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
