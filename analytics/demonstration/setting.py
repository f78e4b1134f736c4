"""How the hub of the demonstration came to be: offices, contacts, the programme live, a cohort with its people."""

from datetime import timedelta
from functools import partial
from typing import Final

from analytics.demonstration import acts
from analytics.demonstration.cast import (
    ADMINISTRATOR,
    COHORT_TITLE,
    HUB,
    HUB_TITLE,
    PASSWORD,
    STAFF,
    TRAINEES,
    TRAINERS,
    Member,
)
from analytics.demonstration.world import Agenda, World
from assessments.service.programmes import activate_programme, approve_safeguarding_text, publish_programme
from curriculum.ids import RoleId
from people.facts import ContactKind, TokenPurpose
from people.models import PersonId
from people.service import (
    add_person,
    assign_trainer,
    create_first_administrator,
    enrol,
    give_grant,
    issue_token,
    open_cohort,
    open_hub,
    rename_person,
    see_notice,
    set_contact,
    set_password,
)

ROLE = RoleId("group-leader")
_CONTACTS = (
    (ContactKind.SAFEGUARDING_LEAD, "Dilys Price (invented)", "01632 960001"),
    (ContactKind.SAFEGUARDING_DEPUTY, "Omar Haddad (invented)", "01632 960002"),
    (ContactKind.EMERGENCY, "Emergency services", "999"),
)


AGE: Final = 130
"""How many days ago the hub of the demonstration began, unless there is something before its cohort."""


def set_the_stage(agenda: Agenda, age: int = AGE) -> None:
    """Put on the agenda how the hub began, so many days ago, and its cohort, 114 days ago."""
    world = agenda.world
    agenda.at(age, 9, partial(_begin, world))
    agenda.at(age - 2, 9, partial(_hire, world))
    agenda.at(age - 4, 9, partial(_go_live, world))
    agenda.at(114, 10, partial(_open_cohort, world))
    for trainer in TRAINERS:
        agenda.at(113, 14, partial(acts.calibrate, world, trainer))


def _begin(world: World) -> None:
    code = create_first_administrator(world.store, world.clock.now)
    person_id = set_password(world.store, code.code, PASSWORD, world.clock.wait(5))
    world.people[ADMINISTRATOR.login] = person_id
    actor = world.actor(ADMINISTRATOR.login)
    rename_person(
        world.store, actor, person_id, name=ADMINISTRATOR.name, login=ADMINISTRATOR.login, now=world.clock.wait(1)
    )
    see_notice(world.store, actor, world.clock.wait(1))
    open_hub(world.store, actor, HUB, HUB_TITLE, world.clock.wait(2))
    for kind, title, phone in _CONTACTS:
        set_contact(world.store, actor, HUB, kind, title=title, phone=phone, now=world.clock.wait(1))


def add(world: World, login: str, name: str, inviter: str) -> PersonId:
    """Add a person; the inviter looks after a hub's people."""
    person_id = add_person(world.store, world.actor(inviter), name, login, world.clock.wait(1))
    world.people[login] = person_id
    return person_id


def let_in(world: World, login: str, inviter: str) -> None:
    """Invite the person, who sets a password and reads the privacy notice."""
    person_id = world.people[login]
    code = issue_token(world.store, world.actor(inviter), person_id, TokenPurpose.INVITATION, world.clock.wait(1))
    set_password(world.store, code.code, PASSWORD, world.clock.wait(5))
    see_notice(world.store, world.actor(login), world.clock.wait(1))


def _hire(world: World) -> None:
    for member in STAFF:
        _hire_one(world, member)


def _hire_one(world: World, member: Member) -> None:
    person_id = add(world, member.login, member.name, ADMINISTRATOR.login)
    for office in member.offices:
        give_grant(world.store, world.actor(ADMINISTRATOR.login), person_id, office, world.clock.wait(1), hub_id=HUB)
    let_in(world, member.login, ADMINISTRATOR.login)


def _go_live(world: World) -> None:
    lead, safeguarding = world.actor("lead"), world.actor("safeguarding")
    head = world.programme.head
    at = world.clock.wait(5)
    world.version_no = publish_programme(world.store, lead, world.programme, world.bundle(), at, media=world.media)
    approve_safeguarding_text(
        world.store,
        safeguarding,
        head.id,
        world.version_no,
        "Dilys Price (invented)",
        qualification="Demonstration only: no real review took place",
        now=world.clock.wait(60),
    )
    activate_programme(world.store, lead, head.id, world.version_no, HUB, now=world.clock.wait(5))


def _open_cohort(world: World) -> None:
    manager = world.actor("manager")
    cohort = open_cohort(
        world.store,
        manager,
        HUB,
        world.programme.head.id,
        COHORT_TITLE,
        starts_on=world.day(112),
        active_version_no=world.version_no,
        now=world.clock.wait(2),
        ends_on=world.day(112) + timedelta(days=180),
    )
    for login, name in TRAINEES:
        person_id = add(world, login, name, "manager")
        enrol(
            world.store,
            manager,
            person_id,
            cohort_id=cohort.cohort_id,
            role_id=ROLE,
            version_no=world.version_no,
            now=world.clock.wait(1),
        )
        for trainer in TRAINERS:
            assign_trainer(world.store, manager, person_id, world.people[trainer], world.clock.wait(1))
        let_in(world, login, "manager")
