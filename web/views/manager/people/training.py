"""What a person trains in: cohort, role, whether their time runs, and how they come back."""

from typing import Any

import streamlit as st

from people.facts import ClockChange
from people.models import HubId, Office
from people.rights import Record, Right, may_in_hub
from web.components import card, plain, plain_link, say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.texts import _
from web.views.manager.clock import clock_line, draw_clock, moving_line
from web.views.manager.inviting import Place, Task, give_task, list_places
from web.views.manager.people.reading import Person

Row = dict[str, Any]


def draw_training(context: Context, hub_id: HubId, person: Person) -> None:
    """Draw the person's training in the hub, one card a programme."""
    rows = ask(context, "cohorts_people", hub=hub_id)
    mine = [row for row in rows if row["person_no"] == person.person_id]
    if not mine:
        return
    st.subheader(_("Training"), anchor=False)
    cohorts = {row["cohort_id"]: row for row in ask(context, "cohorts_in_hub", hub=hub_id)}
    may_write = may_in_hub(context.actor, Right.WRITE, Record.COHORT, hub_id)
    for row in mine:
        with card(f"training-{row['programme_id']}"):
            _draw_row(context, row, cohorts[row["cohort_id"]], may_write=may_write)
            if may_write and row["clock"] == ClockChange.WITHDRAWN:
                _draw_return(context, hub_id, row)


def _draw_row(context: Context, row: Row, cohort: Row, *, may_write: bool) -> None:
    programme = context.store.programme(row["programme_id"], row["version_no"])
    role = next((role.title for role in programme.head.roles if role.id == row["role_id"]), "")
    lines = [f"{cohort['title']} · {role}", clock_line(row), moving_line(row)]
    grey = "  \n".join(f":gray[{plain(line)}]" for line in lines if line)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        st.markdown(f"**{plain(programme.head.title)}**  \n{grey}", width="stretch")
        if may_write:
            draw_clock(context, row)
    if cohort["closed_on"] is not None:
        plain_link(f"/print/completion/{row['programme_id']}/{row['person_no']}", _("Completion record"))


def _draw_return(context: Context, hub_id: HubId, row: Row) -> None:
    places = [one for one in list_places(context, hub_id) if one.programme_id == row["programme_id"]]
    if not places:
        small_note(_("To let them come back, open a cohort of this programme first."))
        return
    titles = [Task(Office.TRAINEE, hub_id, place).words for place in places]
    key = f"{row['person_no']}-{row['programme_id']}"
    number = st.selectbox(
        _("Come back into"), range(len(places)), format_func=titles.__getitem__, key=f"return-to-{key}"
    )
    small_note(_("What they did before counts on."))
    if st.button(_("Put them in again"), key=f"return-{key}"):
        _bring_back(context, hub_id, row, places[number])


def _bring_back(context: Context, hub_id: HubId, row: Row, place: Place) -> None:
    def bring() -> bool:
        give_task(context, row["person_no"], Task(Office.TRAINEE, hub_id, place))
        return True

    if try_action(bring):
        say_after_rerun(_("{name} is back, in {cohort}.").format(name=row["name"], cohort=place.title))
        st.rerun()
