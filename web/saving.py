"""Saving what a form says, once: a second click on a button that has done its work finds another in its place."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from people.facts import FactId
from people.ids import new_fact_id
from web.components import say_after_rerun, try_action
from web.texts import _

T = TypeVar("T")


def once_button(form: str, label: str, *, icon: str | None = None, is_disabled: bool = False) -> bool:
    """Draw the form's primary button and return whether it was clicked for what is not yet saved."""
    key = f"save-{form}-{count_saved(form)}"
    return st.button(label, type="primary", width="stretch", icon=icon, key=key, disabled=is_disabled)


def save_once(form: str, content: str, record: Callable[[FactId], T]) -> T | None:
    """Return what `record` makes of the id for this content; None when it breaks a rule, whose sentence is drawn.

    Until it has succeeded, the same content gets the same id, so that a run which was broken off writes nothing twice.

    Args:
        form: The form, as given to `once_button`.
        content: What the form says, as one text.
        record: Calls the service with the id of the fact.
    """
    number = count_saved(form)
    fact_id = st.session_state.setdefault(f"saving-{form}-{number}-{content}", new_fact_id())
    recorded = try_action(lambda: record(fact_id))
    if recorded is not None:
        st.session_state[_count_key(form)] = number + 1
    return recorded


def save_and_say(form: str, content: str, record: Callable[[FactId], object]) -> None:
    """Save once, then draw the page anew with "Saved."."""
    if save_once(form, content, record) is not None:
        say_after_rerun(_("Saved."))
        st.rerun()


def count_saved(form: str) -> int:
    """Return how often the form was saved while its page is open: fields keyed by it begin empty again."""
    return st.session_state.get(_count_key(form), 0)


def _count_key(form: str) -> str:
    return f"saved-{form}"
