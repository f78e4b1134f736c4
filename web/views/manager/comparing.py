"""Cohorts side by side, each with its interval and drawn towards the others by as much as its size asks for."""

from functools import cache
from typing import Final

import streamlit as st

from analytics.charts import Spec, shares_chart, shares_frame
from analytics.comparison import WEEKS, CohortShare, Comparison, see_comparison
from web.components import count_of, small_note
from web.context import Context
from web.estimates import share_text
from web.look import SCALE
from web.memory import recall
from web.pictures import draw_chart
from web.sentences import say
from web.tables import table_behind
from web.texts import _
from web.views.manager.people_chosen import PeopleChosen

_MOST_BARS: Final = 12
"""More do not fit on a telephone; the table has them all."""


@cache
def _chart() -> Spec:
    return shares_chart(SCALE)


def draw_comparison(context: Context, people: PeopleChosen) -> None:
    """Draw the cohorts of the hub; nothing where there is only one."""
    weeks = st.session_state.get("compare-weeks") or WEEKS[1]
    found = recall(context, "comparison", (people.key, weeks), lambda: _see(context, people, weeks))
    if len(found.cohorts) < 2:
        return
    st.subheader(_("Cohorts side by side"), anchor=False)
    st.segmented_control(
        _("Signed off within how many weeks of enrolment?"),
        list(WEEKS),
        default=WEEKS[1],
        required=True,
        format_func=lambda n: _("{n} weeks").format(n=n),
        key="compare-weeks",
    )
    known = [cohort for cohort in found.cohorts if cohort.n]
    picture = None
    if known:
        drawn = known[-_MOST_BARS:]
        rows = [(f"{cohort.title} ({count_of(cohort.n_signed, cohort.n)})", cohort.share.raw) for cohort in drawn]
        picture = draw_chart(shares_frame(rows), _chart(), alt=_alt(drawn, weeks), key="cohorts")
        if len(known) > _MOST_BARS:
            small_note(_("The last {n} are drawn; the table has all.").format(n=_MOST_BARS))
    small_note(
        _(
            "Only people who enrolled so long ago are compared, those who left among them. Where the lines overlap, "
            "these numbers bear no difference."
        )
    )
    if found.because is not None:
        small_note(_("Not drawn towards each other, because {why}.").format(why=say(found.because)))
    table_behind([_row(cohort, found) for cohort in found.cohorts], "cohorts", picture=picture)


def _see(context: Context, people: PeopleChosen, weeks: int) -> Comparison:
    return see_comparison(context.store, context.actor, people.programme, people.hub_id, weeks=weeks)


def _alt(known: list[CohortShare], weeks: int) -> str:
    parts = "; ".join(f"{cohort.title}: {count_of(cohort.n_signed, cohort.n)}" for cohort in known)
    return _("Signed off within {n} weeks of enrolment, by cohort. {parts}.").format(n=weeks, parts=parts)


def _row(cohort: CohortShare, found: Comparison) -> dict[str, str]:
    row = {
        _("Cohort"): cohort.title,
        _("Signed off in time"): count_of(cohort.n_signed, cohort.n),
        _("Share, 95 % interval"): share_text(cohort.share.raw),
        _("Too early to say"): str(cohort.n_young),
    }
    if found.because is None:
        row[_("Drawn towards the others, about 90 %")] = share_text(cohort.share.shrunk)
    return row
