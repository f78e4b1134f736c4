"""A form that adds a person, gives them something to do, and makes their slip, all at once."""

from datetime import date, timedelta
from typing import Final

import streamlit as st

from people.models import HubId, Office, PersonId
from people.names import MAX_NAME
from people.rights import Record, Right, may_anywhere
from people.service.offices import COUNTERSIGN_DAYS
from web.components import small_note, try_action
from web.context import Context
from web.texts import _
from web.views.manager.hubs import EVERYWHERE
from web.views.manager.inviting import Task, invite, list_places
from web.views.manager.people.reading import Person
from web.wording import office_task_words, office_words, outside_words

_RECORD_DAYS: Final = 30
"""How long an external countersigner's look into one record lasts, unless another day is chosen."""

_OF_A_HUB: Final = (
    Office.TRAINER,
    Office.TRAINING_LEAD,
    Office.SAFEGUARDING_LEAD,
    Office.SAFEGUARDING_DEPUTY,
    Office.COORDINATOR,
    Office.MANAGER,
    Office.FUNDER,
)


def list_tasks(context: Context, hub_id: HubId) -> list[Task]:
    """Return what the acting person may give somebody to do: in a hub, or in all."""
    if hub_id == EVERYWHERE:
        offices = [Task(office, None) for office in _OF_A_HUB]
        return [*offices, Task(Office.ADMINISTRATOR, None)]
    training = [Task(Office.TRAINEE, hub_id, place) for place in list_places(context, hub_id)]
    tasks = [*(training or [Task(Office.TRAINEE, hub_id)]), *(Task(office, hub_id) for office in _OF_A_HUB)]
    tasks.append(Task(Office.COUNTERSIGNER, None))
    if may_anywhere(context.actor, Right.WRITE, Record.PEOPLE):
        tasks.append(Task(Office.ADMINISTRATOR, None))
    return tasks


def draw_adding(context: Context, hub_id: HubId, people: list[Person], *, wanted: Office | None = None) -> None:
    """Draw the form that adds a person; unfolded, with `wanted` chosen, when somebody for that office is wanted."""
    is_open = wanted is not None or len(people) < 4
    with st.expander(_("Add a person"), icon=":material/person_add:", expanded=is_open, key="adding"):
        task = choose_task(context, hub_id, people, "new", wanted=wanted)
        with st.form("add-person", border=False):
            name = st.text_input(_("Name"), max_chars=MAX_NAME, key="new-name")
            trainer_id = choose_trainer(people, task, "new")
            login = st.text_input(_("Sign-in name, if you want to choose it"), max_chars=32, key="new-login")
            is_sent = st.form_submit_button(_("Add and make the slip"), type="primary", width="stretch")
        if is_sent and task is not None:
            made = try_action(lambda: invite(context, name, login, task, trainer_id=trainer_id))
            if made is not None:
                st.rerun()


def choose_task(
    context: Context, hub_id: HubId, people: list[Person], key: str, *, wanted: Office | None = None
) -> Task | None:
    """Draw the choice of what a person will do; return it, or None while a countersigner's record is not chosen."""
    tasks = list_tasks(context, hub_id)
    words = [task.words for task in tasks]
    first = next((i for i, task in enumerate(tasks) if task.office == wanted), 0)
    number = st.selectbox(
        _("What will they do?"), range(len(tasks)), index=first, format_func=words.__getitem__, key=f"task-{key}"
    )
    task = tasks[number]
    small_note(office_task_words(task.office))
    if task.office is Office.COUNTERSIGNER:
        st.markdown(outside_words())
    return _choose_record(context, people, task, key) if task.office is Office.COUNTERSIGNER else task


def _choose_record(context: Context, people: list[Person], task: Task, key: str) -> Task | None:
    trainees = {person.person_id: person.name for person in people if person.is_training}
    if not trainees:
        small_note(_("There is no trainee yet whose record could be opened."))
        return None
    record_id = st.selectbox(
        _("Whose sign-off?"), list(trainees), format_func=trainees.__getitem__, key=f"record-{key}"
    )
    until_on: date = st.date_input(
        _("Until which day?"),
        value=context.today() + timedelta(days=_RECORD_DAYS),
        min_value=context.today(),
        max_value=context.today() + timedelta(days=COUNTERSIGN_DAYS),
        key=f"until-{key}",
    )
    return Task(task.office, None, record_id=PersonId(record_id), until_on=until_on)


def choose_trainer(people: list[Person], task: Task | None, key: str) -> PersonId | None:
    """Draw the choice of a trainer, when the task is to train in a cohort and there are trainers."""
    trainers = {person.person_id: person.name for person in people if person.holds(Office.TRAINER)}
    if task is None or task.place is None or not trainers:
        return None
    names: dict[PersonId | None, str] = {**trainers, None: _("Choose later")}
    return st.selectbox(
        office_words(Office.TRAINER), list(names), format_func=lambda id_: names[id_], key=f"trainer-{key}"
    )
