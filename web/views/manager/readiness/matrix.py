"""The board as a matrix: people down, gates across, for wide screens."""

from typing import Final

import streamlit as st

from assessments.verdicts import GateState, GateVerdict, Verdict
from curriculum.gates import Gate, Severity
from web.components import plain, small_note
from web.context import Context
from web.tables import draw_csv, small_table
from web.texts import _
from web.views.manager.readiness.by_person import standing_words
from web.views.manager.readiness.scope import Board

_WIDE_ONLY: Final = (
    "<style>@media (max-width: 48rem) {.st-key-matrix {display: none}}"
    "@media (min-width: 48.01rem) {.st-key-matrix-narrow {display: none}}</style>"
)
"""Fifteen columns do not fit on a telephone; there, the board by person says the same in words."""

_MOST: Final = 60


def draw_matrix(context: Context, board: Board) -> None:
    """Draw the table, and what its numbers mean."""
    del context
    st.html(_WIDE_ONLY)
    with st.container(key="matrix-narrow"):
        st.info(_("The matrix needs a wide screen. “By person” shows the same in words."))
    gates = [gate for gate in board.newest.gates if gate.severity is Severity.BLOCK]
    people = board.summary.people[:_MOST]
    with st.container(key="matrix"):
        alt = _("People and gates: ✓ met, 2/3 has two of three, ? cannot be worked out yet, – not needed.")
        small_note(alt)
        rows = [_row(row.name, row.verdict, gates) for row in people]
        small_table(rows, "", alt=alt)
        titles = {str(number): gate.title for number, gate in enumerate(gates, start=1)}
        draw_csv([{titles.get(key, key): cell for key, cell in row.items()} for row in rows], "matrix")
        if len(board.summary.people) > _MOST:
            small_note(_("The first {n} are shown. Choose a cohort to see the others.").format(n=_MOST))
        lines = [f"{number}. {plain(gate.title)}" for number, gate in enumerate(gates, start=1)]
        st.markdown("\n".join(lines))


def _row(name: str, verdict: Verdict, gates: list[Gate]) -> dict[str, str]:
    by_id = {gate.gate_id: gate for gate in verdict.gates}
    cells = {str(number): _cell(by_id.get(gate.id)) for number, gate in enumerate(gates, start=1)}
    return {_("Name"): name, **cells, _("Where they stand"): standing_words(verdict)}


def _cell(gate: GateVerdict | None) -> str:
    if gate is None:
        return "–"
    match gate.state:
        case GateState.MET:
            return "✓"
        case GateState.NOT_MET:
            return f"{gate.have}/{gate.need}"
        case GateState.NOT_COMPUTABLE:
            return "?"
        case GateState.NOT_REQUIRED:
            return "–"
