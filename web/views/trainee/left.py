"""What a person who has left a programme meets on the pages where others begin something new."""

import streamlit as st

from assessments.service.access import has_left
from web.components import card, view_link
from web.context import Context, ProgrammeChoice
from web.texts import _


def draw_if_left(context: Context, choice: ProgrammeChoice) -> bool:
    """Say that the person has left the programme, if they have, and return whether they have."""
    if not has_left(context.store, context.actor.person_id, choice.programme_id):
        return False
    with card("left"):
        st.markdown(
            _(
                "You have left this programme. What you did stays on record. To come back, tell the programme manager: "
                "what you did counts on."
            )
        )
        view_link(context, "my-record", _("My record"), icon=":material/arrow_forward:")
    return True
