"""The widgets of the quiz page (`?kind=matching`), of the board (`?page=board`) or none, with nothing behind them."""

import streamlit as st

from benchmarks.bare.parts import draw_board, draw_quiz
from curriculum.items import ItemKind

page = st.query_params.get("page")
if page == "board":
    draw_board()
elif page == "empty":
    st.title("Empty", anchor=False)
else:
    draw_quiz(ItemKind(st.query_params.get("kind", ItemKind.SINGLE)))
