"""A copy of the own record over HTTP: for who is signed in, about themselves, never kept on the way."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.applications import Starlette

from people.models import Office
from tests.web.browser import TestClient
from tests.web.conftest import House
from web.arrival import find_person
from web.middleware import list_middleware
from web.routes import copying
from web.sessions import COOKIE


@pytest.fixture
def browse(house: House):
    app = Starlette(routes=list(copying.ROUTES), middleware=list_middleware(find_person))

    def make(login: str | None) -> TestClient:
        client = TestClient(app, follow_redirects=False)
        if login is not None:
            client.cookies.set(COOKIE, house.token(login))
        return client

    return make


def test_who_is_signed_in_gets_their_own_record_and_no_other(browse, house: House) -> None:
    answer = browse("ruth").get(copying.COPY)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert "attachment" in answer.headers["content-disposition"]
    with ZipFile(BytesIO(answer.content)) as archive:
        name = next(name for name in archive.namelist() if name.endswith("record.html"))
        page = archive.read(name).decode()
    assert "<strong>Ruth</strong>" in page
    assert f"practicum-person-{house.trainer_id}-2026-11-23" in name


def test_who_is_signed_out_is_led_to_sign_in(browse) -> None:
    answer = browse(None).get(copying.COPY)
    assert (answer.status_code, answer.text) == (303, "")


def test_a_funder_is_told_whom_to_ask(browse, house: House) -> None:
    house.add("Petra", "petra", Office.FUNDER)
    answer = browse("petra").get(copying.COPY)
    assert answer.status_code == 403
    assert "There is no record of yours to copy." in answer.text
