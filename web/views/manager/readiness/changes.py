"""What changed since an earlier day: who stands elsewhere, and which gates are met now or no longer."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import streamlit as st

from analytics.boards import PersonChange
from analytics.readiness import see_changes
from curriculum.ids import GateId
from web.components import plain, small_note
from web.context import Context
from web.memory import recall
from web.tables import draw_csv
from web.texts import _, ngettext
from web.verdicts import gate_of
from web.views.manager.readiness.scope import Board, end_of_day
from web.wording import status_words

_DAYS_BACK: Final = 7


def draw_changes(context: Context, board: Board) -> None:
    """Draw the choice of the earlier day, and what changed since its end."""
    until = context.today() if board.as_of is None else context.store.day_of(board.as_of)
    last = until - timedelta(days=1)
    first_shown = until - timedelta(days=_DAYS_BACK)
    since: date = st.date_input(_("Since the end of"), value=first_shown, max_value=last, key=f"since-{until}")
    changes = recall(
        context,
        "changes",
        (board.programme_id, board.hub_id, board.cohort_id, board.as_of, since),
        lambda: see_changes(
            context.store,
            context.actor,
            board.programme_id,
            board.hub_id,
            since=end_of_day(context, since),
            cohort_id=board.cohort_id,
            as_of=board.as_of,
        ),
    )
    if not changes:
        st.markdown(f":gray[{_('Nothing has changed.')}]")
        return
    n_elsewhere = sum(change.is_of_status for change in changes)
    words = ngettext("{n} person stands elsewhere now", "{n} people stand elsewhere now", n_elsewhere)
    st.subheader(words.format(n=n_elsewhere), anchor=False)
    for change in changes:
        _draw_change(context, board, change)
    small_note(_("What was recorded late counts on the day it happened, so it is no change of today."))
    draw_csv([_row(context, board, change) for change in changes], "changes")


def _draw_change(context: Context, board: Board, change: PersonChange) -> None:
    lines = [f"**{plain(change.row.name)}**: {plain(_standing(change))}"]
    if change.met:
        lines.append(
            f":green[:material/check_circle: {_('Met now')}:] {plain(_gates(context, board, change, change.met))}"
        )
    if change.unmet:
        words = _gates(context, board, change, change.unmet)
        lines.append(f":red[:material/error: {_('No longer met')}:] {plain(words)}")
    st.markdown("  \n".join(lines))


def _standing(change: PersonChange) -> str:
    now = status_words(change.row.verdict.status)
    if change.status_before is None:
        return _("{status}, new here").format(status=now)
    if not change.is_of_status:
        return _("{status}, as before").format(status=now)
    return _("{status}, before: {before}").format(status=now, before=status_words(change.status_before))


def _gates(context: Context, board: Board, change: PersonChange, gates: Iterable[GateId]) -> str:
    programme = board.programme_of(context, change.row.verdict)
    return ", ".join(gate_of(programme, gate_id).title for gate_id in gates)


def _row(context: Context, board: Board, change: PersonChange) -> dict[str, str]:
    before = change.status_before
    return {
        _("Name"): change.row.name,
        _("Before"): status_words(before) if before is not None else "–",
        _("Now"): status_words(change.row.verdict.status),
        _("Met now"): _gates(context, board, change, change.met),
        _("No longer met"): _gates(context, board, change, change.unmet),
    }
