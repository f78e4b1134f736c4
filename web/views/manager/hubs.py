"""Which hub a manager's page is about: chosen once, kept in the address."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from people.models import HubId
from people.rights import Record, Right, may_anywhere, may_in_hub
from web.context import Context
from web.texts import _

EVERYWHERE: Final = HubId("")
"""Stands for all hubs, and for people who are in none: for who looks after everybody."""


def list_hubs(context: Context, right: Right, record: Record) -> dict[HubId, str]:
    """Return the titles of the hubs in which the acting person has the right."""
    rows = context.store.query("own_hubs", context.actor)
    return {row["hub_id"]: row["title"] for row in rows if may_in_hub(context.actor, right, record, row["hub_id"])}


def choose_hub(context: Context, right: Right, record: Record, *, offers_everywhere: bool = False) -> HubId | None:
    """Draw the choice of a hub when there are several; return it, or None when there is none to choose."""
    hubs = list_hubs(context, right, record)
    if offers_everywhere and may_anywhere(context.actor, right, record):
        hubs[EVERYWHERE] = _("Everybody, in all hubs")
    return HubId(choose(_("Hub"), hubs, "hub")) if hubs else None


def choose(label: str, titles: Mapping[HubId, str] | Mapping[str, str], parameter: str) -> str:
    """Draw a choice that the address keeps under `parameter`; a single one is taken without asking.

    Args:
        label: Plain text.
        titles: What may be chosen, by the id that stands in the address; the first is taken at first.
        parameter: The name in the address.
    """
    ids = [str(id_) for id_ in titles]
    shown = {str(id_): title for id_, title in titles.items()}
    if len(ids) == 1:
        return ids[0]
    key = f"choice-{parameter}"
    if st.session_state.get(key) not in ids:
        asked = st.query_params.get(parameter)
        st.session_state[key] = asked if asked in ids else ids[0]
    chosen = st.selectbox(label, ids, format_func=shown.__getitem__, key=key, persist_state="session")
    st.query_params[parameter] = chosen
    return chosen
