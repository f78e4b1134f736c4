"""The manual as pages to print: for whom, and what they hold."""

import hashlib
from collections.abc import Callable, Iterator

import pytest
from starlette.applications import Starlette

from curriculum.bundle import to_bundle
from curriculum.items import ItemKind
from curriculum.media import Audio, Image, MediaFile, MediaKind
from people import service
from people.facts import FactId
from people.models import Office, PersonId
from tests.builders import make_started
from tests.web.browser import TestClient
from tests.web.trainee.conftest import Hub
from web import open_store
from web.routes import printing
from web.sessions import COOKIE

WHOLE = "/print/manual/alongside"
PNG = b"\x89PNG\r\n\x1a\n"


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


def begin_with_picture(hub: Hub) -> FactId:
    """Return Amina's form of two questions, of which the second shows a picture, in a version of its own."""
    file = MediaFile(name="room.png", type="image/png", digest=hashlib.sha256(PNG).hexdigest(), n_bytes=len(PNG))
    first, second, third = [item for item in hub.programme.items if item.kind is ItemKind.SINGLE][:3]
    shown = second.model_copy(update={"media": Image(kind=MediaKind.IMAGE, file=file.name, alt="Twelve chairs")})
    heard = third.model_copy(update={"media": Audio(kind=MediaKind.AUDIO, file="a.mp3", transcript="I am so tired.")})
    items = tuple({shown.id: shown, heard.id: heard}.get(item.id, item) for item in hub.programme.items)
    changed = hub.programme.model_copy(update={"items": items, "media": (file,)})
    version_no = hub.store.publish(changed, to_bundle(changed), {file.digest: PNG})
    form = make_started(
        hub.clock(),
        person_id=hub.amina,
        actor_id=hub.amina,
        programme_id=hub.programme.head.id,
        version_no=version_no,
        blueprint_id=hub.programme.blueprints[0].id,
        item_ids=(first.id, second.id, third.id),
        option_orders=tuple(tuple(range(len(item.options))) for item in (first, second, third)),
    )
    assert hub.store.append(form)
    return form.fact_id


def test_a_printed_quiz_shows_its_pictures_and_says_what_paper_cannot_play(
    hub: Hub, client_of: Callable[..., TestClient]
) -> None:
    form = begin_with_picture(hub)
    page = client_of(hub.amina).get(f"/print/quiz/{form}").text
    assert page.count("<img") == 1
    assert f'src="/print/quiz/{form}/picture/2" alt="Twelve chairs"' in page
    assert "I am so tired." in page
    picture = client_of(hub.amina).get(f"/print/quiz/{form}/picture/2")
    assert (picture.status_code, picture.headers["content-type"], picture.content) == (200, "image/png", PNG)


@pytest.mark.parametrize("number", ["1", "3", "0", "4", "x"])
def test_a_question_without_a_picture_has_none_to_print(
    hub: Hub, client_of: Callable[..., TestClient], number: str
) -> None:
    form = begin_with_picture(hub)
    assert client_of(hub.amina).get(f"/print/quiz/{form}/picture/{number}").status_code == 404


def test_a_picture_is_printed_for_whose_quiz_it_is_alone(hub: Hub, client_of: Callable[..., TestClient]) -> None:
    form = begin_with_picture(hub)
    assert client_of(hub.ruth).get(f"/print/quiz/{form}/picture/2").status_code == 404
    assert client_of(None).get(f"/print/quiz/{form}/picture/2").status_code == 303


def test_a_funder_prints_no_manual(hub: Hub, client_of: Callable[..., TestClient]) -> None:
    funder = hub.add("Fay", Office.FUNDER, None)
    assert client_of(funder).get(WHOLE).status_code == 404
