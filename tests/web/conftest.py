"""A store with an administrator and a trainer, and a client that speaks to the plain routes without a server."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from people import service
from people.facts import TokenPurpose
from people.limits import RateLimiter
from people.models import Actor, HubId, Office, PersonId
from store.ledger import Store
from tests.web.browser import TestClient
from tests.web.scene import Scene, begin_anew, copy_scene
from tests.web.unwritten import Stages
from web import middleware, open_store
from web.arrival import find_person
from web.routes import account

PASSWORD = "blue kettle on a hill"
HUB = HubId("north")


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: datetime = field(default_factory=lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


@dataclass
class House:
    """The store of a test, its clock, and two people who can sign in: `admin` and `ruth`, a trainer."""

    store: Store
    clock: Clock
    admin: Actor
    trainer_id: PersonId

    def token(self, login: str = "ruth") -> str:
        return service.sign_in(self.store, login, PASSWORD, "", self.clock(), limiter=RateLimiter()).token

    def actor(self, login: str = "ruth") -> Actor:
        actor = service.find_actor(self.store, self.token(login), self.clock())
        assert actor is not None
        return actor

    def add(self, name: str, login: str, office: Office, hub_id: HubId | None = HUB) -> PersonId:
        person_id = service.add_person(self.store, self.admin, name, login, self.clock())
        service.give_grant(self.store, self.admin, person_id, office, self.clock(), hub_id=hub_id)
        code = service.issue_token(self.store, self.admin, person_id, TokenPurpose.INVITATION, self.clock())
        service.set_password(self.store, code.code, PASSWORD, self.clock())
        return person_id


@pytest.fixture(scope="session")
def scenes(demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stages[Scene]]:
    """Copies of the demonstration, one for each test that writes."""
    stages = Stages(lambda: copy_scene(demonstration_file, tmp_path_factory.mktemp("scene")), begin_anew)
    yield stages
    stages.close()


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def built(clock: Clock) -> Iterator[House]:
    store = Store.memory(clock=clock)
    code = service.create_first_administrator(store, clock())
    admin_id = service.set_password(store, code.code, PASSWORD, clock())
    admin = Actor(admin_id, "Administrator", service.held_grants(store, admin_id, clock()))
    service.open_hub(store, admin, HUB, "North", clock())
    house = House(store, clock, admin, PersonId(0))
    house.trainer_id = house.add("Ruth", "ruth", Office.TRAINER)
    yield house
    store.close()


@pytest.fixture
def is_demo() -> bool:
    return False


@pytest.fixture
def house(built: House, is_demo: bool, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(Store, "is_synthetic", property(lambda _: is_demo))
    monkeypatch.setattr(account, "LIMITER", RateLimiter())
    open_store.use_store(built.store)
    yield built
    open_store.forget_store()


async def _echo(request: Request) -> Response:
    return JSONResponse({"person": request.headers.getlist("x-practicum-person")})


@pytest.fixture
def make_client(house: House) -> Callable[..., TestClient]:
    """Return a maker of browsers: each has cookies of its own."""
    routes = [*account.ROUTES, Route("/{path:path}", _echo, methods=["GET", "PUT"])]
    app = Starlette(routes=routes, middleware=middleware.list_middleware(find_person))

    def make(base_url: str = "http://testserver") -> TestClient:
        return TestClient(app, base_url=base_url, follow_redirects=False)

    return make


@pytest.fixture
def client(make_client: Callable[..., TestClient]) -> TestClient:
    return make_client()


def form_token(page: str) -> str:
    """Return the hidden token of a page's form."""
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def post(client: TestClient, path: str, page: str = "", **fields: str):
    """Open the page, then send its form."""
    token = form_token(client.get(page or path).text)
    return client.post(path, data={"form_token": token, **fields})


def sign_in(client: TestClient, login: str = "ruth", password: str = PASSWORD, **fields: str):
    """Sign in as a person does."""
    return post(client, "/account/sign-in", login=login, password=password, **fields)
