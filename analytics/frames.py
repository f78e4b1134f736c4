"""The columns of the small tables that charts are drawn from."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow

from store.rows import ArrowTable

_ARROW: Final[Any] = pyarrow  # It ships without types.

GATES_CLOSED: Final = {"gate": "string", "closed": "int32", "needing": "int32", "position": "int32"}
"""A gate a row: its title, how many it keeps back, of how many who need it, its place from the top (from 0)."""

LEVELS: Final = {
    "competency": "string",
    "level": "string",
    "people": "int32",
    "start": "int32",
    "end": "int32",
    "position": "int32",
}
"""A level of a competency a row: its title, the level, how many stand there, from where to where the segment goes."""

SHARES: Final = {"title": "string", "share": "float64", "low": "float64", "high": "float64", "position": "int32"}
"""A share a row: its title with n, the share and the ends of its interval, from 0 to 1, its place from the top."""

WAITING: Final = {
    "kind": "string",
    "week": "float64",
    "share": "float64",
    "low": "float64",
    "high": "float64",
    "text": "string",
}
"""A mark of a curve of waiting a row: which mark, at which week and share, the ends of the interval, its words."""

CUTS: Final = {"kind": "string", "points": "int32", "share": "float64", "text": "string"}
"""A mark of the chart of cuts a row: which line or label, at which points that pass, the share 0 to 1, its words."""

THROUGH: Final = {"kind": "string", "week": "int32", "people": "int32", "text": "string"}
"""A week of a line a row: which line, how many people are through by then, and the line's label in its last week."""


def make_frame(columns: Mapping[str, str], rows: Sequence[Sequence[str | float]]) -> ArrowTable:
    """Return rows as an Arrow table with these columns."""
    schema = _ARROW.schema([(name, getattr(_ARROW, kind)()) for name, kind in columns.items()])
    values = [[row[i] for row in rows] for i in range(len(columns))]
    return _ARROW.table(dict(zip(columns, values, strict=True)), schema=schema)
