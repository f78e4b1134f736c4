"""*Support*: what waits in a hub, how people come by supervision, and who can no longer reach a gate in time."""

from typing import Final

import streamlit as st

from people.models import Office
from web.components import page_head
from web.context import Context
from web.texts import N_, _
from web.view import View
from web.views.support.early_warning import draw_early_warning
from web.views.support.figures import draw_figures
from web.views.support.hub import choose_place
from web.views.support.tasks import draw_tasks

_VIEWS: Final = {"tasks": N_("To see to"), "figures": N_("Figures"), "warning": N_("Early warning")}


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Support"), note=_("What the programme owes to those in training."))
    place = choose_place(context)
    if place is None:
        return
    chosen = st.segmented_control(
        _("Show"),
        list(_VIEWS),
        default="tasks",
        required=True,
        format_func=lambda name: _(_VIEWS[name]),
        key="support_show",
        bind="query-params",
        label_visibility="collapsed",
    )
    match chosen:
        case "figures":
            draw_figures(context, place)
        case "warning":
            draw_early_warning(context, place)
        case _:
            draw_tasks(context, place)


VIEW = View(
    frozenset({Office.MANAGER, Office.COORDINATOR, Office.TRAINING_LEAD}),
    N_("Support"),
    "support",
    render,
    ":material/volunteer_activism:",
    rank=4,
)
