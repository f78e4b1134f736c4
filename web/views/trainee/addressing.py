"""What a page does when its address names another part of it: begin at the top, and keep the address true."""

import hashlib
from contextlib import suppress
from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

_SHOWN_KEY: Final = "shown_part"
_TO_TOP: Final = "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)"


def show_part(url_path: str, part: str) -> None:
    """Note which part of the page is drawn now; call it before anything else is drawn.

    When it is another part than in the run before, the browser scrolls up, which it does by itself only for another
    page. The address is written again, because a link to the same page with other parameters leaves the old one.
    """
    shown = f"{url_path} {part}"
    if st.session_state.get(_SHOWN_KEY) == shown:
        return
    st.session_state[_SHOWN_KEY] = shown
    # While a widget keeps a parameter there, Streamlit lets nobody else write the address, and keeps it true by itself.
    with suppress(StreamlitAPIException):
        st.query_params.from_dict(st.query_params.to_dict())
    # The script must differ from the one before, or it is not run again. The address itself never stands in it.
    mark = hashlib.sha256(shown.encode()).hexdigest()[:16]
    st.html(f"<script>{_TO_TOP}; // {mark}\n</script>", unsafe_allow_javascript=True)
