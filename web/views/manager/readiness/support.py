"""What the hub gave its people, on the page that says who is not ready: nobody is blamed before it is seen."""

from datetime import timedelta
from typing import Final

import streamlit as st

from analytics.hub_effort import Effort, see_effort
from analytics.supervision import Access, see_access
from people.rights import Record, Right, may_in_hub
from web.components import day_text, plain, small_note, view_link
from web.context import Context
from web.memory import recall
from web.support_words import (
    answer_figures,
    gap_figure,
    held_figure,
    in_time_figure,
    load_figure,
    prepared_figure,
)
from web.texts import _, ngettext
from web.views.manager.readiness.scope import Board

_DAYS: Final = 90


def draw_support(context: Context, board: Board) -> None:
    """Draw how the people of the board came by supervision in the last 90 days, for who may see it."""
    rights = (Right.SEE, Right.SEE_AGGREGATE)
    if not any(may_in_hub(context.actor, right, Record.SUPERVISION, board.hub_id) for right in rights):
        return
    key = (board.programme_id, board.hub_id, board.cohort_id, board.as_of)
    access = recall(context, "support", key, lambda: _see(context, board))
    is_now = board.as_of is None
    with st.container(border=True, gap="xsmall", key="support-beside"):
        st.markdown(f"**{_('What the hub gave')}**")
        small_note(f"{day_text(access.first_day)} – {day_text(access.last_day)}")
        late = _late_words(access) if is_now else ""
        if late:
            st.markdown(f":red[:material/schedule: {late}]")
        with st.grid(4, min_column_width=140):
            for label, value, note in [*_figures(access, is_now=is_now), *_effort_figures(context, board)]:
                st.markdown(f"{plain(label)}: **{plain(str(value))}**  \n:small[:gray[{plain(note)}]]")
        if access.is_suppressed:
            small_note(_("Numbers under {n} are not shown.").format(n=access.min_cell))
        view_link(context, "support", _("More about support"), query={"support_show": _("Figures")})


def _see(context: Context, board: Board) -> Access:
    last_day = context.today() if board.as_of is None else context.store.day_of(board.as_of)
    return see_access(
        context.store,
        context.actor,
        board.newest,
        board.hub_id,
        first_day=last_day - timedelta(days=_DAYS - 1),
        last_day=last_day,
        cohort_id=board.cohort_id,
    )


def _effort_figures(context: Context, board: Board) -> list[tuple[str, int | str, str]]:
    """Return how sessions were prepared and what a trainer's week holds, for who sees the hub's supervision."""
    if not may_in_hub(context.actor, Right.SEE, Record.SUPERVISION, board.hub_id):
        return []
    key = (board.programme_id, board.hub_id, board.cohort_id, board.as_of)
    effort = recall(context, "effort", key, lambda: _see_effort(context, board))
    return [prepared_figure(effort), load_figure(effort)]


def _see_effort(context: Context, board: Board) -> Effort:
    last_day = context.today() if board.as_of is None else context.store.day_of(board.as_of)
    return see_effort(
        context.store,
        context.actor,
        board.newest,
        board.hub_id,
        first_day=last_day - timedelta(days=_DAYS - 1),
        last_day=last_day,
        cohort_id=board.cohort_id,
    )


def _figures(access: Access, *, is_now: bool) -> list[tuple[str, int | str, str]]:
    """Return the figures; of an earlier day none that is about today."""
    median, _most, late = answer_figures(access)
    today = [in_time_figure(access)] if is_now else []
    return [held_figure(access), *today, gap_figure(access), median, *([late] if is_now else [])]


def _late_words(access: Access) -> str:
    """Return how many have waited too long, or nothing when nobody has or it is hidden."""
    if not access.n_owed or access.n_in_time is None or access.n_in_time == access.n_owed:
        return ""
    n = access.n_owed - access.n_in_time
    words = ngettext(
        "{n} of {of} who practise has waited too long for supervision. Look at this first.",
        "{n} of {of} who practise have waited too long for supervision. Look at this first.",
        n,
    )
    return words.format(n=n, of=access.n_owed)
