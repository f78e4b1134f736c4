"""A closed cohort: how everybody left, the board as it was, and a completion record for each."""

from collections import Counter
from datetime import date
from typing import Any

import streamlit as st

from analytics.closed_cohorts import ClosedBoard, ClosedRow, see_closed_board
from assessments.facts import Outcome
from assessments.verdicts import GateState
from curriculum.gates import Severity
from people.models import CohortId, HubId
from people.rights import Record, Right, may_in_hub
from web.components import card, day_text, plain, plain_link, small_note, try_action
from web.context import Context
from web.tables import small_table
from web.texts import _, ngettext
from web.verdicts import figure_of, gate_of
from web.views.manager.closing import draw_kept
from web.views.manager.readiness.by_person import standing_words
from web.wording import outcome_words

Row = dict[str, Any]


def draw_closed(context: Context, hub_id: HubId, cohort: Row, members: list[Row]) -> None:
    """Draw the closed cohort; of where people stood only to who may see that, to others who is in it."""
    closed_on = day_text(cohort["closed_on"])
    st.info(_("Closed on {day}. Nobody can join it any more.").format(day=closed_on), icon=":material/inventory_2:")
    if not may_in_hub(context.actor, Right.SEE_STATUS, Record.READINESS, hub_id):
        st.markdown("\n".join(f"- {plain(row['name'])}" for row in members))
        return
    cohort_id = CohortId(cohort["cohort_id"])
    board = try_action(lambda: see_closed_board(context.store, context.actor, cohort_id))
    if board is None:
        return
    _draw_figures(board)
    for row in board.rows:
        _draw_row(row)
    _draw_gates(context, board)
    draw_kept(_latest(board))
    _draw_proof(board)


def _draw_figures(board: ClosedBoard) -> None:
    n = board.closing.n_people
    counts = Counter(row.outcome for row in board.rows)
    words = [f"{counts[outcome]} {outcome_words(outcome).lower()}" for outcome in Outcome if counts[outcome]]
    people = ngettext("{n} person", "{n} people", n).format(n=n)
    if board.n_moved:
        moved = ngettext("{n} has moved to another hub since", "{n} have moved to another hub since", board.n_moved)
        words.append(moved.format(n=board.n_moved))
    st.markdown(f"**{plain(people)}**: {plain(' · '.join(words))}")
    small_note(
        _("As of the closing, by {name}. Who has moved on is not shown here any more.").format(name=board.closed_by)
    )


def _draw_row(row: ClosedRow) -> None:
    blocking = [gate for gate in row.verdict.gates if gate.severity is Severity.BLOCK]
    needed = [gate for gate in blocking if gate.state is not GateState.NOT_REQUIRED]
    met = _("{met} of {all} gates met").format(met=sum(gate.is_open for gate in needed), all=len(needed))
    with card(f"closed-{row.verdict.person_id}"):
        st.markdown(f"**{plain(row.name)}** :gray-badge[{outcome_words(row.outcome)}]")
        small_note(f"{standing_words(row.verdict)} · {met}")
        programme_id = row.verdict.programme_id
        plain_link(f"/print/completion/{programme_id}/{row.verdict.person_id}", _("Completion record"))


def _draw_gates(context: Context, board: ClosedBoard) -> None:
    if not board.rows:
        return
    with st.expander(_("Every gate, as it stood"), icon=":material/table_rows:", key="gates-then"):
        for row in board.rows:
            programme = context.store.programme(row.verdict.programme_id, row.verdict.version_no)
            st.markdown(f"**{plain(row.name)}**")
            gates = [gate for gate in row.verdict.gates if gate.state is not GateState.NOT_REQUIRED]
            table = [
                {
                    _("Gate"): gate_of(programme, gate.gate_id).title,
                    _("Then"): _("met") if gate.is_open else figure_of(gate),
                }
                for gate in gates
            ]
            small_table(table, _("No gate was needed."))


def _latest(board: ClosedBoard) -> dict[str, date]:
    """Return the latest day of each category: versions may differ from person to person."""
    found: dict[str, date] = {}
    for row in board.rows:
        for category, until_on in row.kept_until.items():
            found[category] = max(until_on, found.get(category, until_on))
    return found


def _draw_proof(board: ClosedBoard) -> None:
    if board.is_as_it_was:
        small_note(_("This is the board as it was: SHA-256 {hash}.").format(hash=board.closing.board_hash[:16]))
        return
    st.error(_("What is kept here is not what was kept at the closing. Run `python -m store verify` on the server."))
