"""Charts as fixed specifications: built once, drawn from a small table, computing nothing.

Colours are tokens on one shared scale, which whoever draws gives; so a chart follows light and dark by itself.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from analytics.frames import CUTS, GATES_CLOSED, LEVELS, SHARES, THROUGH, WAITING, make_frame
from analytics.statistics.estimates import Estimate
from analytics.statistics.quiz_design import CutErrors
from analytics.statistics.waiting import Curve
from store.rows import ArrowTable

Spec = dict[str, Any]
Scale = Mapping[str, Any]

_TEXT_PX: Final = 14
_ROW_PX: Final = 48
_BAR_PX: Final = 12
_STACK_PX: Final = 24
_STACK_ROW_PX: Final = 60
_CURVE_PX: Final = 320
_CUTS_PX: Final = 260
_LINES_PX: Final = 240

_RISK_TITLE_AT: Final = -0.2
_RISK_AT: Final = -0.35
"""Heights of the numbers below a curve, in its own unit: marks placed by pixels would shrink the plot."""


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


def shares_frame(rows: Sequence[tuple[str, Estimate]]) -> ArrowTable:
    """Return the table of `shares_chart`: title with n, and the share; one that cannot be computed is left out."""
    marks: list[tuple[str | float, ...]] = []
    for position, (title, estimate) in enumerate(rows):
        share, interval = estimate.value, estimate.interval
        if share is not None:
            low = share if interval is None or interval.low is None else interval.low
            high = share if interval is None or interval.high is None else interval.high
            marks.append((title, share, low, high, position))
    return make_frame(SHARES, marks)


def shares_chart(scale: Scale) -> Spec:
    """Return shares as points on the line of their intervals, from 0 to 100 %, the title with n above each."""
    rule = {"type": "rule", "size": 8, "strokeCap": "round", "opacity": 0.28, "yOffset": 10}
    point = {"type": "point", "size": 130, "filled": True, "opacity": 1, "yOffset": 10}
    title = {"type": "text", "baseline": "middle", "align": "left", "fontSize": _TEXT_PX, "yOffset": -12}
    axis = {**_axis(), "values": [0, 0.5, 1], "format": "%"}
    x = {"type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    return {
        "height": {"step": _ROW_PX},
        "encoding": {"y": {"field": "position", "type": "ordinal", "axis": None}},
        "layer": [
            {
                "mark": rule,
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}, "color": _colour("teal", scale)},
            },
            {"mark": point, "encoding": {"x": {"field": "share", **x}, "color": _colour("teal", scale)}},
            {
                "mark": title,
                "encoding": {"x": {"value": 0}, "text": {"field": "title"}, "color": _colour("ink", scale)},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def waiting_frame(
    ready: Curve,
    waiting: Curve,
    watched_until: Sequence[float],
    at_risk: Sequence[tuple[int, int]],
    words: tuple[str, str],
) -> ArrowTable:
    """Return the table of `waiting_chart`.

    Args:
        ready: The share ready by each week, with leavers.
        waiting: The share still waiting if nobody left; drawn, turned round, where it says another thing.
        watched_until: In which weeks somebody was last seen waiting.
        at_risk: How many still waited at some weeks.
        words: The label of the line, and of the numbers below it.
    """
    ready_label, risk_label = words
    steps = [(step.time, step.share, step.interval.low, step.interval.high) for step in ready.steps]
    known = [(0.0, 0.0, 0.0, 0.0), *(_with_ends(*step) for step in steps)]
    line = [*known, (ready.last, *known[-1][1:])]
    marks: list[tuple[str | float, ...]] = [("ready", *point, "") for point in line]
    highest = max([line[-1][3], *(1 - step.share for step in waiting.steps[-1:])])
    marks.append(("ready label", ready.last, highest, 0, 0, ready_label))
    if [step.share for step in ready.steps] != [1 - step.share for step in waiting.steps]:
        alone = [(0.0, 0.0), *((step.time, 1 - step.share) for step in waiting.steps)]
        alone.append((waiting.last, alone[-1][1]))
        marks += [("alone", week, share, 0, 0, "") for week, share in alone]
    marks += [("watched", week, ready.at(week).value or 0.0, 0, 0, "") for week in sorted(set(watched_until))]
    marks.append(("risk label", 0, _RISK_TITLE_AT, 0, 0, risk_label))
    marks += [("risk", week, _RISK_AT, 0, 0, str(n)) for week, n in at_risk]
    return make_frame(WAITING, marks)


def _with_ends(week: float, share: float, low: float | None, high: float | None) -> tuple[float, float, float, float]:
    return week, share, share if low is None else low, share if high is None else high


def waiting_chart(scale: Scale, weeks: str) -> Spec:
    """Return a curve of the share ready by each week with its band, and below it how many still waited.

    Args:
        scale: The colours by token.
        weeks: The title of the axis of time, in the reader's language.
    """
    step = {"interpolate": "step-after", "type": "line"}
    text = {"type": "text", "fontSize": _TEXT_PX}
    y_axis = {**_axis(), "values": [0, 0.5, 1], "format": "%", "title": None}
    x_axis = {**_axis(), "title": weeks, "titleFontSize": _TEXT_PX, "titleFontWeight": "normal", "tickMinStep": 1}
    x_axis["titleColor"] = {"expr": "scale('color','ink')"}
    y = {"type": "quantitative", "scale": {"domain": [-0.5, 1]}, "axis": y_axis}
    share = {"field": "share", **y}

    def layer(kind: str, mark: Spec, token: str, **encoding: Spec) -> Spec:
        shown = {"y": share, **encoding, "color": _colour(token, scale)}
        return {"transform": [{"filter": f"datum.kind == '{kind}'"}], "mark": mark, "encoding": shown}

    words = {"text": {"field": "text"}}
    band = {"type": "area", "interpolate": "step-after", "opacity": 0.2}
    tick = {"type": "tick", "orient": "vertical", "size": 12, "thickness": 2}
    return {
        "height": _CURVE_PX,
        "encoding": {"x": {"field": "week", "type": "quantitative", "axis": x_axis, "scale": {"nice": False}}},
        "layer": [
            layer("ready", band, "teal", y={"field": "low", **y}, y2={"field": "high"}),
            layer("alone", {**step, "strokeDash": [5, 4], "strokeWidth": 2}, "plum"),
            layer("ready", {**step, "strokeWidth": 3}, "teal"),
            layer("watched", tick, "teal"),
            layer("ready label", {**text, "align": "right", "dy": -12, "fontWeight": "bold"}, "ink", **words),
            layer("risk label", {**text, "align": "left"}, "ink", **words),
            layer("risk", text, "ink", **words),
        ],
        "config": {"view": {"stroke": None}},
    }


def cuts_frame(errors: Sequence[CutErrors], points: int, words: tuple[str, str]) -> ArrowTable:
    """Return the table of `cuts_chart`.

    Args:
        errors: Of each cut, the fewest points first.
        points: The cut that is marked.
        words: The label of those who pass and should not, and of those who fail and should not.
    """
    marks: list[tuple[str | float, ...]] = [("pass", one.points, one.false_pass, "") for one in errors]
    marks += [("fail", one.points, one.false_fail, "") for one in errors]
    marks.append(("pass label", errors[0].points, errors[0].false_pass, words[0]))
    marks.append(("fail label", errors[-1].points, errors[-1].false_fail, words[1]))
    marks.append(("cut", points, 0, ""))
    return make_frame(CUTS, marks)


def cuts_chart(scale: Scale, points: str) -> Spec:
    """Return two lines over the points that pass: who passes and should not, and who fails and should not.

    Args:
        scale: The colours by token.
        points: The title of the axis of points, in the reader's language.
    """
    x_axis = {**_axis(), "title": points, "titleFontSize": _TEXT_PX, "titleFontWeight": "normal", "tickMinStep": 1}
    x_axis |= {"titleColor": {"expr": "scale('color','ink')"}, "format": "d"}
    x = {"field": "points", "type": "quantitative", "axis": x_axis, "scale": {"zero": False, "nice": False}}
    y_axis = {**_axis(), "values": [0, 0.5, 1], "format": "%"}
    y = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1.15]}, "axis": y_axis}
    text = {"type": "text", "fontSize": _TEXT_PX, "dy": -14, "fontWeight": "bold"}

    def layer(kind: str, mark: Spec, token: str, **encoding: Spec) -> Spec:
        shown = {"x": x, **encoding, "color": _colour(token, scale)}
        return {"transform": [{"filter": f"datum.kind == '{kind}'"}], "mark": mark, "encoding": shown}

    line = {"type": "line", "strokeWidth": 3, "point": {"size": 60, "filled": True}}
    words = {"text": {"field": "text"}}
    return {
        "height": _CUTS_PX,
        "layer": [
            layer("cut", {"type": "rule", "strokeWidth": 2, "strokeDash": [5, 4]}, "muted"),
            layer("pass", line, "plum", y=y),
            layer("fail", {**line, "strokeDash": [2, 3]}, "teal", y=y),
            layer("pass label", {**text, "align": "left"}, "plum", y=y, **words),
            layer("fail label", {**text, "align": "right"}, "teal", y=y, **words),
        ],
        "config": {"view": {"stroke": None}},
    }


def through_frame(now: Sequence[int], then: Sequence[int], words: tuple[str, str]) -> ArrowTable:
    """Return the table of `through_chart`.

    Args:
        now: How many people are through by each week from 0, at today's pace.
        then: The same at the other pace; when it is the same, one line is drawn.
        words: The labels of the two lines.
    """
    lines = [("now", now, words[0])]
    if list(then) != list(now):
        lines.append(("then", then, words[1]))
    marks = [
        (kind, week, people, label if week == len(counts) - 1 else "")
        for kind, counts, label in lines
        for week, people in enumerate(counts)
    ]
    return make_frame(THROUGH, marks)


def through_chart(scale: Scale, weeks: str) -> Spec:
    """Return two lines of how many people are through by each week, labelled at their ends.

    Args:
        scale: The colours by token.
        weeks: The title of the axis of time, in the reader's language.
    """
    x_axis = {**_axis(), "title": weeks, "titleFontSize": _TEXT_PX, "titleFontWeight": "normal", "tickMinStep": 1}
    x_axis["titleColor"] = {"expr": "scale('color','ink')"}
    y_axis = {**_axis(), "tickMinStep": 1, "format": "d"}
    step: Spec = {"type": "line", "interpolate": "step-after"}
    text: Spec = {"type": "text", "align": "right", "fontSize": _TEXT_PX, "fontWeight": "bold"}

    def layer(kind: str, mark: Spec, token: str, **encoding: Spec) -> Spec:
        shown = {**encoding, "color": _colour(token, scale)}
        return {"transform": [{"filter": f"datum.kind == '{kind}'"}], "mark": mark, "encoding": shown}

    words = {"text": {"field": "text"}}
    return {
        "height": _LINES_PX,
        "encoding": {
            "x": {"field": "week", "type": "quantitative", "axis": x_axis, "scale": {"nice": False}},
            "y": {"field": "people", "type": "quantitative", "axis": y_axis, "scale": {"domainMin": 0}},
        },
        "layer": [
            layer("now", {**step, "strokeWidth": 3}, "plum"),
            layer("then", {**step, "strokeWidth": 3, "strokeDash": [5, 4]}, "teal"),
            layer("now", {**text, "dy": 32}, "ink", **words),
            layer("then", {**text, "dy": -12}, "ink", **words),
        ],
        "config": {"view": {"stroke": None}},
    }


def _axis() -> Spec:
    return {
        "grid": False,
        "domain": False,
        "ticks": False,
        "title": None,
        "labelFontSize": _TEXT_PX,
        "labelColor": {"expr": "scale('color','ink')"},
    }


def _colour(token: str, scale: Scale) -> Spec:
    return {"datum": token, "type": "nominal", "scale": dict(scale), "legend": None}
