"""Charts as fixed specifications: built once, drawn from a small table, computing nothing.

Colours are tokens on one shared scale, which whoever draws gives; so a chart follows light and dark by itself.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from analytics.frames import GATES_CLOSED, make_frame
from store.rows import ArrowTable

Spec = dict[str, Any]
Scale = Mapping[str, Any]

_TEXT_PX: Final = 14
_ROW_PX: Final = 48
_BAR_PX: Final = 12


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


def _colour(token: str, scale: Scale) -> Spec:
    return {"datum": token, "type": "nominal", "scale": dict(scale), "legend": None}
