"""*People*: the people of a hub with their offices; `?person=` opens one."""

from typing import Final

import streamlit as st

from people.models import Office, PersonId
from people.rights import Record, Right
from web.components import empty_state, page_head, plain, view_link
from web.context import Context
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.hubs import choose_hub
from web.views.manager.people.adding import draw_adding
from web.views.manager.people.person import draw_person
from web.views.manager.people.reading import Person, list_people
from web.views.manager.slip import draw_slip
from web.views.trainee.addressing import show_part

URL: Final = "people"
_MANY: Final = 12
"""A list longer than this gets a field to search it."""


def render(context: Context) -> None:
    """Draw the slip that waits, else the person whom the address names, else the list."""
    if draw_slip(context):
        return
    asked = st.query_params.get("person", "")
    show_part(URL, f"{asked} {st.query_params.get('leaving', '')}")
    if not asked:
        page_head(_("People"))
    hub_id = choose_hub(context, Right.WRITE, Record.PEOPLE, offers_everywhere=True, is_drawn=not asked)
    if hub_id is None:
        empty_state(_("You have no hub yet"), _("Ask an administrator to open one and to give you an office in it."))
        return
    people = list_people(context, hub_id)
    if asked:
        draw_person(context, hub_id, people, PersonId(int(asked)) if asked.isdecimal() else PersonId(-1))
        return
    draw_adding(context, hub_id, people)
    _draw_list(context, people)


def _draw_list(context: Context, people: list[Person]) -> None:
    n = len(people)
    st.subheader(ngettext("{n} person", "{n} people", n).format(n=n), anchor=False)
    wanted = st.text_input(_("Find a name"), key="find-person") if n > _MANY else ""
    for person in people:
        if wanted.casefold() in person.name.casefold():
            _draw_row(context, person)


def _draw_row(context: Context, person: Person) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"person-{person.person_id}"):
        note = "" if person.has_password else f"  \n:orange[:material/mail: {_('has not signed in yet')}]"
        words = f"**{plain(person.name)}**  \n:gray[{plain(person.words)}]{note}"
        st.markdown(words, width="stretch")
        view_link(context, URL, _("Open"), query={"person": str(person.person_id)})


VIEW = View(frozenset({Office.MANAGER, Office.ADMINISTRATOR}), N_("People"), URL, render, ":material/group:", rank=3)
