"""A hub that runs `alongside`: Amina trains, Ruth is her trainer."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from curriculum.bundle import to_bundle
from curriculum.models import Programme
from people import service
from people.facts import ClockChange, ClockReason
from people.models import Actor, HubId, Office, PersonId
from store.ledger import Store
from store.standing import catch_up
from tests.web.unwritten import Stages
from web.arrival import list_choices
from web.context import Context

HUB = HubId("north")
OPERATOR_ACTOR = Actor(PersonId(0), "operator", is_operator=True)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Hub:
    """A store with a hub, its clock, its programme, a trainee and her trainer."""

    store: Store
    clock: Clock
    programme: Programme
    cohort_id: str
    amina: PersonId
    ruth: PersonId

    def actor(self, person_id: PersonId) -> Actor:
        name = self.store.name_of(person_id)
        return Actor(person_id, name, service.held_grants(self.store, person_id, self.clock()))

    def context(self, person_id: PersonId) -> Context:
        actor = self.actor(person_id)
        return Context(self.store, actor, list_choices(self.store, actor), self.clock)

    def add(self, name: str, office: Office | None, hub_id: HubId | None = HUB) -> PersonId:
        person_id = service.add_person(self.store, OPERATOR_ACTOR, name, f"{name.lower()}-x", self.clock())
        if office is not None:
            service.give_grant(self.store, OPERATOR_ACTOR, person_id, office, self.clock(), hub_id=hub_id)
        return person_id


def withdraw(hub: Hub) -> None:
    """Let Amina leave the programme."""
    service.change_clock(
        hub.store,
        OPERATOR_ACTOR,
        hub.amina,
        hub.programme.head.id,
        change=ClockChange.WITHDRAWN,
        reason=ClockReason.OWN_WISH,
        now=hub.clock(),
    )


@pytest.fixture(scope="session")
def alongside(first_part: Programme) -> Programme:
    return first_part


def make_hub(path: Path, alongside: Programme) -> Hub:
    """Return the hub with Amina and Ruth in a new file."""
    clock = Clock()
    store = Store.open(path, clock=clock)
    version_no = store.publish(alongside, to_bundle(alongside))
    service.open_hub(store, OPERATOR_ACTOR, HUB, "North", clock())
    cohort = service.open_cohort(
        store,
        OPERATOR_ACTOR,
        HUB,
        alongside.head.id,
        "Autumn",
        starts_on=clock().date(),
        active_version_no=version_no,
        now=clock(),
    )
    house = Hub(store, clock, alongside, cohort.cohort_id, PersonId(0), PersonId(0))
    house.ruth = house.add("Ruth", Office.TRAINER)
    house.amina = house.add("Amina", None)
    service.enrol(
        store,
        OPERATOR_ACTOR,
        house.amina,
        cohort_id=cohort.cohort_id,
        role_id=alongside.head.roles[0].id,
        version_no=version_no,
        now=clock(),
    )
    service.assign_trainer(store, OPERATOR_ACTOR, house.amina, house.ruth, clock())
    return house


def begin_anew(hub: Hub) -> None:
    """Set the clock back."""
    hub.clock.at = Clock().at


@pytest.fixture(scope="session")
def hubs(alongside: Programme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages[Hub]]:
    """Copies of the hub, which is built once, one for each test that writes."""
    source = tmp_path_factory.mktemp("hub") / "store.duckdb"
    built = make_hub(source, alongside)
    catch_up(built.store)  # a page that reads where people stand then has nothing to write
    built.store.close()

    def copy() -> Hub:
        path, clock = shutil.copy(source, tmp_path_factory.mktemp("hub")), Clock()
        return replace(built, store=Store.open(path, clock=clock), clock=clock)

    stages = Stages(copy, begin_anew)
    yield stages
    stages.close()


@pytest.fixture
def hub(hubs: Stages[Hub]) -> Iterator[Hub]:
    with hubs.lend() as hub:
        yield hub
