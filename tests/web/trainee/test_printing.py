"""The manual as pages to print: for whom, and what they hold."""

from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette

from people import service
from people.models import Office, PersonId
from tests.web.browser import TestClient
from tests.web.trainee.conftest import Hub
from web import open_store
from web.routes import printing
from web.sessions import COOKIE

WHOLE = "/print/manual/alongside"


@pytest.fixture
def client_of(hub: Hub) -> Iterator[Callable[[PersonId | None], TestClient]]:
    """Return a maker of browsers in which a person is signed in, or nobody."""
    open_store.use_store(hub.store)

    def make(person_id: PersonId | None) -> TestClient:
        client = TestClient(Starlette(routes=list(printing.ROUTES)), follow_redirects=False)
        if person_id is not None:
            client.cookies.set(COOKIE, service.start_session(hub.store, person_id, hub.clock()).token)
        return client

    yield make
    open_store.forget_store()


def test_who_is_signed_out_is_led_to_sign_in(client_of: Callable[[PersonId | None], TestClient]) -> None:
    answer = client_of(None).get(f"{WHOLE}/M9")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/account/sign-in?next=")
    assert "harm" not in answer.text


def test_a_made_up_session_prints_nothing(client_of: Callable[[PersonId | None], TestClient]) -> None:
    client = client_of(None)
    client.cookies.set(COOKIE, "x" * 43)
    assert client.get(WHOLE).status_code == 303


def test_a_chapter_holds_its_sections_and_no_other(hub: Hub, client_of: Callable[..., TestClient]) -> None:
    page = client_of(hub.amina).get(f"{WHOLE}/M9").text
    for section in hub.programme.sections:
        assert (f'id="{section.id}"' in page) == (section.chapter == "M9")


def test_the_whole_manual_holds_every_section_once(hub: Hub, client_of: Callable[..., TestClient]) -> None:
    text = client_of(hub.amina).get(WHOLE).text
    for section in hub.programme.sections:
        assert text.count(f'id="{section.id}"') == 1


def test_a_printed_page_says_language_version_and_that_it_is_no_script(
    hub: Hub, client_of: Callable[..., TestClient]
) -> None:
    answer = client_of(hub.amina).get(f"{WHOLE}/M1")
    assert f'lang="{hub.programme.head.language}"' in answer.text
    assert hub.programme.head.version in answer.text
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/print/manual/other", f"{WHOLE}/M77", f"{WHOLE}/M9.3"])
def test_what_is_not_there_is_not_found(hub: Hub, client_of: Callable[..., TestClient], path: str) -> None:
    assert client_of(hub.amina).get(path).status_code == 404


def test_a_programme_in_which_one_has_no_part_is_not_printed(hub: Hub, client_of: Callable[..., TestClient]) -> None:
    newcomer = hub.add("Noor", Office.TRAINEE)
    assert client_of(newcomer).get(WHOLE).status_code == 404


def test_a_funder_prints_no_manual(hub: Hub, client_of: Callable[..., TestClient]) -> None:
    funder = hub.add("Fay", Office.FUNDER, None)
    assert client_of(funder).get(WHOLE).status_code == 404
