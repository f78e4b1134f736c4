"""Charts as fixed specifications: built once, drawn from a small table, computing nothing.

Colours are tokens on one shared scale, which whoever draws gives; so a chart follows light and dark by itself.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from analytics.frames import GATES_CLOSED, LEVELS, make_frame
from store.rows import ArrowTable

Spec = dict[str, Any]
Scale = Mapping[str, Any]

_TEXT_PX: Final = 14
_ROW_PX: Final = 48
_BAR_PX: Final = 12
_STACK_PX: Final = 24
_STACK_ROW_PX: Final = 60


def gates_closed_frame(rows: Sequence[tuple[str, int, int]]) -> ArrowTable:
    """Return the table of `gates_closed_chart`: title, how many are kept back, of how many, in the order given."""
    numbered = [(title, closed, needing, position) for position, (title, closed, needing) in enumerate(rows)]
    return make_frame(GATES_CLOSED, numbered)


def gates_closed_chart(scale: Scale) -> Spec:
    """Return bars of how many people each gate keeps back: the title above its bar, the count at the end of the line.

    Titles stand above, because beside the bars they would take a telephone's whole width.
    """
    bar = {"type": "bar", "height": _BAR_PX, "cornerRadius": _BAR_PX / 2, "yOffset": 10}
    text = {"type": "text", "baseline": "middle", "fontSize": _TEXT_PX, "yOffset": -10}
    return {
        "height": {"step": _ROW_PX},
        "encoding": {
            "y": {"field": "gate", "type": "nominal", "sort": {"field": "position"}, "axis": None},
            "x": {"type": "quantitative", "axis": None, "scale": {"domainMin": 0, "nice": False}},
        },
        "layer": [
            {"mark": bar, "encoding": {"x": {"field": "needing"}, "color": _colour("track", scale)}},
            {"mark": bar, "encoding": {"x": {"field": "closed"}, "color": _colour("plum", scale)}},
            {
                "mark": {**text, "align": "left"},
                "encoding": {"text": {"field": "gate"}, "x": {"value": 0}, "color": _colour("ink", scale)},
            },
            {
                "mark": {**text, "align": "right", "fontWeight": "bold"},
                "encoding": {"text": {"field": "closed"}, "x": {"value": "width"}, "color": _colour("ink", scale)},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def levels_frame(rows: Sequence[tuple[str, Sequence[int]]]) -> ArrowTable:
    """Return the table of `levels_chart`: title, and how many stand at each level, in the order given."""
    segments: list[tuple[str | int, ...]] = []
    for position, (title, counts) in enumerate(rows):
        start = 0
        for level, people in enumerate(counts, start=1):
            segments.append((title, str(level), people, start, start + people, position))
            start += people
    return make_frame(LEVELS, segments)


def levels_chart(scale: Scale, level: str) -> Spec:
    """Return stacked bars of how many people stand at each level, the count written in each segment.

    Args:
        scale: The colours by token.
        level: The word "Level" of the legend, in the reader's language.
    """
    bar = {"type": "bar", "height": _STACK_PX, "yOffset": 10, "cornerRadius": 2}
    number = {"type": "text", "baseline": "middle", "fontSize": _TEXT_PX, "yOffset": 10, "fontWeight": "bold"}
    title = {"type": "text", "baseline": "middle", "align": "left", "fontSize": _TEXT_PX, "yOffset": -12}
    some, ends = "datum.people > 0", "datum.level == '1' || datum.level == '4'"
    middle = {"field": "middle", "type": "quantitative"}
    legend = {
        "values": ["1", "2", "3", "4"],
        "orient": "top",
        "title": None,
        "columnPadding": 8,
        "labelFontSize": _TEXT_PX,
        "labelExpr": f"{json.dumps(level)} + ' ' + datum.label",
        "labelColor": {"expr": "scale('color','ink')"},
    }
    levels = {"field": "level", "type": "nominal", "scale": dict(scale), "legend": legend}
    return {
        "height": {"step": _STACK_ROW_PX},
        "transform": [{"calculate": "(datum.start + datum.end) / 2", "as": "middle"}],
        "encoding": {
            "y": {"field": "position", "type": "ordinal", "axis": None},
            "x": {"type": "quantitative", "axis": None, "scale": {"domainMin": 0, "nice": False}},
        },
        "layer": [
            {
                "transform": [{"filter": some}],
                "mark": bar,
                "encoding": {"x": {"field": "start"}, "x2": {"field": "end"}, "color": levels},
            },
            {
                "transform": [{"filter": f"{some} && ({ends})"}],
                "mark": number,
                "encoding": {"x": middle, "text": {"field": "people"}, "color": _colour("paper", scale)},
            },
            {
                "transform": [{"filter": f"{some} && !({ends})"}],
                "mark": number,
                "encoding": {"x": middle, "text": {"field": "people"}, "color": _colour("on-mid", scale)},
            },
            {
                "transform": [{"filter": "datum.level == '1'"}],
                "mark": title,
                "encoding": {"x": {"value": 0}, "text": {"field": "competency"}, "color": _colour("ink", scale)},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def _colour(token: str, scale: Scale) -> Spec:
    return {"datum": token, "type": "nominal", "scale": dict(scale), "legend": None}
