"""What a tap on a form does: it is saved before the page says so."""

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from assessments.service.observations import Answer, record_ticks
from curriculum.errors import PlatformError
from people.facts import FactId
from people.models import Actor
from store.ledger import Store
from web.context import Context
from web.texts import _, say_error

Action = Callable[[Store, Actor, FactId, datetime], object]
"""A service call on a form: who acts, which form, when."""

TROUBLE = "rating-trouble"
"""Where the sentence of a broken rule waits for the next drawing."""


def act(context: Context, form_id: FactId, action: Action) -> None:
    """Do what a tap asks for as the person signed in now; keep the sentence of a broken rule for the next drawing."""
    actor = context.actor if context.renew_actor is None else context.renew_actor()
    if actor is None:
        st.session_state[TROUBLE] = _("You are signed out: this was not saved. Sign in again, then go on.")
        return
    try:
        action(context.store, actor, form_id, context.now())
    except PlatformError as error:
        st.session_state[TROUBLE] = say_error(error)
        return
    st.session_state[saved_key(form_id)] = context.now()


def tick(context: Context, form_id: FactId, answers: list[Answer]) -> None:
    """Record the answers."""
    act(context, form_id, lambda store, actor, id_, now: record_ticks(store, actor, id_, answers, now))


def saved_key(form_id: FactId) -> str:
    """Return where the instant of the last saved tap of a form is kept."""
    return f"rating-saved-{form_id}"
