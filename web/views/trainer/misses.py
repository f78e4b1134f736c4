"""*What people get wrong*: safeguarding first, then where people were sure and it was not right."""

from typing import Any

import streamlit as st

from curriculum.items import Item
from people.models import HubId, Office
from people.rights import Record, Right
from web.components import card, count_of, empty_state, page_head, plain, small_note, view_link
from web.context import Context, ProgrammeChoice
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import choose, list_hubs

Row = dict[str, Any]
_SHOWN = 30


def render(context: Context) -> None:
    """Draw the page."""
    page_head(
        _("What people get wrong"),
        note=_("From each person's newest answer in a quiz. Talk about the first ones when you meet next."),
    )
    choice, hubs = context.choice, list_hubs(context, Right.SEE, Record.RESULTS)
    if choice is None or not hubs:
        empty_state(_("Nothing to show yet"), _("You work in no hub with a programme."))
        return
    hub = HubId(choose(_("Hub"), hubs, "hub"))
    rows = context.store.query("hub_misses", context.actor, hub=hub, programme_id=choice.programme_id)
    items = choice.programme.item_by_id
    known = [(items[row["item_id"]], row) for row in rows if row["item_id"] in items]
    if not known:
        empty_state(_("Nothing to show yet"), _("No question was answered wrongly in this hub so far."))
    # A stable sort keeps the order of the store: those who were sure first.
    for item, row in sorted(known, key=lambda pair: pair[0].critical is None)[:_SHOWN]:
        _draw_miss(context, choice, item, row)


def _draw_miss(context: Context, choice: ProgrammeChoice, item: Item, row: Row) -> None:
    section = choice.programme.section_by_id[item.section]
    with card(f"miss-{item.id}"):
        key = f" :red-badge[{_('Safeguarding')}]" if item.critical else ""
        st.markdown(f"**{plain(item.stem)}**{key}")
        n_sure = row["n_sure"]
        wrong = _("Wrong: {count}").format(count=count_of(row["n_wrong"], row["n_people"]))
        sure = ngettext("{n} of them was sure", "{n} of them were sure", n_sure).format(n=n_sure)
        st.markdown(f"{wrong} · :orange[{sure}]" if n_sure else wrong)
        if row["n_people"] < 2:
            small_note(_("Only one person has met it so far."))
        view_link(context, "manual", f"{section.id} {section.title}", query={"section": section.id})


VIEW = View(
    frozenset({Office.TRAINING_LEAD}),
    N_("What people get wrong"),
    "misconceptions",
    render,
    ":material/psychology_alt:",
    rank=29,
)
