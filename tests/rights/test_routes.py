"""Every plain route, signed out and with the wrong office; pages, files and uploads for who is nobody."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final
from uuid import uuid4

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from assessments.service.programmes import activate_programme, approve_safeguarding_text
from people.facts import ContactKind
from people.service import set_contact, start_session
from tests.assessments.world import start
from tests.builders import NOW, PROGRAMME
from tests.rights.house import HERE, THE_OPERATOR, House
from tests.web.browser import TestClient
from web import open_store
from web.arrival import find_person
from web.middleware import list_middleware
from web.routes import ROUTES
from web.sessions import COOKIE, PERSON_HEADER
from web.views import VIEWS

FOR_EVERYBODY: Final = {
    ("GET", "/account/sign-in"),
    ("GET", "/account/code"),
    ("GET", "/account/welcome/{code}"),
    ("GET", "/account/bye"),
    ("GET", "/check"),
    ("GET", "/check/{code}"),
}
"""Pages on which somebody signs in or out, and the one that answers who holds the code of a sign-off."""

WITH_A_FORM: Final = {
    ("POST", "/account/sign-in"),
    ("POST", "/account/code"),
    ("POST", "/account/welcome/{code}"),
    ("POST", "/account/password"),
    ("POST", "/account/sign-out"),
    ("POST", "/account/sign-out-everywhere"),
}
"""What only a form of our own pages can send."""

SIGNED_IN: Final = {
    ("GET", "/account/password"),
    ("GET", "/copy/my-record.zip"),
    ("GET", "/print/manual/{programme}"),
    ("GET", "/print/manual/{programme}/{chapter}"),
    ("GET", "/print/quiz/{form}"),
    ("GET", "/print/quiz/{form}/picture/{number}"),
    ("GET", "/print/completion/{programme}/{person:int}"),
    ("GET", "/print/completion/{programme}/{person:int}/pdf"),
}
FIELD_SHELL: Final = {("GET", "/field"), ("GET", "/field/"), ("GET", "/field/{name}")}
"""The page that opens without a connection, and so without signing in; it names nobody."""

FIELD_DATA: Final = {
    ("GET", "/field/api/session"),
    ("GET", "/field/api/work"),
    ("PUT", "/field/api/records/{number}"),
}
"""What it asks for and sends, in JSON."""

FOR_MEMBERS: Final = ("/media/abc.png", "/_stcore/upload_file/a/b", "/_stcore/agent/x")
WHOLE: Final = f"/print/manual/{PROGRAMME}"
Client = Callable[[str | None], TestClient]


async def _echo(request: Request) -> Response:
    return JSONResponse({"person": request.headers.getlist(PERSON_HEADER)})


@pytest.fixture(scope="module")
def live(house: House) -> House:
    """The hub here has gone live; there, the programme is not in use."""
    named = {"approver_name": "Dr Reed", "qualification": "Lead", "now": NOW}
    approve_safeguarding_text(house.store, THE_OPERATOR, PROGRAMME, 1, **named)
    for kind in (ContactKind.SAFEGUARDING_LEAD, ContactKind.EMERGENCY):
        set_contact(house.store, THE_OPERATOR, HERE, kind, title="On call", phone="020 7946 0000", now=NOW)
    activate_programme(house.store, THE_OPERATOR, PROGRAMME, 1, HERE, now=NOW)
    return house


@pytest.fixture
def browse(live: House) -> Iterator[Client]:
    """Return a maker of browsers in which somebody of the cast is signed in, or nobody."""
    open_store.use_store(live.store)
    rest = Route("/{path:path}", _echo, methods=["GET", "PUT", "POST", "DELETE"])
    app = Starlette(routes=[*ROUTES, rest], middleware=list_middleware(find_person))

    def make(name: str | None) -> TestClient:
        client = TestClient(app, follow_redirects=False)
        if name is not None:
            client.cookies.set(COOKIE, start_session(live.store, live.cast[name].person_id, NOW).token)
        return client

    yield make
    open_store.forget_store()


def _list_routes() -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for prefix, route in _walk(ROUTES):
        found |= {(method, prefix + route.path) for method in (route.methods or set()) - {"HEAD"}}
    return found


def _walk(routes: Iterable[BaseRoute], prefix: str = "") -> Iterator[tuple[str, Route]]:
    for route in routes:
        if isinstance(route, Mount):
            yield from _walk(route.routes, prefix + route.path)
        else:
            assert isinstance(route, Route)
            yield prefix, route


def _filled(path: str) -> str:
    named = path.replace(":int}", "}")
    return named.format(code="K7QM-2XPD-H9RT", programme=PROGRAMME, chapter="M1", person=1, form=uuid4(), number=1)


def test_every_route_has_its_place_in_the_table() -> None:
    assert _list_routes() == FOR_EVERYBODY | WITH_A_FORM | SIGNED_IN | FIELD_SHELL | FIELD_DATA


# ---------------------------------------------------------------- signed out


@pytest.mark.parametrize(("method", "path"), sorted(SIGNED_IN))
@pytest.mark.parametrize("token", ["", "x" * 43])
def test_who_is_signed_out_is_led_to_sign_in(browse: Client, method: str, path: str, token: str) -> None:
    for headers in ({}, {"accept": "text/html"}):
        client = browse(None)
        if token:
            client.cookies.set(COOKIE, token)
        answer = client.request(method, _filled(path), headers=headers)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/account/sign-in")
        assert answer.text == ""


@pytest.mark.parametrize(("method", "path"), sorted(WITH_A_FORM))
@pytest.mark.parametrize("name", [None, "manager"])
def test_a_form_of_another_site_is_refused(browse: Client, method: str, path: str, name: str | None) -> None:
    answer = browse(name).request(method, _filled(path), data={"login": "manager", "form_token": "made-up"})
    assert answer.status_code == 403 or (answer.status_code == 400 and "{code}" in path)
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize(("method", "path"), sorted(FOR_EVERYBODY))
def test_pages_for_everybody_name_nobody(browse: Client, live: House, method: str, path: str) -> None:
    answer = browse(None).request(method, _filled(path))
    assert answer.status_code in {200, 400, 404}
    assert not [name for name in (actor.name for actor in live.cast.values()) if len(name) > 6 and name in answer.text]


@pytest.mark.parametrize(("method", "path"), sorted(FIELD_DATA))
@pytest.mark.parametrize("token", ["", "x" * 43])
def test_the_field_page_gives_nothing_to_who_is_signed_out(
    browse: Client, live: House, method: str, path: str, token: str
) -> None:
    client = browse(None)
    client.cookies.set(COOKIE, token)
    position = live.store.position
    answer = client.request(method, path.format(number=uuid4()), json={})
    assert (answer.status_code, answer.json()["code"], live.store.position) == (401, "signed_out", position)


@pytest.mark.parametrize("path", ["/field/", "/field/page.js", "/field/texts.json", "/field/worker.js"])
def test_the_field_page_is_the_same_for_everybody(browse: Client, path: str) -> None:
    assert {browse(name).get(path).content for name in (None, "trainer", "manager")} == {browse(None).get(path).content}


@pytest.mark.parametrize("path", ["/", *(f"/{view.url_path}" for view in VIEWS)])
def test_every_page_leads_who_is_signed_out_to_sign_in(browse: Client, path: str) -> None:
    answer = browse(None).get(path, headers={"accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/account/sign-in")


@pytest.mark.parametrize("path", FOR_MEMBERS)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_files_and_uploads_are_refused_to_who_is_signed_out(browse: Client, path: str, method: str) -> None:
    assert browse(None).request(method, path).status_code == 403


def test_nobody_is_somebody_by_a_header(browse: Client, live: House) -> None:
    claim = {PERSON_HEADER: str(live.cast["manager"].person_id)}
    assert browse(None).get(FOR_MEMBERS[0], headers=claim).status_code == 403
    mine = browse("trainer").get(FOR_MEMBERS[0], headers=claim).json()["person"]
    assert mine == [str(live.cast["trainer"].person_id)]


def test_who_holds_no_office_is_signed_out(browse: Client) -> None:
    assert browse("nobody").get(WHOLE).status_code == 303


# ---------------------------------------------------------------- the wrong office


@pytest.mark.parametrize("path", [WHOLE, f"{WHOLE}/M1"])
def test_the_manual_is_printed_for_those_who_work_with_it(browse: Client, path: str) -> None:
    printed = "trainer lead safeguarding deputy coordinator manager fellow there_trainee admin"
    refused = {"funder", "there_funder", "there_manager", "there_trainer", "there_coordinator"}
    for name in printed.split():
        assert browse(name).get(path).status_code == 200, name
    for name in refused:
        answer = browse(name).get(path)
        assert (answer.status_code, "Section M1.1" in answer.text) == (404, False), name


def test_a_quiz_is_printed_for_whose_it_is_alone(browse: Client, live: House) -> None:
    stage = live.stage()
    form = start(stage.world).fact_id
    live.cast["its_trainee"] = stage.trainee
    for name in ("its_trainee", "fellow", "trainer", "lead", "manager", "admin"):
        answer = browse(name).get(f"/print/quiz/{form}")
        is_own = name == "its_trainee"
        assert (answer.status_code, "What do you say?" in answer.text) == ((200, True) if is_own else (404, False)), (
            name
        )
    del live.cast["its_trainee"]
