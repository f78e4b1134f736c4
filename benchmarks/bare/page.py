"""The widgets of the quiz page, those of the readiness board (`?page=board`) or none, with nothing behind them."""

import streamlit as st

from benchmarks.bare.parts import draw_board, draw_quiz

page = st.query_params.get("page")
if page == "board":
    draw_board()
elif page == "empty":
    st.title("Empty", anchor=False)
else:
    draw_quiz()
