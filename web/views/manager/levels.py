"""*Competencies*: how many people stand at each level, what to teach again, and how those rated twice have moved."""

from functools import cache
from typing import Any, Final

import streamlit as st

from analytics.charts import Spec, levels_chart, levels_frame
from analytics.figures import figure_text
from analytics.levels import CompetencyLevels, LevelMap, see_levels, sees_ratings
from curriculum.ids import DomainId, ProgrammeId
from curriculum.models import Programme, Setting
from people.models import CohortId, HubId, Office
from people.rights import Record, Right
from web.components import count_of, empty_state, local_day, local_time, page_head, small_note
from web.context import Context
from web.look import SCALE
from web.memory import ask, recall
from web.pictures import Picture, draw_chart
from web.tables import draw_csv, small_table, table_behind
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.gains import draw_gains
from web.views.manager.hubs import choose, list_hubs
from web.views.manager.progress import draw_progress
from web.wording import setting_words

_MOST_BARS: Final = 8
"""More do not fit on a telephone."""

_LOWEST: Final = ""
"""Stands for the competencies in which most people are below what is asked for."""

_N_LEVELS: Final = 4


@cache
def _chart(level: str) -> Spec:
    return levels_chart(SCALE, level)


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Competencies"), note=_("How many people stand where, by their newest rating that counts."))
    hubs = recall(context, "hubs", None, lambda: list_hubs(context, Right.SEE_STATUS, Record.READINESS))
    if not hubs:
        empty_state(_("You have no hub yet"), _("Ask an administrator to give you an office in one."))
        return
    hub_id = HubId(choose(_("Hub"), hubs, "hub"))
    cohorts = ask(context, "cohorts_in_hub", hub=hub_id)
    programme = _programme(context, cohorts)
    if programme is None:
        empty_state(_("No cohort is open yet"), _("Once people are rated in practice, their levels stand here."))
        return
    cohort_id = _choose_cohort(context, hub_id, cohorts, programme.head.id)
    seen = recall(
        context,
        "levels",
        (programme.head.id, hub_id, cohort_id),
        lambda: see_levels(context.store, context.actor, programme, hub_id, cohort_id=cohort_id),
    )
    shown = _draw_map(context, programme, seen)
    if shown and seen.min_cell is None:
        draw_progress(context, programme, hub_id, cohort_id, shown)
    draw_gains(context, programme, hub_id, cohort_id)


def _programme(context: Context, cohorts: list[dict[str, Any]]) -> Programme | None:
    """Return the newest version of the programme chosen, among those of the hub's cohorts."""
    ids = [ProgrammeId(row["programme_id"]) for row in cohorts]
    wanted = [choice for choice in context.choices if choice.programme_id in ids]
    return wanted[0].programme if wanted else None


def _choose_cohort(
    context: Context, hub_id: HubId, cohorts: list[dict[str, Any]], programme_id: ProgrammeId
) -> CohortId | None:
    """Return the cohort chosen; None for all, and for who may not see people's ratings."""
    if not sees_ratings(context.actor, hub_id):
        return None
    titles = {row["cohort_id"]: row["title"] for row in cohorts if row["programme_id"] == programme_id}
    chosen = choose(_("Cohort"), {"": _("All cohorts"), **titles} if len(titles) > 1 else titles, "cohort")
    return CohortId(chosen) if chosen else None


# ---------------------------------------------------------------- the map


def _draw_map(context: Context, programme: Programme, seen: LevelMap) -> list[CompetencyLevels]:
    """Draw the map; return the rows that are shown."""
    if not seen.rows:
        empty_state(_("Nobody has a rating that counts yet"), _("The map fills with each observation that counts."))
        return []
    setting = seen.settings[0]
    if len(seen.settings) > 1:
        setting = st.segmented_control(
            _("Where they were watched"),
            seen.settings,
            default=setting,
            required=True,
            format_func=_setting_title,
            key="setting",
        )
    rows = seen.in_setting(Setting(setting))
    shown = _choose_rows(programme, rows)
    now = context.now()
    when = _("as of {day}, {time}").format(day=local_day(context, now), time=local_time(context, now))
    small_note(f"{_setting_title(setting)} · {when} · {programme.head.title} {programme.head.version}")
    if seen.min_cell is not None:
        small_note(
            _(
                "You see numbers of the whole hub. Numbers from 1 to {n}, and what would give them away, are hidden."
            ).format(n=seen.min_cell - 1)
        )
    picture = _draw_levels(programme, shown)
    table_behind([_table_row(programme, row) for row in shown], "competencies", picture=picture)
    _draw_change(programme, shown)
    return shown


def _setting_title(setting: Setting) -> str:
    words = setting_words(setting)
    return words[:1].upper() + words[1:]


def _choose_rows(programme: Programme, rows: list[CompetencyLevels]) -> list[CompetencyLevels]:
    titles = {_LOWEST: _("Most below what is asked for")}
    titles |= {str(domain.id): domain.title for domain in programme.domains}
    chosen = choose(_("Show"), titles, "domain")
    if chosen == _LOWEST:
        return sorted(rows, key=lambda row: (-(row.n_below or 0), -(row.n or 0)))[:_MOST_BARS]
    domain = next(one for one in programme.domains if one.id == DomainId(chosen))
    ids = {competency.id for competency in domain.competencies}
    return [row for row in rows if row.competency_id in ids]


def _title(programme: Programme, row: CompetencyLevels) -> str:
    competency = programme.competency_by_id.get(row.competency_id)
    return competency.title if competency else row.competency_id


def _draw_levels(programme: Programme, rows: list[CompetencyLevels]) -> Picture | None:
    whole = [
        (f"{_title(programme, row)} (n = {row.n})", [n or 0 for n in row.newest])
        for row in rows
        if row.n is not None and None not in row.newest
    ]
    if not rows:
        st.markdown(f":gray[{_('Nobody was rated in these here yet.')}]")
    elif not whole:
        st.markdown(f":gray[{_('Too few people were rated for a chart that hides small numbers.')}]")
    else:
        frame = levels_frame(whole[:_MOST_BARS])
        return draw_chart(frame, _chart(_("Level")), alt=_alt(programme, rows), key="levels")
    return None


def _alt(programme: Programme, rows: list[CompetencyLevels]) -> str:
    worst = max(rows, key=lambda row: row.n_below or 0)
    words = _("Bars of how many people stand at each level. Most are below level {level} in: {title}, {count}.")
    return words.format(
        level=worst.required, title=_title(programme, worst), count=count_of(worst.n_below or 0, worst.n or 0)
    )


def _table_row(programme: Programme, row: CompetencyLevels) -> dict[str, str]:
    cells = {
        _("Level {n}").format(n=level): _cell(row.newest[level - 1]) if level <= len(row.newest) else "–"
        for level in range(1, _N_LEVELS + 1)
    }
    return {
        _("Competency"): _title(programme, row),
        **cells,
        _("People rated"): _cell(row.n),
        _("Asked for"): _("level {n}").format(n=row.required),
    }


def _cell(n: int | None) -> str:
    return _("hidden") if n is None else str(n)


# ---------------------------------------------------------------- before and now


def _draw_change(programme: Programme, rows: list[CompetencyLevels]) -> None:
    """Draw how those who were rated more than once have moved, as words: of few people a chart says no more."""
    moved = [row for row in rows if row.change is not None]
    if not moved:
        return
    st.subheader(_("First and newest rating of the same people"), anchor=False)
    table: list[dict[str, str]] = []
    for row in moved:
        change = row.change
        if change is None:
            continue
        table.append(
            {
                _("Competency"): _title(programme, row),
                _("Higher, same, lower"): f"{change.n_up}, {change.n_same}, {change.n_down}",
                _("Up, of those who moved, in 100"): figure_text(change.share_up, digits=0, scale=100),
            }
        )
    small_table(table, "")
    draw_csv(table, "first-and-newest")
    n = max(row.change.n for row in moved if row.change is not None)
    small_note(
        ngettext(
            "The same checklist and setting, so that like stands beside like. With {n} person the interval is wide.",
            "The same checklist and setting, so that like stands beside like. With {n} people the intervals are wide.",
            n,
        ).format(n=n)
    )


VIEW = View(
    frozenset({Office.MANAGER, Office.TRAINING_LEAD}),
    N_("Competencies"),
    "competencies",
    render,
    ":material/stacked_bar_chart:",
    layout="wide",
    rank=8,
)
