"""The board by person: one fold each, nearest to a decision first, with what is still open in words."""

from typing import Final

import streamlit as st

from analytics.wording import next_action
from assessments.service.decisions import see_sign_offs
from assessments.verdicts import GateState, GateVerdict, Status, Verdict
from curriculum.gates import Severity
from people.rights import Record, Right, may_on_person
from people.service.audit import open_record
from store.standing import BoardRow
from web.components import Mark, day_text, gate_row, page_of, small_note, try_action
from web.context import Context
from web.sentences import say
from web.sign_offs import draw_steps, sign_off_badge
from web.texts import _, ngettext
from web.verdicts import draw_whole_flip, draw_why, figure_of, gate_of
from web.views.manager.readiness.by_gate import hold_words
from web.views.manager.readiness.scope import Board
from web.wording import status_words

_PAGE: Final = 40
"""People drawn at once."""


def draw_by_person(context: Context, board: Board) -> None:
    """Draw a fold for each person; what is in it is read once it is opened."""
    people = board.summary.people
    wanted = st.text_input(_("Find a name"), key="find-on-board") if len(people) > _PAGE else ""
    found = [row for row in people if wanted.casefold() in row.name.casefold()]
    for row in page_of(found, "on-board", _PAGE):
        _draw_person(context, board, row)


def _draw_person(context: Context, board: Board, row: BoardRow) -> None:
    verdict = row.verdict
    fold = st.expander(
        f"{row.name}: {standing_words(verdict)}",
        icon=":material/pause_circle:" if verdict.status is Status.ON_HOLD else None,
        key=f"fold-{verdict.person_id}",
        on_change="rerun",
    )
    with fold:
        if fold.open:
            store, actor = context.store, context.actor
            try_action(lambda: open_record(store, actor, verdict.person_id, Record.READINESS, context.now()))
            _draw_opened(context, board, row)


def standing_words(verdict: Verdict) -> str:
    """Return where a person stands, in a few plain words: on hold since when, or how many gates are open."""
    if verdict.status is Status.ON_HOLD:
        return hold_words(verdict.hold_since)
    if verdict.status is Status.SIGNED_OFF and verdict.valid_until is not None:
        return _("signed off until {day}").format(day=day_text(verdict.valid_until))
    if verdict.status is Status.DUE_SOON and verdict.valid_until is not None:
        return _("signed off until {day}, to be renewed now").format(day=day_text(verdict.valid_until))
    n = len(verdict.open_blocks)
    words = status_words(verdict.status).lower()
    if verdict.status is Status.READY_FOR_DECISION or not n:
        return words
    gates = ngettext("{n} gate open", "{n} gates open", n).format(n=n)
    return f"{gates}, {words}"


def _draw_opened(context: Context, board: Board, row: BoardRow) -> None:
    verdict = row.verdict
    if verdict.status is Status.ON_HOLD:
        st.markdown(f":red[:material/pause_circle: {hold_words(verdict.hold_since)}]")
    _draw_sign_off(context, verdict)
    if not verdict.open_blocks:
        small_note(_("No gate is open. People decide, not the software."))
    for gate in verdict.open_blocks:
        mark = "not_computable" if gate.state is GateState.NOT_COMPUTABLE else "open"
        _draw_gate(context, board, verdict, gate, mark=mark)
    draw_whole_flip(context, verdict, as_of=board.as_of, known_at=board.known_at)
    met = [gate for gate in verdict.gates if gate.state is GateState.MET and gate.severity is Severity.BLOCK]
    if met:
        small_note(ngettext("{n} gate met", "{n} gates met", len(met)).format(n=len(met)))
    for gate in met:
        _draw_gate(context, board, verdict, gate, mark="met")


def _draw_sign_off(context: Context, verdict: Verdict) -> None:
    """Draw the newest sign-off with its dates, for who may see it."""
    store, actor = context.store, context.actor
    if not may_on_person(actor, Right.SEE, Record.SIGN_OFF, store.subject(verdict.person_id)):
        return
    seen = see_sign_offs(store, actor, verdict.person_id, verdict.programme_id, context.now())
    if seen:
        st.markdown(sign_off_badge(seen[0].state))
        draw_steps(context, seen[0].steps)


def _draw_gate(context: Context, board: Board, verdict: Verdict, gate: GateVerdict, mark: Mark) -> None:
    programme = board.programme_of(context, verdict)
    rule = gate_of(programme, gate.gate_id)
    gate_row(rule.title, figure_of(gate), mark=mark, note=say(next_action(programme, rule, gate)))
    draw_why(
        context, programme, gate, person_id=verdict.person_id, as_of=board.as_of, known_at=board.known_at, key="fold-"
    )
