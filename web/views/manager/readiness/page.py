"""*Readiness*: four figures, then by gate, by person, or as a matrix."""

from typing import Final

import streamlit as st

from people.models import HubId, Office
from people.rights import Record, Right
from web.components import day_text, empty_state, page_head, small_note, view_link
from web.context import Context
from web.memory import ask, recall
from web.texts import N_, _
from web.verdicts import gate_of
from web.view import View
from web.views.manager.hubs import choose, list_hubs
from web.views.manager.readiness.by_gate import draw_by_gate
from web.views.manager.readiness.by_person import draw_by_person
from web.views.manager.readiness.changes import draw_changes
from web.views.manager.readiness.matrix import draw_matrix
from web.views.manager.readiness.scope import Board, choose_board
from web.views.manager.readiness.support import draw_support

_VIEWS: Final = {"gate": N_("By gate"), "person": N_("By person"), "matrix": N_("Matrix")}


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Readiness"))
    hubs = recall(context, "hubs", None, lambda: list_hubs(context, Right.SEE_STATUS, Record.READINESS))
    if not hubs:
        empty_state(_("You have no hub yet"), _("Ask an administrator to give you an office in one."))
        return
    hub_id = HubId(choose(_("Hub"), hubs, "hub"))
    cohorts = ask(context, "cohorts_in_hub", hub=hub_id)
    if not cohorts:
        with empty_state(_("No cohort is open yet"), _("Open one and put people into it. They appear here at once.")):
            view_link(context, "cohorts", _("Cohorts"), icon=":material/groups:")
        return
    board = choose_board(context, hub_id, hubs[hub_id], cohorts)
    small_note(board.words(context))
    if not board.summary.n:
        with empty_state(_("Nobody is in it yet"), _("Put people into the cohort, or choose another day or cohort.")):
            view_link(context, "cohorts", _("Cohorts"), icon=":material/groups:")
        return
    _draw_figures(board)
    draw_support(context, board)
    if st.toggle(_("What changed since an earlier day"), key="changes"):
        with st.container(border=True, gap="small", key="changes-card"):
            draw_changes(context, board)
    _draw_chosen(context, board)


def _draw_figures(board: Board) -> None:
    summary = board.summary
    of_all = _("of {n}").format(n=summary.n)
    with st.grid(4, min_column_width=140):
        _draw_figure(_("Signed off"), summary.n_signed_off, of_all)
        _draw_figure(_("Ready for decision"), summary.n_ready, _("a person decides") if summary.n_ready else of_all)
        _draw_figure(_("One gate away"), len(summary.one_away), _most_often(board) or of_all)
        since = summary.hold_since
        note = _("since {day}").format(day=day_text(since)) if since else of_all
        _draw_figure(_("On hold"), len(summary.on_hold), note, is_red=bool(summary.on_hold))


def _draw_figure(label: str, value: int, note: str, *, is_red: bool = False) -> None:
    # A metric's own label is plain text; one word has to be red, and all cards have to be of one height.
    words = f":red[:material/pause_circle: {label}]" if is_red else label
    with st.container(border=True, gap="xsmall"):
        st.markdown(f":small[{words}]")
        st.metric(label, value, label_visibility="collapsed")
        small_note(note)


def _most_often(board: Board) -> str:
    found = board.summary.most_often
    if found is None:
        return ""
    gate_id, n = found
    return _("{n} by: {gate}").format(n=n, gate=gate_of(board.newest, gate_id).title)


def _draw_chosen(context: Context, board: Board) -> None:
    chosen = st.segmented_control(
        _("Show"),
        list(_VIEWS),
        default="gate",
        required=True,
        format_func=lambda name: _(_VIEWS[name]),
        key="show",
        bind="query-params",
        label_visibility="collapsed",
    )
    match chosen:
        case "person":
            draw_by_person(context, board)
        case "matrix":
            draw_matrix(context, board)
        case _:
            draw_by_gate(context, board)


VIEW = View(
    frozenset({Office.MANAGER, Office.TRAINING_LEAD}),
    N_("Readiness"),
    "readiness",
    render,
    ":material/checklist:",
    layout="wide",
    rank=1,
)
