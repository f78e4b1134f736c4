"""One person: what they do, who trains them, and how they get in."""

import streamlit as st

from people import service
from people.facts import FactId, TokenPurpose
from people.models import HubId, Office, PersonId
from people.names import MAX_NAME
from people.rights import Record, Right, may_anywhere
from web.components import card, empty_state, page_head, plain, say_after_rerun, small_note, try_action, view_link
from web.context import Context
from web.texts import _
from web.views.manager.hubs import EVERYWHERE
from web.views.manager.inviting import give_task
from web.views.manager.people.adding import choose_task, choose_trainer
from web.views.manager.people.leaving import draw_leaving, draw_leaving_link
from web.views.manager.people.reading import HeldOffice, Person
from web.views.manager.people.training import draw_training
from web.views.manager.slip import issue_slip


def draw_person(context: Context, hub_id: HubId, people: list[Person], person_id: PersonId) -> None:
    """Draw the person, or say that there is nobody of this number here."""
    view_link(context, "people", _("All people"), icon=":material/arrow_back:")
    person = next((each for each in people if each.person_id == person_id), None)
    if person is None:
        page_head(_("Person"))
        empty_state(_("Nobody here has this number"), _("Go back to the list; you can choose another hub there."))
        return
    leaving = next((held for held in person.offices if str(held.grant_id) == st.query_params.get("leaving")), None)
    if leaving is not None:
        draw_leaving(context, people, person, leaving)
        return
    page_head(person.name)
    if not person.is_here:
        st.markdown(plain(person.words))
        small_note(_("This office is for all hubs. An administrator looks after it."))
        return
    _draw_access(context, person)
    _draw_offices(context, person)
    if person.is_training and hub_id != EVERYWHERE:
        draw_training(context, hub_id, person)
        _draw_trainers(context, hub_id, people, person)
    _draw_more_to_do(context, hub_id, people, person)
    _draw_renaming(context, person)


def _finish(words: str) -> None:
    say_after_rerun(words)
    st.rerun()


# ---------------------------------------------------------------- getting in


def _draw_access(context: Context, person: Person) -> None:
    with card("access"):
        st.markdown(f"**{_('Sign-in name')}**: {plain(person.login)}")
        if not person.has_password:
            st.markdown(f":orange[:material/mail: {_('has not signed in yet')}]")
            small_note(_("A new slip ends the older one."))
            if st.button(_("Make a new slip"), type="primary", key="invite-again"):
                _make_slip(context, person, TokenPurpose.INVITATION)
        elif may_anywhere(context.actor, Right.RESET_PASSWORD, Record.PEOPLE):
            small_note(_("Give a reset slip face to face only. It signs the person out everywhere."))
            if st.button(_("Make a reset slip"), key="reset"):
                _make_slip(context, person, TokenPurpose.RESET)
        else:
            small_note(_("If the password is forgotten: their trainer or an administrator can make a reset slip."))


def _make_slip(context: Context, person: Person, purpose: TokenPurpose) -> None:
    def make() -> bool:
        issue_slip(context, person.person_id, purpose)
        return True

    if try_action(make):
        st.rerun()


# ---------------------------------------------------------------- offices


def _draw_offices(context: Context, person: Person) -> None:
    st.subheader(_("What they do here"), anchor=False)
    if not person.offices:
        st.markdown(f":gray[{_('Nothing yet. Without a task nobody can sign in.')}]")
    for held in person.offices:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.markdown(plain(held.words), width="stretch")
            _draw_ending(context, person, held)


def _draw_ending(context: Context, person: Person, held: HeldOffice) -> None:
    with st.popover(_("End"), key=f"ending-{held.grant_id}"):
        st.markdown(_("What was done in it stays on record. Who has no task left is signed out."))
        if held.office is Office.TRAINER and draw_leaving_link(context, held.grant_id):
            return
        if st.button(_("End this task"), key=f"end-{held.grant_id}"):
            ended = try_action(lambda: service.end_grant(context.store, context.actor, held.grant_id, context.now()))
            if ended is not None:
                _finish(_("Ended: {task} of {name}.").format(task=held.words, name=person.name))


def _draw_more_to_do(context: Context, hub_id: HubId, people: list[Person], person: Person) -> None:
    with st.expander(_("Give another task"), icon=":material/add:", expanded=not person.offices, key="more"):
        task = choose_task(context, hub_id, people, "more")
        trainer_id = choose_trainer([each for each in people if each != person], task, "more")
        if not st.button(_("Give this task"), key="give", disabled=task is None) or task is None:
            return

        def give() -> bool:
            give_task(context, person.person_id, task, trainer_id=trainer_id)
            return True

        if try_action(give):
            _finish(_("Given: {task}.").format(task=task.words))


# ---------------------------------------------------------------- trainers


def _draw_trainers(context: Context, hub_id: HubId, people: list[Person], person: Person) -> None:
    st.subheader(_("Trainers"), anchor=False)
    rows = context.store.query("people_trainers", context.actor, hub=hub_id)
    mine = [row for row in rows if row["person_no"] == person.person_id]
    if not mine:
        st.markdown(f":orange[:material/error: {_('No trainer yet: nobody can watch them or record for them.')}]")
    for row in mine:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            st.markdown(plain(row["trainer_name"]), width="stretch")
            if st.button(_("Take away"), key=f"unassign-{row['assignment_id']}"):
                _take_away(context, row["assignment_id"], row["trainer_name"])
    _draw_assigning(context, people, person, {row["trainer_no"] for row in mine})


def _take_away(context: Context, assignment_id: FactId, name: str) -> None:
    if try_action(lambda: service.end_assignment(context.store, context.actor, assignment_id, context.now())):
        _finish(_("{name} is no longer their trainer.").format(name=name))


def _draw_assigning(context: Context, people: list[Person], person: Person, given: set[int]) -> None:
    free = {
        each.person_id: each.name
        for each in people
        if each.holds(Office.TRAINER) and each.person_id not in given and each.person_id != person.person_id
    }
    if not free:
        small_note(_("To choose another, first give somebody the task of trainer."))
        return
    trainer_id = st.selectbox(_("Add a trainer"), list(free), format_func=free.__getitem__, key="new-trainer")
    if st.button(_("Add"), key="assign"):
        act = service.assign_trainer
        if try_action(lambda: act(context.store, context.actor, person.person_id, PersonId(trainer_id), context.now())):
            _finish(_("{name} is their trainer now.").format(name=free[trainer_id]))


# ---------------------------------------------------------------- names


def _draw_renaming(context: Context, person: Person) -> None:
    with st.expander(_("Change the name"), icon=":material/edit:", key="renaming"), st.form("rename", border=False):
        name = st.text_input(_("Name"), value=person.name, max_chars=MAX_NAME, key=f"name-{person.person_id}")
        login = st.text_input(_("Sign-in name"), value=person.login, max_chars=32, key=f"login-{person.person_id}")
        if not st.form_submit_button(_("Save the name")):
            return

        def rename() -> bool:
            store, actor, now = context.store, context.actor, context.now()
            service.rename_person(store, actor, person.person_id, name=name, login=login, now=now)
            return True

        if try_action(rename):
            _finish(_("Saved."))
