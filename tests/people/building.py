"""A small hub for tests: administrator, managers of two hubs, trainer, trainee."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from curriculum.ids import ProgrammeId, RoleId
from people.facts import Enrolment, Grant, TokenPurpose
from people.limits import RateLimiter
from people.models import OPERATOR, Actor, CohortId, HubId, Office, PersonId
from people.service import (
    add_person,
    enrol,
    give_grant,
    held_grants,
    issue_token,
    open_cohort,
    open_hub,
    set_password,
)
from tests.people.fake_people import FakePeople

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HERE, ELSEWHERE = HubId("riverside"), HubId("hilltop")
ALONGSIDE, LEADER = ProgrammeId("alongside"), RoleId("leader")
PASSWORD = "four green kettles sing"
OPERATOR_ACTOR = Actor(OPERATOR, "root", is_operator=True)


@dataclass
class World:
    """A ledger and the people in it."""

    ledger: FakePeople = field(default_factory=FakePeople)
    limiter: RateLimiter = field(default_factory=RateLimiter)
    now: datetime = NOW
    cohort_id: CohortId = field(init=False)
    elsewhere_id: CohortId = field(init=False)

    def later(self, **span: float) -> datetime:
        """Move the clock on and return the new time."""
        self.now += timedelta(**span)
        return self.now

    def person(self, login: str, *offices: Office, hub_id: HubId | None = HERE) -> PersonId:
        """Add a person with offices in a hub."""
        person_id = add_person(self.ledger, OPERATOR_ACTOR, login.title(), login, self.now)
        for office in offices:
            hub = None if office == Office.ADMINISTRATOR else hub_id
            give_grant(self.ledger, OPERATOR_ACTOR, person_id, office, self.now, hub_id=hub)
        return person_id

    def actor(self, person_id: PersonId) -> Actor:
        """Return the person as who acts now."""
        return Actor(person_id, self.ledger.name_of(person_id), held_grants(self.ledger, person_id, self.now))

    def acting(self, login: str, *offices: Office, hub_id: HubId | None = HERE) -> Actor:
        """Add a person with offices and return them as who acts."""
        return self.actor(self.person(login, *offices, hub_id=hub_id))

    def trainee(self, login: str, cohort_id: CohortId | None = None) -> PersonId:
        """Add a person and put them into a cohort."""
        person_id = self.person(login)
        self.enrol(person_id, cohort_id)
        return person_id

    def enrol(self, person_id: PersonId, cohort_id: CohortId | None = None, actor: Actor = OPERATOR_ACTOR) -> Enrolment:
        """Put a person into a cohort."""
        return enrol(
            self.ledger,
            actor,
            person_id,
            cohort_id=cohort_id or self.cohort_id,
            role_id=LEADER,
            version_no=1,
            now=self.now,
        )

    def give_password(self, person_id: PersonId, password: str = PASSWORD) -> None:
        """Let a person choose a password with an invitation."""
        code = issue_token(self.ledger, OPERATOR_ACTOR, person_id, TokenPurpose.INVITATION, self.now)
        set_password(self.ledger, code.code, password, self.now)

    def grant_of(self, person_id: PersonId, office: Office) -> Grant:
        """Return the newest grant of an office, ended or not."""
        return self.ledger.list_facts(Grant, person_id, office=office)[-1]


def make_world() -> World:
    """Return two hubs with a cohort each, and nobody in them."""
    world = World()
    for hub_id, title in ((HERE, "Riverside"), (ELSEWHERE, "Hilltop")):
        open_hub(world.ledger, OPERATOR_ACTOR, hub_id, title, NOW)
    cohorts = [
        open_cohort(
            world.ledger, OPERATOR_ACTOR, hub_id, ALONGSIDE, "Autumn", starts_on=TODAY, active_version_no=1, now=NOW
        )
        for hub_id in (HERE, ELSEWHERE)
    ]
    world.cohort_id, world.elsewhere_id = cohorts[0].cohort_id, cohorts[1].cohort_id
    return world
