"""What the board is about: which people, of which programme, as of when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import streamlit as st

from analytics.boards import BoardSummary, summarise
from analytics.readiness import see_whole_board
from assessments.verdicts import Verdict
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.models import CohortId, HubId
from web.components import day_text, local_day, local_time
from web.context import Context
from web.memory import recall
from web.texts import _, ngettext
from web.views.manager.hubs import choose

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Board:
    """The board with what stands beside its figures. `as_of` None means now, `cohort_id` None all cohorts.

    `known_at` None means that it is by what is known today.
    """

    hub_id: HubId
    cohort_id: CohortId | None
    programme_id: ProgrammeId
    title: str
    as_of: datetime | None
    known_at: datetime | None
    summary: BoardSummary
    newest: Programme

    def programme_of(self, context: Context, verdict: Verdict) -> Programme:
        """Return the version that a person's verdict was judged by."""
        return context.store.programme(self.programme_id, verdict.version_no)

    def words(self, context: Context) -> str:
        """Return whom the figures are about, as of when, and by which version."""
        n = self.summary.n
        parts = [self.title, ngettext("{n} person", "{n} people", n).format(n=n), self._when(context)]
        parts += [", ".join(self._versions(context))]
        if self.summary.n_left:
            left = ngettext("{n} who left is not counted", "{n} who left are not counted", self.summary.n_left)
            parts.append(left.format(n=self.summary.n_left))
        if self.summary.n_moved:
            moved = ngettext(
                "{n} who has moved to another hub is not shown",
                "{n} who have moved to another hub are not shown",
                self.summary.n_moved,
            )
            parts.append(moved.format(n=self.summary.n_moved))
        return " · ".join(parts)

    def _when(self, context: Context) -> str:
        if self.as_of is not None:
            day = day_text(context.store.day_of(self.as_of))
            if self.known_at is not None:
                return _("as of the end of {day}, by what was known then").format(day=day)
            return _("as of the end of {day}, by what is known today").format(day=day)
        now = context.now()
        return _("as of {day}, {time}").format(day=local_day(context, now), time=local_time(context, now))

    def _versions(self, context: Context) -> list[str]:
        numbers = sorted({row.verdict.version_no for row in self.summary.people})
        heads = [context.store.programme(self.programme_id, number).head for number in numbers]
        return [f"{head.title} {head.version}" for head in heads] or [self.newest.head.title]


def choose_board(context: Context, hub_id: HubId, hub_title: str, cohorts: Sequence[Row]) -> Board:
    """Draw the choices of programme, cohort and day, and return the board of what was chosen."""
    programme_ids = list(dict.fromkeys(ProgrammeId(row["programme_id"]) for row in cohorts))
    wanted = [choice.programme_id for choice in context.choices if choice.programme_id in programme_ids]
    programme_id = (wanted or programme_ids)[0]
    of_programme = {row["cohort_id"]: row["title"] for row in cohorts if row["programme_id"] == programme_id}
    with st.grid(2, min_column_width=220):
        titles = ({"": _("All cohorts")} if len(of_programme) > 1 else {}) | of_programme
        cohort_id = choose(_("Cohort"), titles, "cohort")
        as_of = _choose_day(context)
    known_at = _choose_known(as_of)
    cohort = CohortId(cohort_id) if cohort_id else None
    summary = recall(
        context,
        "board",
        (programme_id, hub_id, cohort, as_of, known_at),
        lambda: _summary(context, programme_id, hub_id, cohort, as_of=as_of, known_at=known_at),
    )
    newest_no = max((row.verdict.version_no for row in summary.people), default=1)
    title = f"{titles[cohort_id]}, {hub_title}"
    newest = context.store.programme(programme_id, newest_no)
    return Board(hub_id, cohort, programme_id, title, as_of, known_at, summary, newest)


def _summary(
    context: Context,
    programme_id: ProgrammeId,
    hub_id: HubId,
    cohort_id: CohortId | None,
    *,
    as_of: datetime | None,
    known_at: datetime | None,
) -> BoardSummary:
    store, actor = context.store, context.actor
    seen = see_whole_board(store, actor, programme_id, hub_id, cohort_id=cohort_id, as_of=as_of, known_at=known_at)
    return summarise(seen.rows, seen.n_moved)


def _choose_day(context: Context) -> datetime | None:
    """Return the last instant of a day gone by, or None for now."""
    today = context.store.day_of(context.now())
    day: date = st.date_input(_("As of"), value=today, max_value=today, key="day", bind="query-params")
    return None if day >= today else end_of_day(context, day)


def _choose_known(as_of: datetime | None) -> datetime | None:
    """Return the instant by which a thing had to be recorded to be known, or None for today."""
    if as_of is None:
        return None
    is_then = st.toggle(
        _("Only what was known on that day"),
        key="known",
        bind="query-params",
        help=_("What was recorded later, and corrected later, is left out: so the board looked then."),
    )
    return as_of if is_then else None


def end_of_day(context: Context, day: date) -> datetime:
    """Return the last instant of a day where the programme is."""
    return datetime.combine(day + timedelta(days=1), time(), context.store.org.zone) - timedelta(microseconds=1)
