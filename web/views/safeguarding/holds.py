"""*Holds and debriefs*: whose practice is on hold, what was seen, and the decision to go on."""

from typing import Any

import streamlit as st

from assessments.reasons import LiftReason
from assessments.service.holds import lift_hold
from people.facts import Change
from people.models import Office
from people.rights import Record, Right
from web.components import (
    card,
    day_text,
    empty_state,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
)
from web.context import Context
from web.texts import N_, _, ngettext
from web.view import View
from web.views.appeals.deciding import draw_open_appeals
from web.views.manager.hubs import list_hubs
from web.views.safeguarding.late import late_badge
from web.wording import setting_words

Row = dict[str, Any]


def render(context: Context) -> None:
    """Draw the page."""
    page_head(
        _("Holds and debriefs"),
        note=_("A hold stops practice. It is no report: a worry about a child goes to your procedure, not here."),
    )
    if draw_open_appeals(context):
        st.header(_("On hold"), anchor=False)
    hubs = list_hubs(context, Right.LIFT, Record.HOLD)
    rows = [row for hub in hubs for row in context.store.query("hub_holds", context.actor, hub=hub)]
    still_open = [row for row in rows if row["ended_by"] is None]
    if not still_open:
        empty_state(_("Nobody is on hold"), _("When a rater confirms a critical unhelpful behaviour, it stands here."))
    for row in still_open:
        _draw_hold(context, row)
    _draw_ended(context, [row for row in rows if row["ended_by"] is not None])


def _draw_hold(context: Context, row: Row) -> None:
    programme = context.store.programme(row["programme_id"], row["version_no"])
    with card(f"hold-{row['fact_id']}"):
        st.markdown(
            f"**{plain(row['name'])}** :red-badge[{_('on hold since {day}').format(day=day_text(row['since']))}] "
            f"{late_badge(context, programme, row['since'])}".rstrip()
        )
        st.markdown(f":red[:material/report: {plain(programme.behaviour_by_id[row['behaviour_id']].text)}]")
        checklist = programme.checklist_by_id[row["checklist_id"]]
        small_note(
            _("Seen by {name}: {checklist}, {setting}").format(
                name=row["rater_name"], checklist=checklist.title, setting=setting_words(row["setting"])
            )
        )
        _draw_debrief(row)
        _draw_lifting(context, row)


def _draw_debrief(row: Row) -> None:
    if row["debriefed_on"] is None:
        st.markdown(f":orange[:material/forum: {_('Not talked through yet.')}]")
        return
    day = day_text(row["debriefed_on"])
    words = _("Talked through on {day}.").format(day=day)
    st.markdown(f":green[:material/check: {words}] {_procedure_words(row)}")


def _draw_lifting(context: Context, row: Row) -> None:
    why_not = _why_not_lift(context, row)
    if why_not:
        st.info(why_not)
        return
    reasons = _lift_words()
    reason = st.selectbox(
        _("Why may practice go on?"),
        list(reasons),
        index=None,
        format_func=lambda code: reasons[code],
        key=f"reason-{row['fact_id']}",
    )
    label = _("Lift the hold")
    if st.button(label, type="primary", key=f"lift-{row['fact_id']}", disabled=reason is None) and reason is not None:
        done = try_action(lambda: lift_hold(context.store, context.actor, row["fact_id"], reason.value, context.now()))
        if done is not None:
            say_after_rerun(_("Lifted. Practice may go on."))
            st.rerun()


def _why_not_lift(context: Context, row: Row) -> str:
    if row["rater_no"] == context.actor.person_id:
        return _("You saw this yourself, so somebody else lifts it: the deputy or the lead.")
    if row["person_no"] == context.actor.person_id:
        return _("It is about your own practice, so somebody else lifts it: the deputy or the lead.")
    return ""


def _lift_words() -> dict[LiftReason, str]:
    return {
        LiftReason.TALKED_THROUGH: _("It was talked through, and understood"),
        LiftReason.RETRAINED: _("The person was trained again"),
        LiftReason.MISUNDERSTOOD: _("It was a misunderstanding"),
        LiftReason.PROCEDURE_COMPLETE: _("The organisation's procedure is complete"),
    }


def _draw_ended(context: Context, rows: list[Row]) -> None:
    if not rows:
        return
    words = ngettext("{n} hold that has ended", "{n} holds that have ended", len(rows)).format(n=len(rows))
    with st.expander(words, key="ended"):
        for row in sorted(rows, key=lambda row: row["ended_on"], reverse=True):
            days = _("{since} to {until}").format(since=day_text(row["since"]), until=day_text(row["ended_on"]))
            st.markdown(f"**{plain(row['name'])}**: {plain(days)}")
            st.markdown("\n".join(f"- {plain(words)}" for words in _trail(context, row)))


def _trail(context: Context, row: Row) -> list[str]:
    """Return what became of a hold that has ended, step by step: seen, talked through or not, ended."""
    programme = context.store.programme(row["programme_id"], row["version_no"])
    seen = _("{day}: seen by {name}: {what}").format(
        day=day_text(row["since"]), name=row["rater_name"], what=programme.behaviour_by_id[row["behaviour_id"]].text
    )
    return [seen, _debrief_words(row), f"{day_text(row['ended_on'])}: {_ended_words(row)}"]


def _debrief_words(row: Row) -> str:
    if row["debriefed_on"] is None:
        return _("No debrief is on record.")
    words = _("{day}: talked through by {name}").format(day=day_text(row["debriefed_on"]), name=row["debriefed_name"])
    return f"{words}. {_procedure_words(row)}"


def _procedure_words(row: Row) -> str:
    if row["procedure_followed"]:
        return _("Procedure followed.")
    return _("Procedure not needed or not followed: ask.")


def _ended_words(row: Row) -> str:
    if row["ended_by"] == Change.VOID:
        return _("withdrawn as a slip by {who}").format(who=row["ended_name"])
    why = _lift_words().get(row["ended_reason"], "")
    return _("lifted by {who}. {why}").format(who=row["ended_name"], why=why)


VIEW = View(
    frozenset({Office.SAFEGUARDING_LEAD, Office.SAFEGUARDING_DEPUTY}),
    N_("Holds and debriefs"),
    "holds",
    render,
    ":material/pause_circle:",
    rank=1,
)
