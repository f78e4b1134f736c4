"""A group over its assessments: levels at the first, second, third … rating of one competency, drop-out shown."""

from functools import cache

import streamlit as st

from analytics.charts import Spec, levels_chart, levels_frame
from analytics.levels import CompetencyLevels
from analytics.progress import GroupProgress, Time, see_progress
from analytics.statistics.change import PairedChange
from curriculum.ids import ChecklistId, CompetencyId
from curriculum.models import Programme, Setting
from people.models import CohortId, HubId
from web.components import small_note
from web.context import Context
from web.estimates import because_text, share_text
from web.look import SCALE
from web.memory import recall
from web.pictures import draw_chart
from web.tables import small_table, table_behind
from web.texts import _
from web.views.manager.hubs import choose


@cache
def _chart(level: str) -> Spec:
    return levels_chart(SCALE, level)


def draw_progress(
    context: Context,
    programme: Programme,
    hub_id: HubId,
    cohort_id: CohortId | None,
    rows: list[CompetencyLevels],
) -> None:
    """Draw one of the competencies over its assessments, for who may see single people's ratings."""
    found = recall(
        context,
        "progress",
        (programme.head.id, hub_id, cohort_id),
        lambda: see_progress(context.store, context.actor, programme, hub_id, cohort_id=cohort_id),
    )
    shown = {(row.competency_id, row.checklist_id, row.setting): row for row in rows}
    groups = [one for one in found if _place(one) in shown and len(one.times) > 1]
    if not groups:
        return
    st.subheader(_("From one assessment to the next"), anchor=False)
    titles = {str(place): _title(programme, one) for place, one in enumerate(groups)}
    group = groups[int(choose(_("Competency"), titles, "progress-of"))]
    only_all = st.toggle(_("Only people who have had all of them"), key="completers")
    times = [(time, time.completers if only_all else time.levels) for time in group.times]
    picture = draw_chart(
        levels_frame([(_time_title(time, levels), levels) for time, levels in times]),
        _chart(_("Level")),
        alt=_alt(times),
        key="progress",
    )
    if not only_all:
        small_note(_("Later ones have fewer people: some have left, some were not watched again yet (see the table)."))
    table_behind(
        [_time_row(time, levels, only_all=only_all) for time, levels in times], "from-one-to-the-next", picture=picture
    )
    change = shown[_place(group)].change
    if change is not None:
        _draw_transitions(change)


def _place(one: GroupProgress | CompetencyLevels) -> tuple[CompetencyId, ChecklistId, Setting]:
    return one.competency_id, one.checklist_id, one.setting


def _title(programme: Programme, group: GroupProgress) -> str:
    competency = programme.competency_by_id.get(group.competency_id)
    return f"{competency.title if competency else group.competency_id} ({group.checklist_id})"


def _time_title(time: Time, levels: tuple[int, ...]) -> str:
    return _("Assessment {n} (n = {people})").format(n=time.nth, people=sum(levels))


def _alt(times: list[tuple[Time, tuple[int, ...]]]) -> str:
    parts = "; ".join(f"{time.nth}: {', '.join(map(str, levels))}" for time, levels in times)
    return _("How many people stood at each level, the lowest first, at each assessment. {parts}.").format(parts=parts)


def _time_row(time: Time, levels: tuple[int, ...], *, only_all: bool) -> dict[str, str]:
    row = {_("Assessment"): str(time.nth), _("People"): str(sum(levels))}
    row |= {_("Level {n}").format(n=level): str(n) for level, n in enumerate(levels, start=1)}
    if only_all:
        return row
    return row | {_("Left before"): str(time.n_left), _("Not watched so often yet"): str(time.n_not_yet)}


def _draw_transitions(change: PairedChange) -> None:
    """Draw from which level people came to which, between their first and newest rating, with the exact test."""
    with st.expander(_("From which level to which"), icon=":material/compare_arrows:", key="transitions"):
        levels = range(1, len(change.counts) + 1)
        rows = [
            {_("First"): _("Level {n}").format(n=before)}
            | {_("now {n}").format(n=after): str(change.counts[before - 1][after - 1]) for after in levels}
            for before in levels
        ]
        small_table(rows, "")
        words = _("{up} went up, {same} stayed, {down} went down.")
        st.markdown(words.format(up=change.n_up, same=change.n_same, down=change.n_down))
        small_note(_("Went up, of those who moved: {share}.").format(share=share_text(change.share_up)))
        small_note(_("Exact sign test: {p}.").format(p=_p_words(change)))


def _p_words(change: PairedChange) -> str:
    if change.p.value is None:
        return because_text(change.p)
    return _("so uneven a split by chance alone {n} times in 100").format(n=f"{change.p.value * 100:.0f}")
