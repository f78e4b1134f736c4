"""Charts as pictures for paper: in the light theme's colours, with the fonts shipped here, and without a network."""

from functools import cache
from typing import Any, Final

import vl_convert

from analytics.charts import Spec
from analytics.reports.errors import ChartError
from analytics.reports.typesetting import FONTS
from store.rows import ArrowTable

FONT: Final = "Noto Sans"

COLOURS: Final = (
    "#7A2E68", "#1F7A70", "#B97A0A", "#3B6FB0", "#B5482F", "#F0C98C", "#9CCDC5",
    "#1F7A70", "#1C1119", "#FFFFFF", "#1C1119", "#63565F", "#EDE3E9",
)  # fmt: skip
"""The chart colours of the light theme in the order of its tokens; paper is white."""

_INK: Final = COLOURS[8]
_MUTED: Final = COLOURS[11]
_TRACK: Final = COLOURS[12]
_CONFIG: Final[dict[str, Any]] = {
    "background": "white",
    "font": FONT,
    "range": {"category": list(COLOURS)},
    "view": {"stroke": None},
    "text": {"color": _INK, "fontSize": 12},
    "axis": {
        "labelColor": _INK,
        "titleColor": _INK,
        "domainColor": _MUTED,
        "tickColor": _MUTED,
        "gridColor": _TRACK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    },
    "legend": {"labelColor": _INK, "titleColor": _INK, "labelFontSize": 12, "titleFontSize": 12},
}
_WIDTH: Final = 620
"""Pixels: about the text of a sheet of A4 at a type size of 9 points."""


def svg(chart: Spec, table: ArrowTable | None = None) -> bytes:
    """Return a chart as a drawing whose text stays text.

    Args:
        chart: A Vega-Lite chart, such as `analytics.charts` makes.
        table: Its data, when they do not stand in the chart.

    Raises:
        ChartError: The chart cannot be drawn.
    """
    _use_our_fonts()
    try:
        drawn = vl_convert.vegalite_to_svg(_whole(chart, table), config=_CONFIG, allowed_base_urls=[])
    except ValueError as error:
        raise ChartError(_first_line(error)) from error
    return drawn.encode("utf-8")


def png(chart: Spec, table: ArrowTable | None = None, scale: float = 2) -> bytes:
    """Return a chart as a picture of dots, `scale` dots to a pixel.

    Raises:
        ChartError: The chart cannot be drawn.
    """
    _use_our_fonts()
    try:
        return vl_convert.vegalite_to_png(_whole(chart, table), config=_CONFIG, scale=scale, allowed_base_urls=[])
    except ValueError as error:
        raise ChartError(_first_line(error)) from error


def _whole(chart: Spec, table: ArrowTable | None) -> Spec:
    """Return the chart with its data and a width inside; a picture has no page that would give one."""
    data = {} if table is None else {"data": {"values": table.to_pylist()}}
    width = {} if {"facet", "hconcat", "vconcat", "concat", "repeat"} & chart.keys() else {"width": _WIDTH}
    return {**width, **chart, **data}


@cache
def _use_our_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def _first_line(error: ValueError) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")
