"""How people of a hub come by supervision: each figure with how many it is about, and from when to when."""

from datetime import timedelta
from typing import Final

import streamlit as st

from analytics.hub_effort import Effort, see_effort
from analytics.supervision import Access, ConfidenceChange, see_access, see_confidence_change
from people.models import CohortId
from people.rights import Record, Right, may_in_hub
from web.components import day_text, figure, small_note
from web.context import Context
from web.meeting_words import outcome_words, party_words, reason_words
from web.memory import ask
from web.support_words import access_figures, effort_figures
from web.tables import small_table
from web.texts import _
from web.views.manager.hubs import choose
from web.views.support.hub import Place

_DAYS: Final = (30, 90, 365)


def draw_figures(context: Context, place: Place) -> None:
    """Draw the figures of a cohort or of all, over a stretch of days."""
    rows = ask(context, "cohorts_in_hub", hub=place.hub_id)
    titles = {row["cohort_id"]: row["title"] for row in rows if row["programme_id"] == place.programme_id}
    chosen = choose(_("Cohort"), {"": _("All cohorts")} | titles, "cohort") if len(titles) > 1 else ""
    cohort_id = CohortId(chosen) if chosen else None
    days = st.segmented_control(
        _("Over which time?"),
        list(_DAYS),
        default=_DAYS[1],
        required=True,
        format_func=lambda n: _("{n} days").format(n=n),
        key="days",
    )
    last_day = context.today()
    access = see_access(
        context.store,
        context.actor,
        place.programme,
        place.hub_id,
        first_day=last_day - timedelta(days=(days or _DAYS[1]) - 1),
        last_day=last_day,
        cohort_id=cohort_id,
    )
    small_note(f"{day_text(access.first_day)} – {day_text(access.last_day)}")
    _draw_access(access)
    _draw_not_held(access)
    if may_in_hub(context.actor, Right.SEE, Record.SUPERVISION, place.hub_id):
        effort = see_effort(
            context.store,
            context.actor,
            place.programme,
            place.hub_id,
            first_day=access.first_day,
            last_day=last_day,
            cohort_id=cohort_id,
        )
        _draw_effort(effort)
    if may_in_hub(context.actor, Right.SEE_AGGREGATE, Record.CONFIDENCE, place.hub_id):
        _draw_confidence(
            see_confidence_change(context.store, context.actor, place.programme, place.hub_id, cohort_id=cohort_id)
        )


def _draw_access(access: Access) -> None:
    with st.grid(2, min_column_width=150):
        for label, value, note in access_figures(access):
            figure(label, value, note)
    if access.is_suppressed:
        small_note(_("Numbers under {n} are not shown.").format(n=access.min_cell))


def _draw_effort(effort: Effort) -> None:
    st.header(_("What trainers put in"), anchor=False)
    with st.grid(2, min_column_width=150):
        for label, value, note in effort_figures(effort):
            figure(label, value, note)
    small_note(_("Of all trainers together. It shows whether the hub has enough time to give, and ranks nobody."))


def _draw_not_held(access: Access) -> None:
    if not access.not_held:
        return
    st.header(_("Why meetings did not take place"), anchor=False)
    shown = [
        {
            _("What"): outcome_words(one.outcome),
            _("Whose"): party_words(one.party) if one.party else "",
            _("Why"): reason_words(one.reason) if one.reason else "",
            _("How many"): str(one.n) if one.n is not None else _("too few"),
        }
        for one in access.not_held
    ]
    small_table(shown, "")


def _draw_confidence(changes: list[ConfidenceChange]) -> None:
    known = [change for change in changes if change.n]
    st.header(_("How sure people feel, before and after"), anchor=False)
    if not known:
        small_note(_("Not computable: too few have said it both before and after."))
        return
    small_note(_("By their own word, 1 to 5; only those who said it both times. No proof that training did it."))
    shown = [
        {
            _("About"): change.title,
            _("Before"): _level(change.median_before),
            _("After"): _level(change.median_after),
            _("People"): str(change.n),
        }
        for change in known
    ]
    small_table(shown, "")


def _level(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
