"""The widgets of the quiz page, or those of the readiness board (`?page=board`), with nothing behind them."""

import streamlit as st

from benchmarks.bare.parts import draw_board, draw_quiz

if st.query_params.get("page") == "board":
    draw_board()
else:
    draw_quiz()
