"""Small tables that a screen reader can read: real table rows, never a canvas."""

from collections.abc import Mapping, Sequence

import streamlit as st

from web.components import plain


def small_table(rows: Sequence[Mapping[str, str]], empty: str, *, alt: str = "") -> None:
    """Draw rows by column title, or the plain sentence `empty` when there are none."""
    if not rows:
        st.markdown(f":gray[{plain(empty)}]")
        return
    shown = [{title: plain(text) for title, text in row.items()} for row in rows]
    st.table(shown, border="horizontal", hide_index=True, alt=alt or None)  # pyright: ignore[reportUnknownMemberType]
