"""Trainees who have agreed to move into this hub: they get a cohort and a trainer, and then they are here."""

from typing import Any

import streamlit as st

from people import service
from people.facts import FactId
from people.models import HubId, Office, PersonId
from people.rights import Record, Right, may_in_hub
from web.components import card, day_text, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.memory import ask
from web.texts import _
from web.views.manager.inviting import Place, list_places
from web.views.manager.people.reading import list_people
from web.wording import office_words

Row = dict[str, Any]


def draw_arrivals(context: Context, hub_id: HubId) -> None:
    """Draw everybody who waits to be taken in, for who looks after the people of the hub."""
    if not may_in_hub(context.actor, Right.WRITE, Record.PEOPLE, hub_id):
        return
    rows = ask(context, "people_arrivals", hub=hub_id)
    if not rows:
        return
    st.subheader(_("Wants to move here"), anchor=False)
    places = list_places(context, hub_id)
    trainers = {one.person_id: one.name for one in list_people(context, hub_id) if one.holds(Office.TRAINER)}
    for row in rows:
        with card(f"arrival-{row['consent_id']}"):
            _draw_arrival(context, row, [one for one in places if one.programme_id == row["programme_id"]], trainers)


def _draw_arrival(context: Context, row: Row, places: list[Place], trainers: dict[PersonId, str]) -> None:
    words = _("from {hub}, agreed on {day}").format(hub=row["from_hub"], day=day_text(row["since"]))
    st.markdown(f"**{plain(row['name'])}**  \n:gray[{plain(words)}]")
    others = {person_id: name for person_id, name in trainers.items() if person_id != row["person_no"]}
    if not places:
        small_note(_("Open a cohort of this programme first."))
        return
    if not others:
        small_note(_("Give somebody the task of trainer first."))
        return
    titles = [f"{one.title} · {one.role_title}" if one.role_title else one.title for one in places]
    number = st.selectbox(
        _("Which cohort?"), range(len(places)), format_func=titles.__getitem__, key=f"place-{row['consent_id']}"
    )
    trainer_id = st.selectbox(
        office_words(Office.TRAINER), list(others), format_func=others.__getitem__, key=f"trains-{row['consent_id']}"
    )
    small_note(_("Their record comes with them. From then on the hub they leave sees nothing of it."))
    if st.button(_("Take them in"), type="primary", key=f"accept-{row['consent_id']}"):
        _accept(context, row, places[number], PersonId(trainer_id))


def _accept(context: Context, row: Row, place: Place, trainer_id: PersonId) -> None:
    done = try_action(
        lambda: service.accept_move(
            context.store,
            context.actor,
            FactId(row["consent_id"]),
            cohort_id=place.cohort_id,
            role_id=place.role_id,
            trainer_id=trainer_id,
            now=context.now(),
        )
    )
    if done is not None:
        say_after_rerun(_("{name} is here now, in {cohort}.").format(name=row["name"], cohort=place.title))
        st.rerun()
