"""Charts to take away: the very chart and data of the page, with its words in them, and a table beside each."""

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

import web.views
from analytics import charts
from analytics.charts import (
    cuts_chart,
    cuts_frame,
    gates_closed_chart,
    gates_closed_frame,
    levels_chart,
    levels_frame,
    shares_chart,
    shares_frame,
    through_chart,
    through_frame,
    waiting_chart,
    waiting_frame,
)
from analytics.statistics.proportions import wilson
from analytics.statistics.quiz_design import CutErrors
from analytics.statistics.waiting import End, aalen_johansen, kaplan_meier
from web.look import SCALE
from web.pictures import Picture

_TIMES, _ENDS = (3.0, 5.0, 8.0), (End.READY, End.LEFT, End.WAITING)
PICTURES = {
    "gates_closed_chart": (gates_closed_chart(SCALE), gates_closed_frame([("Quizzes", 3, 5)]), ("Quizzes",)),
    "levels_chart": (levels_chart(SCALE, "Level"), levels_frame([("Listening", (1, 2, 3, 4))]), ("Listening", "Level")),
    "shares_chart": (shares_chart(SCALE), shares_frame([("Came (5 of 14)", wilson(5, 14))]), ("Came (5 of 14)",)),
    "waiting_chart": (
        waiting_chart(SCALE, "Weeks"),
        waiting_frame(
            aalen_johansen(_TIMES, _ENDS), kaplan_meier(_TIMES, _ENDS), (8.0,), ((0, 3), (8, 1)), ("signed", "waiting")
        ),
        ("Weeks", "signed", "waiting"),
    ),
    "cuts_chart": (
        cuts_chart(SCALE, "Points"),
        cuts_frame([CutErrors(6, 0.3, 0.1, 0.8), CutErrors(7, 0.2, 0.2, 0.7)], 7, ("too lenient", "too strict")),
        ("Points", "too lenient", "too strict"),
    ),
    "through_chart": (
        through_chart(SCALE, "Weeks from now"),
        through_frame([0, 1, 2], [1, 2, 2], ("as now", "faster")),
        ("as now", "faster", "Weeks from now"),
    ),
}


def test_every_chart_there_is_is_looked_at_here() -> None:
    assert set(PICTURES) == {name for name in vars(charts) if name.endswith("_chart")}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_holds_the_words_of_the_chart(name: str) -> None:
    chart, frame, expected = PICTURES[name]
    picture = Picture(chart, frame)
    words = "".join(ElementTree.fromstring(picture.as_svg()).itertext())
    assert [word for word in expected if word not in words] == []
    assert picture.as_png().startswith(b"\x89PNG")


def _calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    return (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    )


def test_behind_every_chart_of_a_page_is_its_table_with_the_chart_and_the_table_as_files() -> None:
    """`table_behind` draws the table, its CSV and, given the picture, SVG and PNG."""
    n_charts = 0
    for path in sorted(Path(web.views.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        drawn = list(_calls(tree, "draw_chart"))
        with_files = [call for call in _calls(tree, "table_behind") if any(k.arg == "picture" for k in call.keywords)]
        assert len(drawn) == len(with_files), path.name
        assert all(any(keyword.arg == "alt" for keyword in call.keywords) for call in drawn), path.name
        n_charts += len(drawn)
    assert n_charts > 8
