"""A board in figures: who counts, who is one gate away, which gates keep people back."""

from datetime import date
from typing import Any

import pytest

from analytics.boards import BoardSummary, find_changes, summarise
from analytics.charts import gates_closed_chart, gates_closed_frame
from assessments.verdicts import GateState, Status
from curriculum.gates import Severity
from people.models import PersonId
from store.standing import BoardRow
from tests.builders import make_gate_verdict, make_verdict

MET, OPEN, UNKNOWN = GateState.MET, GateState.NOT_MET, GateState.NOT_COMPUTABLE


def make_row(name: str, number: int, status: Status, *states: GateState, **changes: Any) -> BoardRow:
    gates = tuple(make_gate_verdict(f"gate-{i}", state=state) for i, state in enumerate(states))
    return BoardRow(name, make_verdict(PersonId(number), status=status, gates=gates, **changes))


@pytest.fixture
def summary() -> BoardSummary:
    return summarise(
        [
            make_row("Zed", 1, Status.SIGNED_OFF, MET, MET),
            make_row("Amina", 2, Status.PRACTISING, MET, OPEN),
            make_row("Ben", 3, Status.IN_TRAINING, OPEN, OPEN),
            make_row("Cleo", 4, Status.ON_HOLD, MET, OPEN, hold_since=date(2026, 11, 3)),
            make_row("Dina", 5, Status.READY_FOR_DECISION, MET, MET),
            make_row("Eve", 6, Status.WITHDRAWN, OPEN, OPEN),
            make_row("Finn", 7, Status.PAUSED, MET, OPEN),
            make_row("Gus", 8, Status.DUE_SOON, MET, MET),
            make_row("Hana", 9, Status.PRACTISING, UNKNOWN, MET),
            make_row("Ida", 10, Status.PRACTISING, GateState.NOT_REQUIRED, OPEN),
        ]
    )


def test_figures_leave_out_who_has_left(summary: BoardSummary) -> None:
    assert (summary.n, summary.n_left) == (9, 1)
    assert (summary.n_signed_off, summary.n_ready, len(summary.on_hold)) == (2, 1, 1)


def test_one_gate_away_are_those_who_move_and_miss_one(summary: BoardSummary) -> None:
    assert [(away.row.name, away.gate.gate_id) for away in summary.one_away] == [
        ("Amina", "gate-1"),
        ("Hana", "gate-0"),
        ("Ida", "gate-1"),
    ]
    assert summary.most_often == ("gate-1", 2)


def test_people_stand_nearest_first(summary: BoardSummary) -> None:
    names = [row.name for row in summary.people]
    assert names[:3] == ["Dina", "Gus", "Zed"]
    assert names[-1] == "Ben"


def test_gates_count_whom_they_keep_back_of_those_who_need_them(summary: BoardSummary) -> None:
    assert [(gate.gate_id, gate.n_closed, gate.n_needing) for gate in summary.gates] == [
        ("gate-1", 5, 9),
        ("gate-0", 2, 8),
    ]


def test_advice_keeps_nobody_back() -> None:
    gates = (make_gate_verdict("advice", severity=Severity.WARN, state=OPEN), make_gate_verdict("rule", state=OPEN))
    row = BoardRow("Amina", make_verdict(status=Status.PRACTISING, gates=gates))
    summary = summarise([row])
    assert [gate.gate_id for gate in summary.gates] == ["rule"]
    assert len(summary.one_away) == 1


def test_oldest_hold_is_named(summary: BoardSummary) -> None:
    assert summary.hold_since == date(2026, 11, 3)
    assert summarise([]).hold_since is None


def test_board_of_nobody_is_empty() -> None:
    summary = summarise([])
    assert (summary.n, summary.gates, summary.most_often) == (0, (), None)


def test_frame_keeps_the_order_given() -> None:
    frame = gates_closed_frame([("Live", 8, 14), ("Quizzes", 2, 14)])
    assert frame.to_pylist() == [
        {"gate": "Live", "closed": 8, "needing": 14, "position": 0},
        {"gate": "Quizzes", "closed": 2, "needing": 14, "position": 1},
    ]
    assert [str(field.type) for field in frame.schema] == ["string", "int32", "int32", "int32"]


def test_chart_uses_the_shared_scale_and_no_colour_of_its_own() -> None:
    scale = {"domain": ["plum"], "range": "category"}
    chart = gates_closed_chart(scale)
    assert "#" not in str(chart)
    assert [layer["encoding"]["color"]["scale"] for layer in chart["layer"]] == [scale] * 4
    assert {layer["encoding"]["color"]["datum"] for layer in chart["layer"]} == {"track", "plum", "ink"}


def test_changes_name_who_stands_elsewhere_and_which_gates_turned() -> None:
    before = [
        make_row("Zed", 1, Status.PRACTISING, MET, OPEN),
        make_row("Amina", 2, Status.PRACTISING, MET, OPEN),
        make_row("Ben", 3, Status.PRACTISING, OPEN, UNKNOWN),
        make_row("Cleo", 4, Status.SIGNED_OFF, MET, MET),
    ]
    after = [
        make_row("Zed", 1, Status.READY_FOR_DECISION, MET, MET),
        make_row("Amina", 2, Status.PRACTISING, MET, OPEN),
        make_row("Ben", 3, Status.PRACTISING, MET, OPEN),
        make_row("Cleo", 4, Status.LAPSED, MET, OPEN),
        make_row("Dina", 5, Status.NOT_STARTED, OPEN, OPEN),
    ]
    changes = find_changes(before, after)
    assert [(one.row.name, one.status_before, one.met, one.unmet) for one in changes] == [
        ("Cleo", Status.SIGNED_OFF, (), ("gate-1",)),
        ("Dina", None, (), ()),
        ("Zed", Status.PRACTISING, ("gate-1",), ()),
        ("Ben", Status.PRACTISING, ("gate-0",), ()),
    ]
    assert find_changes(after, after) == []
