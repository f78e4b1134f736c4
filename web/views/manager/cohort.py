"""One cohort: who is in it, who joins, and whose time pauses, runs again or ends."""

from typing import Any, Final

import streamlit as st

from curriculum.ids import ProgrammeId
from people import service
from people.facts import ClockChange, ClockReason
from people.models import HubId, Office, PersonId
from people.names import MAX_NAME
from people.rights import Record, Right, may_in_hub
from web.components import (
    card,
    day_text,
    empty_state,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context
from web.texts import _, ngettext
from web.views.manager.inviting import Place, Task, give_task, invite, places_in
from web.views.manager.people.adding import choose_trainer
from web.views.manager.people.reading import list_people, list_waiting
from web.wording import clock_reason_words, clock_words

Row = dict[str, Any]

_CHANGES: Final = {
    ClockChange.RESUMED: (ClockChange.PAUSED, ClockChange.WITHDRAWN),
    ClockChange.PAUSED: (ClockChange.RESUMED, ClockChange.WITHDRAWN),
    ClockChange.WITHDRAWN: (ClockChange.RESUMED,),
}
"""What can follow from how things are."""


def draw_cohort(context: Context, hub_id: HubId, cohort: Row | None) -> None:
    """Draw the cohort, or say that it is not in this hub."""
    view_link(context, "cohorts", _("All cohorts"), icon=":material/arrow_back:")
    if cohort is None:
        page_head(_("Cohort"))
        empty_state(_("There is no such cohort here"), _("Go back to the list; you can choose another hub there."))
        return
    page_head(cohort["title"])
    people = context.store.query("cohorts_people", context.actor, hub=hub_id)
    members = [row for row in people if row["cohort_id"] == cohort["cohort_id"]]
    n = len(members)
    words = ngettext("{n} person", "{n} people", n).format(n=n)
    starts = _("starts on {day}").format(day=day_text(cohort["starts_on"]))
    st.markdown(f":gray[{plain(words)} · {plain(starts)}]")
    may_write = may_in_hub(context.actor, Right.WRITE, Record.COHORT, hub_id)
    if may_write:
        _draw_joining(context, hub_id, cohort, people)
    for row in members:
        _draw_member(context, row, may_write=may_write)


# ---------------------------------------------------------------- who joins


def _draw_joining(context: Context, hub_id: HubId, cohort: Row, people: list[Row]) -> None:
    rows = context.store.query("programme_hubs", context.actor)
    live = [r["version_no"] for r in rows if (r["hub_id"], r["programme_id"]) == (hub_id, cohort["programme_id"])]
    if not live:
        small_note(_("The programme is no longer live in this hub, so nobody can join."))
        return
    places = places_in(context.store, cohort, live[0])
    if may_in_hub(context.actor, Right.WRITE, Record.PEOPLE, hub_id):
        _draw_new_trainee(context, hub_id, places)
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
    """Return the names of those who are not in the cohort, with the cohort they would leave."""
    inside = {row["person_no"] for row in people if row["cohort_id"] == cohort["cohort_id"]}
    elsewhere = {row["person_no"]: row["cohort_id"] for row in people if row["programme_id"] == cohort["programme_id"]}
    titles = {
        row["cohort_id"]: row["title"] for row in context.store.query("cohorts_in_hub", context.actor, hub=hub_id)
    }
    rows = context.store.query("cohorts_candidates", context.actor, hub=hub_id)
    known = {PersonId(row["person_no"]): row["name"] for row in rows}
    known |= {person.person_id: person.name for person in list_waiting(context)}
    return {
        person_id: _("{name} (moves from {cohort})").format(name=name, cohort=titles[elsewhere[person_id]])
        if person_id in elsewhere
        else name
        for person_id, name in known.items()
        if person_id not in inside
    }


# ---------------------------------------------------------------- who is in it


def _draw_member(context: Context, row: Row, *, may_write: bool) -> None:
    with (
        card(f"member-{row['person_no']}"),
        st.container(horizontal=True, wrap=False, vertical_alignment="center"),
    ):
        st.markdown(f"**{plain(row['name'])}**  \n:gray[{plain(_clock_line(row))}]", width="stretch")
        if may_write:
            _draw_clock(context, row)


def _clock_line(row: Row) -> str:
    if row["clock"] == ClockChange.RESUMED:
        return _("in training since {day}").format(day=day_text(row["joined_on"]))
    words = clock_words(row["clock"])
    reason = clock_reason_words(row["clock_reason"]) if row["clock_reason"] in set(ClockReason) else ""
    since = _("{what} since {day}").format(what=words, day=day_text(row["clock_on"]))
    return f"{since} · {reason}" if reason else since


def _change_words(change: ClockChange) -> str:
    return {
        ClockChange.PAUSED: _("Pauses"),
        ClockChange.RESUMED: _("Is back"),
        ClockChange.WITHDRAWN: _("Leaves the programme"),
    }[change]


def _draw_clock(context: Context, row: Row) -> None:
    changes = _CHANGES[ClockChange(row["clock"])]
    key = f"{row['person_no']}-{row['programme_id']}"
    with st.popover(_("Change"), key=f"clock-{key}"), st.form(f"clock-form-{key}", border=False):
        change = st.radio(_("What happens?"), changes, format_func=_change_words)
        reason = st.selectbox(_("Why?"), list(ClockReason), format_func=clock_reason_words)
        small_note(_("Nothing is lost: what was done stays on record."))
        if not st.form_submit_button(_("Save")):
            return
        saved = try_action(
            lambda: service.change_clock(
                context.store,
                context.actor,
                PersonId(row["person_no"]),
                ProgrammeId(row["programme_id"]),
                change=change,
                reason=reason,
                now=context.now(),
            )
        )
        if saved is not None:
            _finish(_("Saved: {name}, {what}.").format(name=row["name"], what=clock_words(change)))


def _finish(words: str) -> None:
    say_after_rerun(words)
    st.rerun()
