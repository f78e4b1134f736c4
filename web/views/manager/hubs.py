"""Which hub a manager's page is about: chosen once, kept in the address."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from people.models import HubId
from people.rights import Record, Right, may_anywhere, may_in_hub
from web.context import Context
from web.memory import ask
from web.texts import _

EVERYWHERE: Final = HubId("")
"""Stands for all hubs, and for people who are in none: for who looks after everybody."""


def list_hubs(context: Context, right: Right, record: Record) -> dict[HubId, str]:
    """Return the titles of the hubs in which the acting person has the right."""
    rows = ask(context, "own_hubs")
    return {row["hub_id"]: row["title"] for row in rows if may_in_hub(context.actor, right, record, row["hub_id"])}


def choose_hub(
    context: Context, right: Right, record: Record, *, offers_everywhere: bool = False, is_drawn: bool = True
) -> HubId | None:
    """Draw the choice of a hub when there are several; return it, or None when there is none to choose.

    A page about one thing in a hub goes on with the hub that was chosen before: then it is not drawn.
    """
    hubs = list_hubs(context, right, record)
    if offers_everywhere and may_anywhere(context.actor, right, record):
        hubs[EVERYWHERE] = _("Everybody, in all hubs")
    if not hubs:
        return None
    return HubId(choose(_("Hub"), hubs, "hub") if is_drawn else chosen_before(hubs, "hub"))


def choose(label: str, titles: Mapping[HubId, str] | Mapping[str, str], parameter: str) -> str:
    """Draw a choice that the address keeps under `parameter`; a single one is taken without asking.

    Args:
        label: Plain text.
        titles: What may be chosen, by the id that stands in the address; the first is taken at first.
        parameter: The name in the address.
    """
    shown = {str(id_): title for id_, title in titles.items()}
    if len(shown) == 1:
        return next(iter(shown))
    st.session_state[_key(parameter)] = chosen_before(titles, parameter)
    chosen = st.selectbox(label, list(shown), format_func=shown.__getitem__, key=_key(parameter))
    st.session_state[_kept_key(parameter)] = chosen
    st.query_params[parameter] = chosen
    return chosen


def chosen_before(titles: Mapping[HubId, str] | Mapping[str, str], parameter: str) -> str:
    """Return what was chosen on this page or another, else what the address says, else the first."""
    ids = [str(id_) for id_ in titles]
    places = (_key(parameter), _kept_key(parameter))
    known = [st.session_state[place] for place in places if st.session_state.get(place) in ids]
    asked = st.query_params.get(parameter)
    return known[0] if known else asked if asked in ids else ids[0]


def _key(parameter: str) -> str:
    return f"choice-{parameter}"


def _kept_key(parameter: str) -> str:
    # A widget's own state is lost on a page that does not draw it.
    return f"kept-{parameter}"
