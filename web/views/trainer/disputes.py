"""Decisions that the person sees differently: who waits for a second look, and the look, blind to what was decided."""

from typing import Any

import streamlit as st

from assessments.facts import DisputeOutcome
from assessments.reasons import AdjudicationReason
from assessments.service.decisions import Case, SignOffView, give_second_look, settle_dispute
from assessments.sign_off import DisputeStep
from curriculum.ids import ActivityId
from curriculum.models import Activity
from people.models import Office
from people.rights import Record, Right
from web.components import card, day_text, go_to, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.sentences import say
from web.texts import _
from web.views.manager.hubs import list_hubs
from web.views.trainer.choosing import address_of
from web.wording import entrustment_words

Row = dict[str, Any]


# ---------------------------------------------------------------- who waits


def draw_disputes(context: Context) -> int:
    """Draw which decisions wait for the reader's second look or choice; return how many."""
    rows = _list_rows(context)
    if rows:
        st.header(_("Seen differently"), anchor=False)
    for row in rows:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            what = _("wants a second look") if row["step"] == DisputeStep.LOOK_WANTED else _("waits for a choice")
            words = _("{what} since {day}").format(what=what, day=day_text(row["since"]))
            st.markdown(f"**{plain(row['name'])}** {plain(words)}", width="stretch")
            if st.button(_("Look"), key=f"dispute-{row['fact_id']}"):
                go_to(context, "decide", address_of(row))
    return len(rows)


def _list_rows(context: Context) -> list[Row]:
    actor = context.actor
    rows = list(ask(context, "assigned_disputes")) if actor.holds(Office.TRAINER) else []
    for hub in list_hubs(context, Right.COUNTERSIGN, Record.SIGN_OFF):
        rows += ask(context, "hub_disputes", hub=hub)
    for grant in actor.grants:
        if grant.office == Office.COUNTERSIGNER and grant.record_id is not None:
            rows += ask(context, "person_disputes", person_id=grant.record_id)
    return list({row["fact_id"]: row for row in rows}.values())


# ---------------------------------------------------------------- the second look


def draw_dispute(context: Context, case: Case, view: SignOffView) -> None:
    """Draw the form of the second look or of the choice, or why the reader has no part in it."""
    st.header(_("Seen differently"), anchor=False)
    if view.answer.step is DisputeStep.LOOK_WANTED:
        _draw_look(context, case, view)
    else:
        _draw_settling(context, view)


def _draw_look(context: Context, case: Case, view: SignOffView) -> None:
    if view.why_not_look:
        small_note(_("The person sees the decision differently and waits for a second look."))
        st.info(plain(say(view.why_not_look)), icon=":material/info:")
        return
    with card("second-look"):
        st.markdown(
            _("Decide as if nobody had: on the gates and the evidence above. You see the first decision once you have.")
        )
        key = f"look-level-{view.sign_off.fact_id}"
        levels = {one.id: _ask_level(one, f"{key}-{one.id}") for one in case.activities}
        with st.container(horizontal=True):
            is_whole = None not in levels.values()
            is_signed = st.button(_("I would sign off"), type="primary", disabled=not is_whole, key=f"{key}-yes")
            is_declined = st.button(_("I would say not yet"), key=f"{key}-no")
        if is_signed:
            _give(context, view, {id_: level for id_, level in levels.items() if level is not None})
        elif is_declined:
            _give(context, view, None)


def _ask_level(activity: Activity, key: str) -> int | None:
    """Return the level chosen; nothing is chosen at first, so that nothing is suggested."""
    offered = list(range(1, activity.ceiling + 1))
    return st.selectbox(activity.title, offered, index=None, format_func=entrustment_words, key=key)


def _give(context: Context, view: SignOffView, levels: dict[ActivityId, int] | None) -> None:
    store, actor, sign_off_id = context.store, context.actor, view.sign_off.fact_id
    done = try_action(lambda: give_second_look(store, actor, sign_off_id, levels, now=context.now()))
    if done is not None:
        say_after_rerun(_("Saved. Both decisions stand side by side now."))
        st.rerun()


# ---------------------------------------------------------------- the choice


def _draw_settling(context: Context, view: SignOffView) -> None:
    if view.why_not_settle:
        st.info(plain(say(view.why_not_settle)), icon=":material/info:")
        return
    with card("settle"):
        st.markdown(_("Which of the two counts? If the second one does, a new decision follows; both stay on record."))
        key = f"settle-{view.sign_off.fact_id}"
        outcomes = {
            DisputeOutcome.FIRST_STANDS: _("The first decision stands"),
            DisputeOutcome.SECOND_COUNTS: _("The second look counts"),
        }
        outcome = st.radio(
            _("Which one?"), list(outcomes), index=None, format_func=outcomes.__getitem__, key=f"{key}-outcome"
        )
        reasons = _reason_words()
        reason = st.selectbox(
            _("Why that one?"), list(reasons), index=None, format_func=reasons.__getitem__, key=f"{key}-reason"
        )
        is_ready = outcome is not None and reason is not None
        if st.button(_("Settle it"), type="primary", disabled=not is_ready, key=key) and outcome and reason:
            _settle(context, view, outcome, reason)


def _reason_words() -> dict[AdjudicationReason, str]:
    return {
        AdjudicationReason.FITS_THE_WORDING: _("It fits the evidence and its wording better"),
        AdjudicationReason.SAW_MORE: _("It takes in more of what was seen"),
        AdjudicationReason.BOTH_AGREE_NOW: _("Both have talked, and agree on it now"),
        AdjudicationReason.OTHER_WAS_MISTAKEN: _("The other one rests on a mistake"),
    }


def _settle(context: Context, view: SignOffView, outcome: DisputeOutcome, reason: AdjudicationReason) -> None:
    store, actor, sign_off_id = context.store, context.actor, view.sign_off.fact_id
    done = try_action(lambda: settle_dispute(store, actor, sign_off_id, outcome, reason, now=context.now()))
    if done is not None:
        say_after_rerun(_("Settled. The person sees both decisions and what counts."))
        st.rerun()
