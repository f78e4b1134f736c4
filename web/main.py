"""The entry script that Streamlit runs on every rerun: draws the app of the signed-in person."""

from web.shell import draw_shell

draw_shell()
