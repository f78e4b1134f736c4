"""A hub with a programme that is live, a cohort with two trainees, and a person in each office."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assessments.service.programmes import activate_programme, approve_safeguarding_text, publish_programme
from curriculum.bundle import to_bundle
from people import service
from people.facts import ContactKind, TokenPurpose
from people.models import Actor, CohortId, HubId, Office, PersonId
from store.ledger import Store
from store.standing import catch_up
from tests.builders import PROGRAMME, ROLE, SECTIONS, make_programme, make_section
from tests.web.unwritten import Stages
from web.context import Context, ProgrammeChoice

SHOWN = (make_section("M1"), *(make_section(name) for name in SECTIONS))
"""The sections of the builders' programme with the chapter that holds them, as a page of the manual needs them."""

HUB, OTHER_HUB = HubId("north"), HubId("south")


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class Town:
    """A store with its people by sign-in name, and what a test does with it."""

    store: Store
    clock: Clock
    ids: dict[str, PersonId] = field(default_factory=dict)
    cohort_id: CohortId | None = None

    def actor(self, login: str) -> Actor:
        person_id = self.ids[login]
        grants = service.held_grants(self.store, person_id, self.clock())
        return Actor(person_id, self.store.name_of(person_id), grants)

    def add(self, login: str, office: Office, hub_id: HubId | None = HUB) -> PersonId:
        admin = self.actor("admin")
        person_id = service.add_person(self.store, admin, login.title(), login, self.clock())
        self.ids[login] = person_id
        service.give_grant(self.store, admin, person_id, office, self.clock(), hub_id=hub_id)
        return person_id

    def enrol(self, login: str) -> PersonId:
        admin = self.actor("admin")
        person_id = service.add_person(self.store, admin, login.title(), login, self.clock())
        self.ids[login] = person_id
        now = self.clock()
        service.enrol(self.store, admin, person_id, cohort_id=self.cohort_id, role_id=ROLE, version_no=1, now=now)
        return person_id

    def sign_in_first(self, login: str) -> None:
        """Let a person choose their first password."""
        code = service.issue_token(
            self.store, self.actor("admin"), self.ids[login], TokenPurpose.INVITATION, self.clock()
        )
        service.set_password(self.store, code.code, "blue kettle on a hill", self.clock())

    def context(self, login: str) -> Context:
        choice = ProgrammeChoice(PROGRAMME, 1, self.store.programme(PROGRAMME, 1), HUB) if self.cohort_id else None
        choices = (choice,) if choice else ()
        return Context(store=self.store, actor=self.actor(login), choices=choices, clock=self.clock)


def make_empty_town(path: Path) -> Town:
    """Return a new store with the first administrator alone."""
    clock = Clock()
    store = Store.open(path, clock=clock)
    code = service.create_first_administrator(store, clock())
    town = Town(store, clock)
    town.ids["admin"] = service.set_password(store, code.code, "blue kettle on a hill", clock())
    return town


def furnish(town: Town, enrols: Sequence[str] = ("amina", "ben")) -> None:
    """Open hubs, fill the offices, go live with a programme, and open a cohort, by default of two."""
    store, now = town.store, town.clock()
    admin = town.actor("admin")
    for hub_id, title in ((HUB, "North"), (OTHER_HUB, "South")):
        service.open_hub(store, admin, hub_id, title, now)
    offices = {
        "mona": Office.MANAGER,
        "ruth": Office.TRAINER,
        "tess": Office.TRAINER,
        "lena": Office.TRAINING_LEAD,
        "sam": Office.SAFEGUARDING_LEAD,
        "cora": Office.COORDINATOR,
    }
    for login, office in offices.items():
        town.add(login, office)
    town.add("otto", Office.MANAGER, OTHER_HUB)
    for kind in (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY):
        service.set_contact(store, admin, HUB, kind, title="Sam", phone="020 7946 0001", now=now)
    programme = make_programme(sections=SHOWN)
    publish_programme(store, town.actor("mona"), programme, to_bundle(programme), now)
    approve_safeguarding_text(store, town.actor("sam"), PROGRAMME, 1, "Sam", qualification="Lead", now=now)
    activate_programme(store, town.actor("mona"), PROGRAMME, 1, HUB, now=now)
    cohort = service.open_cohort(
        store, admin, HUB, PROGRAMME, "Spring", starts_on=date(2026, 11, 23), active_version_no=1, now=now
    )
    town.cohort_id = cohort.cohort_id
    for login in enrols:
        town.enrol(login)


def _copies(build: Callable[[Path], Town], folders: pytest.TempPathFactory) -> Iterator[Stages[Town]]:
    """Lend copies of what is built once, one for each test that writes."""
    source = folders.mktemp("town") / "store.duckdb"
    built = build(source)
    catch_up(built.store)  # a page that reads where people stand then has nothing to write
    built.store.close()

    def copy() -> Town:
        path = folders.mktemp("town") / source.name
        shutil.copy(source, path)
        clock = Clock()
        return Town(Store.open(path, clock=clock), clock, dict(built.ids), built.cohort_id)

    stages = Stages(copy, begin_anew)
    yield stages
    stages.close()


def begin_anew(town: Town) -> None:
    """Set the clock back."""
    town.clock.at = Clock().at


def make_town(path: Path) -> Town:
    """Return a furnished town in a new file."""
    town = make_empty_town(path)
    furnish(town)
    return town


@pytest.fixture(scope="session")
def empty_towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages[Town]]:
    yield from _copies(make_empty_town, tmp_path_factory)


@pytest.fixture(scope="session")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages[Town]]:
    yield from _copies(make_town, tmp_path_factory)


@pytest.fixture
def empty_town(empty_towns: Stages[Town]) -> Iterator[Town]:
    with empty_towns.lend() as town:
        yield town


@pytest.fixture
def town(towns: Stages[Town]) -> Iterator[Town]:
    with towns.lend() as town:
        yield town
