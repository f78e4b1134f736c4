"""A hub with a programme that is live, a cohort with two trainees, and a person in each office."""

import shutil
from collections.abc import Iterator, Sequence
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
from tests.builders import PROGRAMME, ROLE, SECTIONS, make_programme, make_section
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


def _copy(built: Town, source: Path, folder: Path) -> Iterator[Town]:
    path = folder / source.name
    shutil.copy(source, path)
    clock = Clock()
    town = Town(Store.open(path, clock=clock), clock, dict(built.ids), built.cohort_id)
    yield town
    town.store.close()


@pytest.fixture(scope="session")
def built_empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, Path]:
    path = tmp_path_factory.mktemp("empty") / "store.duckdb"
    town = make_empty_town(path)
    town.store.close()
    return town, path


@pytest.fixture(scope="session")
def built_town(tmp_path_factory: pytest.TempPathFactory) -> tuple[Town, Path]:
    path = tmp_path_factory.mktemp("town") / "store.duckdb"
    town = make_empty_town(path)
    furnish(town)
    town.store.close()
    return town, path


@pytest.fixture
def empty_town(built_empty: tuple[Town, Path], tmp_path: Path) -> Iterator[Town]:
    yield from _copy(*built_empty, tmp_path)


@pytest.fixture
def town(built_town: tuple[Town, Path], tmp_path: Path) -> Iterator[Town]:
    yield from _copy(*built_town, tmp_path)
