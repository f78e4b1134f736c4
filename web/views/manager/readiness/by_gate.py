"""The board by gate: which gates keep people back, who is one gate away, and whose practice is on hold."""

from datetime import date
from functools import cache
from typing import Final

import streamlit as st

from analytics.boards import OneAway
from analytics.charts import Spec, gates_closed_chart, gates_closed_frame
from assessments.verdicts import GateState
from web.components import count_of, day_text, page_of, plain, small_note
from web.context import Context
from web.look import SCALE
from web.pictures import draw_chart
from web.tables import table_behind
from web.texts import _, ngettext
from web.verdicts import draw_why, figure_of, gate_of
from web.views.manager.readiness.scope import Board

_MOST_BARS: Final = 8
"""More do not fit on a telephone; the table has them all."""

_MOST_PEOPLE: Final = 10
"""Beside the bars at once; the others are turned over to."""

_HUB_OWES: Final = frozenset({"supervision", "assessor", "observers"})
"""Kinds of gate that only the hub's own people can open."""


@cache
def _chart() -> Spec:
    return gates_closed_chart(SCALE)


def draw_by_gate(context: Context, board: Board) -> None:
    """Draw the bars, and beside them those who are nearly there."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _draw_bars(board)
    with right:
        _draw_one_away(context, board)
        _draw_on_hold(board)


# ---------------------------------------------------------------- the bars


def _draw_bars(board: Board) -> None:
    n = board.summary.n
    title = ngettext("Gates not met, of {n} person", "Gates not met, of {n} people", n).format(n=n)
    st.subheader(title, anchor=False)
    rows = [
        (gate_of(board.newest, count.gate_id).title, count.n_closed, count.n_needing) for count in board.summary.gates
    ]
    if not rows:
        st.markdown(f":green[:material/check_circle: {_('Every gate is met by everybody.')}]")
        return
    shown = rows[:_MOST_BARS]
    picture = draw_chart(gates_closed_frame(shown), _chart(), alt=_alt(rows, board.summary.n), key="gates-closed")
    _draw_support(board)
    table = [{_("Gate"): title, _("Not met by"): count_of(closed, needing)} for title, closed, needing in rows]
    table_behind(table, "gates", picture=picture)


def _alt(rows: list[tuple[str, int, int]], n: int) -> str:
    title, closed, _needing = rows[0]
    words = _("Bars of gates not met. Most people, {closed} of {n}, still miss: {gate}.")
    return words.format(closed=closed, n=n, gate=title)


def _draw_support(board: Board) -> None:
    """Say what the hub itself still owes its people, before anybody is blamed for not being ready."""
    gates = {gate.id: gate for gate in board.newest.gates}
    owed = [
        f"{gates[count.gate_id].title} ({count_of(count.n_closed, count.n_needing)})"
        for count in board.summary.gates
        if count.gate_id in gates and gates[count.gate_id].kind in _HUB_OWES
    ]
    if owed:
        small_note(_("Of these, the hub has to offer: {gates}").format(gates=", ".join(owed)))


# ---------------------------------------------------------------- people


def _draw_one_away(context: Context, board: Board) -> None:
    st.subheader(_("One gate away"), anchor=False)
    if not board.summary.one_away:
        st.markdown(f":gray[{_('Nobody at present.')}]")
    for away in page_of(board.summary.one_away, "one-away", _MOST_PEOPLE):
        _draw_away(context, board, away)


def _draw_away(context: Context, board: Board, away: OneAway) -> None:
    verdict = away.row.verdict
    programme = board.programme_of(context, verdict)
    title = gate_of(programme, away.gate.gate_id).title
    is_unknown = away.gate.state is GateState.NOT_COMPUTABLE
    figure = _("cannot be worked out yet") if is_unknown else figure_of(away.gate)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        words = f"**{plain(away.row.name)}**  \n:gray[{plain(title)}: {plain(figure)}]"
        st.markdown(words, width="stretch")
        draw_why(
            context,
            programme,
            away.gate,
            person_id=verdict.person_id,
            as_of=board.as_of,
            known_at=board.known_at,
            key="away-",
        )


def _draw_on_hold(board: Board) -> None:
    if not board.summary.on_hold:
        return
    n = len(board.summary.on_hold)
    st.subheader(ngettext("{n} person on hold", "{n} people on hold", n).format(n=n), anchor=False)
    lines = [
        f"**{plain(row.name)}**  \n:red[:material/pause_circle: {hold_words(row.verdict.hold_since)}]"
        for row in page_of(board.summary.on_hold, "on-hold", _MOST_PEOPLE)
    ]
    st.markdown("\n\n".join(lines))
    small_note(_("The safeguarding lead decides when they go on. Why is not shown here."))


def hold_words(since: date | None) -> str:
    """Return that practice is on hold, and since when; never why."""
    return _("on hold since {day}").format(day=day_text(since)) if since else _("on hold")
