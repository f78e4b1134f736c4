"""What ends soon: whose sign-off, and which gates close for people who are signed off if nothing more happens."""

import streamlit as st

from analytics.journeys import Outlook
from analytics.lapsing import Lapsing, see_lapsing
from web.components import day_text, page_of, small_note
from web.context import Context
from web.memory import recall
from web.tables import draw_csv, small_table
from web.texts import _, ngettext
from web.verdicts import gate_title
from web.views.manager.people_chosen import PeopleChosen


def draw_ending(context: Context, people: PeopleChosen, seen: Outlook) -> None:
    """Draw whose sign-off ends, and what would close by itself."""
    _draw_endings(seen)
    found = recall(context, "lapsing", people.key, lambda: _see(context, people))
    if found.n_active:
        _draw_closing(people, found)


def _see(context: Context, people: PeopleChosen) -> Lapsing:
    return see_lapsing(context.store, context.actor, people.programme, people.hub_id, cohort_id=people.cohort_id)


def _draw_endings(seen: Outlook) -> None:
    if not seen.endings:
        small_note(_("No sign-off ends within {n} days.").format(n=seen.ahead[-1].days))
        return
    st.subheader(_("Whose sign-off ends"), anchor=False)
    rows = [{_("Name"): one.name, _("Signed off until"): day_text(one.valid_until)} for one in seen.endings]
    small_table(page_of(rows, "endings"), "")
    draw_csv(rows, "sign-offs-that-end")


def _draw_closing(people: PeopleChosen, found: Lapsing) -> None:
    st.subheader(_("What ends if nothing more happens"), anchor=False)
    n = ngettext("{n} person is signed off now", "{n} people are signed off now", found.n_active)
    small_note(f"{n.format(n=found.n_active)}. {_('Somebody may be counted in several lines.')}")
    rows = [
        _row(_("They would lapse, for any reason"), found, found.n_lapsing),
        _row(_("The sign-off's own last day is over"), found, found.n_ending),
        *(_row(gate_title(people.programme, gate.gate_id), found, gate.n_closing) for gate in found.gates),
    ]
    small_table(rows, "")
    draw_csv(rows, "what-ends")


def _row(title: str, found: Lapsing, counts: tuple[int, ...]) -> dict[str, str]:
    cells = {_("Within {n} days").format(n=days): str(n) for days, n in zip(found.days, counts, strict=True)}
    return {_("What"): title} | cells
