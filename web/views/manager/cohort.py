"""One cohort: who is in it, who joins, and whose time pauses, runs again or ends."""

from typing import Any, Final

import streamlit as st

from people.facts import ClockChange, TokenPurpose
from people.models import HubId, Office, PersonId
from people.names import MAX_NAME
from people.rights import Record, Right, may_in_hub
from web.components import (
    card,
    empty_state,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context
from web.memory import ask
from web.texts import _, ngettext
from web.views.manager.buddies import draw_buddies
from web.views.manager.clock import clock_line, draw_clock, moving_line
from web.views.manager.closed import draw_closed
from web.views.manager.closing import CLOSE, draw_closing, draw_closing_link, may_close
from web.views.manager.cohort_words import size_and_days
from web.views.manager.importing import draw_importing
from web.views.manager.inviting import Place, Task, give_task, invite, places_in
from web.views.manager.last_day import draw_last_day
from web.views.manager.people.adding import choose_trainer
from web.views.manager.people.reading import list_people, list_waiting
from web.views.manager.slip import issue_slips

Row = dict[str, Any]

_MOST_SLIPS: Final = 60
"""Slips made at once: their codes work for three days only."""


def draw_cohort(context: Context, hub_id: HubId, cohort: Row | None) -> None:
    """Draw the cohort, or say that it is not in this hub."""
    view_link(context, "cohorts", _("All cohorts"), icon=":material/arrow_back:")
    if cohort is None:
        page_head(_("Cohort"))
        empty_state(_("There is no such cohort here"), _("Go back to the list; you can choose another hub there."))
        return
    if st.query_params.get("do") == CLOSE and cohort["closed_on"] is None and may_close(context, hub_id):
        draw_closing(context, cohort)
        return
    page_head(cohort["title"])
    people = ask(context, "cohorts_people", hub=hub_id)
    members = [row for row in people if row["cohort_id"] == cohort["cohort_id"]]
    st.markdown(f":gray[{plain(size_and_days(cohort, len(members), context.today()))}]")
    if cohort["closed_on"] is not None:
        draw_closed(context, hub_id, cohort, members)
        return
    may_write = may_in_hub(context.actor, Right.WRITE, Record.COHORT, hub_id)
    if may_write:
        _draw_joining(context, hub_id, cohort, people)
        _draw_slips_of_all(context, hub_id, members)
        draw_last_day(context, cohort)
        draw_buddies(context, hub_id, cohort, [row for row in members if row["clock"] != ClockChange.WITHDRAWN])
    for row in members:
        _draw_member(context, row, may_write=may_write)
    draw_closing_link(context, hub_id)


# ---------------------------------------------------------------- who joins


def _draw_joining(context: Context, hub_id: HubId, cohort: Row, people: list[Row]) -> None:
    rows = ask(context, "programme_hubs")
    live = [r["version_no"] for r in rows if (r["hub_id"], r["programme_id"]) == (hub_id, cohort["programme_id"])]
    if not live:
        small_note(_("The programme is no longer live in this hub, so nobody can join."))
        return
    places = places_in(context.store, cohort, live[0])
    if may_in_hub(context.actor, Right.WRITE, Record.PEOPLE, hub_id):
        _draw_new_trainee(context, hub_id, places)
        draw_importing(context, cohort)
    _draw_known_person(context, hub_id, cohort, places, people)


def _choose_place(places: list[Place], key: str) -> Place:
    if len(places) == 1:
        return places[0]
    titles = [place.role_title for place in places]
    return places[st.selectbox(_("For which role?"), range(len(places)), format_func=titles.__getitem__, key=key)]


def _draw_new_trainee(context: Context, hub_id: HubId, places: list[Place]) -> None:
    with (
        st.expander(_("Invite a new trainee"), icon=":material/person_add:", key="inviting"),
        st.form("invite-trainee", border=False),
    ):
        name = st.text_input(_("Name"), max_chars=MAX_NAME, key="trainee-name")
        task = Task(Office.TRAINEE, hub_id, _choose_place(places, "invite-role"))
        trainer_id = choose_trainer(list_people(context, hub_id), task, "trainee")
        if not st.form_submit_button(_("Add and make the slip"), type="primary", width="stretch"):
            return
        if try_action(lambda: invite(context, name, "", task, trainer_id=trainer_id)) is not None:
            st.rerun()


def _draw_known_person(context: Context, hub_id: HubId, cohort: Row, places: list[Place], people: list[Row]) -> None:
    names = _candidates(context, hub_id, cohort, people)
    if not names:
        return
    with (
        st.expander(_("Put in somebody who is here already"), icon=":material/group_add:", key="enrolling"),
        st.form("enrol", border=False),
    ):
        person_id = st.selectbox(_("Who?"), list(names), format_func=names.__getitem__, key="enrol-who")
        task = Task(Office.TRAINEE, hub_id, _choose_place(places, "enrol-role"))
        if not st.form_submit_button(_("Put into this cohort"), width="stretch"):
            return

        def put_in() -> bool:
            give_task(context, person_id, task)
            return True

        if try_action(put_in):
            _finish(_("{name} is in this cohort now.").format(name=names[person_id]))


def _candidates(context: Context, hub_id: HubId, cohort: Row, people: list[Row]) -> dict[PersonId, str]:
    """Return the names of those who are not in the cohort, with the cohort they would leave; and of those who left."""
    of_cohort = [row for row in people if row["cohort_id"] == cohort["cohort_id"]]
    left = {row["person_no"] for row in of_cohort if row["clock"] == ClockChange.WITHDRAWN}
    inside = {row["person_no"] for row in of_cohort} - left
    same = [row for row in people if row["programme_id"] == cohort["programme_id"] and row["person_no"] not in left]
    elsewhere = {row["person_no"]: row["cohort_id"] for row in same}
    titles = {row["cohort_id"]: row["title"] for row in ask(context, "cohorts_in_hub", hub=hub_id)}
    rows = ask(context, "cohorts_candidates", hub=hub_id)
    known = {PersonId(row["person_no"]): row["name"] for row in rows}
    known |= {person.person_id: person.name for person in list_waiting(context)}
    return {
        person_id: _candidate_words(name, titles.get(elsewhere.get(person_id, ""), ""), is_back=person_id in left)
        for person_id, name in known.items()
        if person_id not in inside
    }


def _candidate_words(name: str, cohort: str, *, is_back: bool) -> str:
    if is_back:
        return _("{name} (had left)").format(name=name)
    return _("{name} (moves from {cohort})").format(name=name, cohort=cohort) if cohort else name


def _draw_slips_of_all(context: Context, hub_id: HubId, members: list[Row]) -> None:
    """Draw the button that makes the slips of those in the cohort who have never signed in, all at once."""
    if not may_in_hub(context.actor, Right.WRITE, Record.PEOPLE, hub_id):
        return
    inside = {row["person_no"] for row in members if row["clock"] != ClockChange.WITHDRAWN}
    people = list_people(context, hub_id)
    waiting = [one.person_id for one in people if one.person_id in inside and not one.has_password]
    if len(waiting) < 2:
        return
    n = min(len(waiting), _MOST_SLIPS)
    words = ngettext("{n} person has not signed in yet.", "{n} people have not signed in yet.", len(waiting))
    with st.expander(words.format(n=len(waiting)), icon=":material/mail:", key="all-slips"):
        small_note(
            _("A new slip ends the older one. Its code works for three days: make them when you can hand them over.")
        )
        if st.button(_("Make {n} slips to print").format(n=n), key="make-slips"):
            done = try_action(lambda: _make_slips(context, waiting[:_MOST_SLIPS]))
            if done:
                st.rerun()


def _make_slips(context: Context, person_ids: list[PersonId]) -> bool:
    issue_slips(context, person_ids, TokenPurpose.INVITATION)
    return True


# ---------------------------------------------------------------- who is in it


def _draw_member(context: Context, row: Row, *, may_write: bool) -> None:
    with (
        card(f"member-{row['person_no']}"),
        st.container(horizontal=True, wrap=False, vertical_alignment="center"),
    ):
        lines = [line for line in (clock_line(row), moving_line(row)) if line]
        grey = "  \n".join(f":gray[{plain(line)}]" for line in lines)
        st.markdown(f"**{plain(row['name'])}**  \n{grey}", width="stretch")
        if may_write:
            draw_clock(context, row)


def _finish(words: str) -> None:
    say_after_rerun(words)
    st.rerun()
