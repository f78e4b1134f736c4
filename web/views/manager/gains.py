"""What teaching changed: quizzes before and after it, of the same people, on the page of competencies."""

from typing import Final

import streamlit as st

from analytics.figures import number_text
from analytics.gains import Gain, PairGains, see_gains
from analytics.statistics.thresholds import ITEMS
from curriculum.models import Programme
from people.models import CohortId, HubId
from web.components import small_note
from web.context import Context
from web.estimates import share_text
from web.memory import recall
from web.tables import draw_csv, small_table
from web.texts import _, ngettext

_BLANK: Final = "–"


def draw_gains(context: Context, programme: Programme, hub_id: HubId, cohort_id: CohortId | None) -> None:
    """Draw the gain of each pair of quizzes; nothing in a programme without one."""
    found = recall(
        context,
        "gains",
        (programme.head.id, programme.head.version, hub_id, cohort_id),
        lambda: see_gains(context.store, context.actor, programme, hub_id, cohort_id=cohort_id),
    )
    if not found:
        return
    st.header(_("Before and after teaching"), anchor=False)
    for pair in found:
        _draw_pair(programme, pair)


def _draw_pair(programme: Programme, pair: PairGains) -> None:
    st.subheader(_("“{before}” and “{after}”").format(before=pair.before.title, after=pair.after.title), anchor=False)
    if pair.n_both is None:
        words = _("Fewer than {n} people took both, so nothing is shown.").format(n=pair.min_cell)
        st.markdown(f":gray[{words}]")
        return
    n = pair.n_both
    small_note(ngettext("{n} person took both quizzes.", "{n} people took both quizzes.", n).format(n=n))
    rows = _without_blank([_row(programme, row) for row in pair.rows])
    small_table(rows, _("No competency was asked about in both."))
    if rows:
        draw_csv(rows, f"gain-{pair.before.id}")
        small_note(_notes(n))


def _without_blank(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return the rows without what can be said of none of them."""
    said = {name for row in rows for name, words in row.items() if words != _BLANK}
    return [{name: words for name, words in row.items() if name in said} for row in rows]


def _notes(n: int) -> str:
    few = _("Means, interval and test are shown from {n} people on.").format(n=ITEMS.shown)
    indicative = _("With so few people they are indicative.") if ITEMS.shown <= n < ITEMS.coefficients else ""
    what = _(
        "Only people who took both are counted. p is how often so uneven a split would happen if nothing had changed "
        "(exact sign test). A rise says that they know more than before, not that the teaching did it."
    )
    return " ".join(part for part in (what, few, indicative) if part)


def _row(programme: Programme, row: Gain) -> dict[str, str]:
    title = programme.competency_by_id[row.competency_id].title
    return {
        _("Competency"): f"{row.competency_id} {title}",
        _("Better, same, worse"): ", ".join(_cell(n) for n in (row.n_up, row.n_same, row.n_down)),
        _("Right before, after"): _means(row),
        _("Better, of those who changed"): _BLANK if row.share_up is None else share_text(row.share_up),
        _("p"): _BLANK if row.p is None or row.p.value is None else number_text(row.p.value, 3),
    }


def _cell(n: int | None) -> str:
    return _("hidden") if n is None else str(n)


def _means(row: Gain) -> str:
    if row.before is None or row.after is None:
        return _BLANK
    return f"{number_text(row.before * 100, 0)} %, {number_text(row.after * 100, 0)} %"
