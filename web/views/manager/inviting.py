"""A new person in one go: added, given something to do, and a slip with which they sign in for the first time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from curriculum.ids import ProgrammeId, RoleId
from people import service
from people.facts import TokenPurpose
from people.models import CohortId, HubId, Office, PersonId
from people.rights import Record, Right, may_in_hub
from store.ledger import Store
from web.context import Context
from web.memory import ask
from web.texts import _
from web.views.manager.slip import issue_slip
from web.wording import office_words


@dataclass(frozen=True, slots=True)
class Place:
    """A cohort that a person can join: for which role, under the rules of which version."""

    cohort_id: CohortId
    title: str
    programme_id: ProgrammeId
    role_id: RoleId
    role_title: str
    version_no: int


@dataclass(frozen=True, slots=True)
class Task:
    """What a person will do: train in a cohort, or hold an office.

    `hub_id` None means in all hubs. A countersigner is given the record of one trainee until a day.
    """

    office: Office
    hub_id: HubId | None
    place: Place | None = None
    record_id: PersonId | None = None
    until_on: date | None = None

    @property
    def words(self) -> str:
        """Return what people read."""
        if self.place is None:
            return office_words(self.office)
        return _("Trainee in {cohort}").format(cohort=self.place.title) + (
            f" · {self.place.role_title}" if self.place.role_title else ""
        )


def list_places(context: Context, hub_id: HubId) -> list[Place]:
    """Return the open cohorts of a hub that people can join now, newest first; one for each role of the programme."""
    if not may_in_hub(context.actor, Right.WRITE, Record.COHORT, hub_id):
        return []
    live = {row["programme_id"]: row["version_no"] for row in ask(context, "programme_hubs") if row["hub_id"] == hub_id}
    rows = ask(context, "cohorts_in_hub", hub=hub_id)
    return [
        place
        for row in rows
        if row["programme_id"] in live and row["closed_on"] is None
        for place in places_in(context.store, row, live[row["programme_id"]])
    ]


def places_in(store: Store, cohort: Mapping[str, Any], version_no: int) -> list[Place]:
    """Return what a row of `cohorts_in_hub` offers to who joins under the rules of a version: a place for each role."""
    programme_id = ProgrammeId(cohort["programme_id"])
    roles = store.programme(programme_id, version_no).head.roles
    return [
        Place(
            CohortId(cohort["cohort_id"]),
            cohort["title"],
            programme_id,
            role.id,
            role.title if len(roles) > 1 else "",
            version_no,
        )
        for role in roles
    ]


def invite(context: Context, name: str, login: str, task: Task, *, trainer_id: PersonId | None = None) -> PersonId:
    """Add a person, give them their task, and make their slip. Without a sign-in name one is made from the name.

    Raises:
        PlatformError: A rule of `people.service` says no. A person who was added by then waits without a task.
    """
    login = login.strip() or service.suggest_login(context.store, name)
    person_id = service.add_person(context.store, context.actor, name, login, context.now())
    give_task(context, person_id, task, trainer_id=trainer_id)
    issue_slip(context, person_id, TokenPurpose.INVITATION)
    return person_id


def give_task(context: Context, person_id: PersonId, task: Task, *, trainer_id: PersonId | None = None) -> None:
    """Put a person into the task's cohort, with a trainer, or give them its office.

    Raises:
        PlatformError: A rule of `people.service` says no.
    """
    store, actor, now = context.store, context.actor, context.now()
    if task.place is None:
        service.give_grant(
            store,
            actor,
            person_id,
            task.office,
            now,
            hub_id=task.hub_id,
            record_id=task.record_id,
            until_on=task.until_on,
        )
        return
    place = task.place
    service.enrol(
        store, actor, person_id, cohort_id=place.cohort_id, role_id=place.role_id, version_no=place.version_no, now=now
    )
    if trainer_id is not None:
        service.assign_trainer(store, actor, person_id, trainer_id, now)
