"""A hub in a real store: people, a live programme and a cohort, all made through the services."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from assessments.service.learning import record_reflection
from assessments.service.programmes import activate_programme, approve_safeguarding_text, publish_programme
from curriculum.bundle import to_bundle
from curriculum.ids import RoleId
from curriculum.loading import load_programme
from curriculum.models import Programme
from people import service
from people.facts import ContactKind
from people.models import OPERATOR, Actor, CohortId, HubId, Office, PersonId
from store.ledger import Store
from tests.first_part import write_first_part

HUB = HubId("riverside")
OPERATOR_ACTOR = Actor(OPERATOR, "operator", is_operator=True)
STAFF = {
    "manager": Office.MANAGER,
    "lead": Office.TRAINING_LEAD,
    "safeguarding": Office.SAFEGUARDING_LEAD,
    "trainer": Office.TRAINER,
    "trainer2": Office.TRAINER,
}


@dataclass
class House:
    """An open store and the people in it by sign-in name."""

    store: Store
    programme: Programme
    people: dict[str, PersonId] = field(default_factory=dict)
    version_no: int = 0

    def actor(self, login: str) -> Actor:
        """Return the person as they may act now."""
        return actor_of(self.store, self.people[login])

    @property
    def trainees(self) -> list[str]:
        """Return the sign-in names of the trainees."""
        return [login for login in self.people if login not in STAFF]


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def actor_of(store: Store, person_id: PersonId) -> Actor:
    """Return a person with the grants in force."""
    return Actor(person_id, store.name_of(person_id), service.held_grants(store, person_id, now()))


def first_part(parent: Path) -> Programme:
    """Return the first part of `alongside`, written into a folder of the parent."""
    programme, problems = load_programme(write_first_part(parent))
    assert programme is not None, problems
    return programme


def build_house(store: Store, programme: Programme, trainees: Sequence[str]) -> House:
    """Return a hub that is live with the programme; both trainers train everybody."""
    house = House(store, programme)
    service.open_hub(store, OPERATOR_ACTOR, HUB, "Riverside", now())
    for kind in ContactKind:
        service.set_contact(store, OPERATOR_ACTOR, HUB, kind, title="On call", phone="01632 960001", now=now())
    for login, office in STAFF.items():
        house.people[login] = service.add_person(store, OPERATOR_ACTOR, login.title(), login, now())
        service.give_grant(store, OPERATOR_ACTOR, house.people[login], office, now(), hub_id=HUB)
    _go_live(house)
    cohort_id = service.open_cohort(
        store,
        OPERATOR_ACTOR,
        HUB,
        programme.head.id,
        "Autumn",
        starts_on=now().date(),
        active_version_no=house.version_no,
        now=now(),
    ).cohort_id
    for login in trainees:
        add_trainee(house, login, cohort_id)
    return house


def _go_live(house: House) -> None:
    store, head = house.store, house.programme.head
    house.version_no = publish_programme(store, house.actor("lead"), house.programme, to_bundle(house.programme), now())
    approve_safeguarding_text(
        store, house.actor("safeguarding"), head.id, house.version_no, "Dr Reed", qualification="Reviewer", now=now()
    )
    activate_programme(store, house.actor("lead"), head.id, house.version_no, HUB, now=now())


def add_trainee(house: House, login: str, cohort_id: CohortId) -> None:
    """Put a new person into the cohort, with both trainers."""
    store, role_id = house.store, RoleId(house.programme.head.roles[0].id)
    person_id = service.add_person(store, OPERATOR_ACTOR, login.title(), login, now())
    house.people[login] = person_id
    service.enrol(
        store,
        OPERATOR_ACTOR,
        person_id,
        cohort_id=cohort_id,
        role_id=role_id,
        version_no=house.version_no,
        now=now(),
    )
    for trainer in ("trainer", "trainer2"):
        service.assign_trainer(store, OPERATOR_ACTOR, person_id, house.people[trainer], now())


def reflect_twice(house: House, login: str) -> None:
    """Write the two reflections that the small programme of `tests.builders` asks for."""
    module_id = house.programme.modules[0].id
    for n in range(2):
        record_reflection(
            house.store, house.actor(login), house.programme.head.id, module_id, f"I waited longer, {n}.", now=now()
        )
