"""Small tables that a screen reader can read, real table rows and never a canvas; the same as a file."""

import csv
from collections.abc import Mapping, Sequence
from functools import partial
from io import StringIO
from typing import Final

import streamlit as st

from web.components import fold, plain
from web.pictures import Picture, draw_picture_files
from web.texts import _

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet begins a formula."""


def small_table(rows: Sequence[Mapping[str, str]], empty: str, *, alt: str = "") -> None:
    """Draw rows by column title, or the plain sentence `empty` when there are none."""
    if not rows:
        st.markdown(f":gray[{plain(empty)}]")
        return
    shown = [{title: plain(text) for title, text in row.items()} for row in rows]
    st.table(shown, border="horizontal", hide_index=True, alt=alt or None)  # pyright: ignore[reportUnknownMemberType]


def table_behind(
    rows: Sequence[Mapping[str, str]],
    name: str,
    *,
    is_open: bool = False,
    in_file: Sequence[Mapping[str, str]] = (),
    picture: Picture | None = None,
) -> None:
    """Draw a fold with the table behind a chart or beside a list, and the table as a file. Nothing without rows.

    What is in the fold is drawn once it is opened.

    Args:
        rows: By column title.
        name: Of the file, without its ending; once on a page.
        is_open: Whether the fold is open at first.
        in_file: The rows of the file, where it has more columns than fit on a telephone.
        picture: The chart that the table stands behind, to take away too.
    """
    if not rows:
        return
    behind = fold(_("As a table"), is_open=is_open, icon=":material/table_rows:", key=f"table-{name}")
    if not behind.open:
        return
    with behind:
        small_table(rows, "")
        with st.container(horizontal=True):
            draw_csv(in_file or rows, name)
            if picture is not None:
                draw_picture_files(picture, name)


def draw_csv(rows: Sequence[Mapping[str, str]], name: str) -> None:
    """Draw the button that gives a table as a file, which is written when it is asked for."""
    st.download_button(
        _("Get it as CSV"),
        partial(to_csv, rows),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
        key=f"csv-{name}",
    )


def to_csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return a table as CSV for spreadsheets, in UTF-8; no cell begins like a formula, but numbers may be negative."""
    text = StringIO()
    table = csv.writer(text)
    table.writerow(_safe(title) for title in rows[0])
    table.writerows([_safe(cell) for cell in row.values()] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    is_number = cell.removeprefix("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_RISKY) and not is_number else cell
