"""The privacy notice: shown once before anything else, with its version recorded; readable at any time."""

from typing import Final

import streamlit as st

from people import service
from people.notice import NOTICE
from web.components import page_head, small_note, try_action
from web.context import Context
from web.texts import N_, _
from web.view import EVERYONE, View

_SEEN_KEY: Final = "notice_seen"


def must_show(context: Context) -> bool:
    """Return whether the person has not yet been shown this version of the notice."""
    seen = (context.actor.person_id, NOTICE.version)
    if st.session_state.get(_SEEN_KEY) == seen:
        return False
    if service.has_seen_notice(context.store, context.actor.person_id):
        st.session_state[_SEEN_KEY] = seen
        return False
    return True


def render_first(context: Context) -> None:
    """Draw the notice in the place of the page asked for, until it is read."""
    _draw_notice()
    if st.button(_("I have read this"), type="primary", width="stretch"):
        seen = try_action(lambda: service.see_notice(context.store, context.actor, context.now()))
        if seen is not None:
            st.rerun()


def render(_context: Context) -> None:
    """Draw the notice; it says the same to everybody."""
    _draw_notice()


def _draw_notice() -> None:
    page_head(_(NOTICE.title), note=_(NOTICE.opening))
    for section in NOTICE.sections:
        st.header(_(section.title), anchor=False)
        st.markdown("\n".join(f"- {_(line)}" for line in section.lines))
    small_note(_("Version {version}").format(version=NOTICE.version))


VIEW = View(EVERYONE, N_("Privacy"), "privacy", render, ":material/lock:", rank=95)
