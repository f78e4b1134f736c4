"""Holds that stay open past the programme's limit: the safeguarding lead, the deputy and the training lead are told."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from curriculum.models import Programme
from people.models import Office
from people.rights import Record, Right
from web.components import card, day_text, plain, small_note
from web.context import Context
from web.memory import ask
from web.texts import _, ngettext
from web.views.manager.hubs import list_hubs


def days_past(context: Context, programme: Programme, since: date) -> int:
    """Return how many days past the programme's limit a hold is open; 0 within it."""
    return max((context.today() - since).days - programme.head.support.hold_days, 0)


def late_badge(context: Context, programme: Programme, since: date) -> str:
    """Return a badge for a hold past the limit, in Markdown; empty within it."""
    n = days_past(context, programme, since)
    if not n:
        return ""
    words = ngettext("{n} day past the limit", "{n} days past the limit", n).format(n=n)
    return f":orange-badge[:material/schedule: {words}]"


def draw_late_holds(context: Context) -> int:
    """Draw, on the first page of the training lead, whose hold is past the limit, never why; return how many."""
    if not context.actor.holds(Office.TRAINING_LEAD):
        return 0
    hubs = list_hubs(context, Right.SEE, Record.HOLD)
    rows = [row for hub in hubs for row in ask(context, "hub_open_holds", hub=hub)]
    late = [row for row in rows if days_past(context, _programme_of(context, row), row["since"])]
    if late:
        st.header(_("On hold past the limit"), anchor=False)
    for row in late:
        _draw_late(context, row)
    return len(late)


def _programme_of(context: Context, row: Mapping[str, Any]) -> Programme:
    return context.store.programme(row["programme_id"], row["version_no"])


def _draw_late(context: Context, row: Mapping[str, Any]) -> None:
    with card(f"late-{row['person_no']}-{row['programme_id']}"):
        since = _("on hold since {day}").format(day=day_text(row["since"]))
        badge = late_badge(context, _programme_of(context, row), row["since"])
        st.markdown(f"**{plain(row['name'])}** :red-badge[{since}] {badge}")
        spoken = _("It was talked through.") if row["is_debriefed"] else _("It was not talked through yet.")
        st.markdown(spoken)
        small_note(_("The safeguarding lead or the deputy lifts it. Ask them what is missing."))
