"""What stands before every request: identity headers, what a stranger may load, and no delay of small packets."""

import asyncio
import socket
from collections.abc import Callable

import pytest
from starlette.types import Receive
from streamlit import config

from tests.web.browser import TestClient
from tests.web.conftest import House, post, sign_in
from web.middleware import NoDelay
from web.sessions import COOKIE, PERSON_HEADER

HTML = {"Accept": "text/html"}


def test_identity_headers_of_a_client_are_dropped(client: TestClient) -> None:
    for name in ("x-practicum-person", "X-Practicum-Person", "X-PRACTICUM-PERSON"):
        assert client.get("/other", headers={name: "1"}).json() == {"person": []}


def test_identity_is_that_of_the_session_whatever_the_client_says(client: TestClient, house: House) -> None:
    sign_in(client)
    said = client.get("/other", headers={**HTML, "X-Practicum-Person": "1"}).json()
    assert said == {"person": [str(house.trainer_id)]}


def test_stale_session_gives_no_identity(client: TestClient) -> None:
    sign_in(client)
    token = client.cookies[COOKIE]
    post(client, "/account/sign-out", "/account/bye")
    answer = client.get("/quizzes", headers={**HTML, "Cookie": f"{COOKIE}={token}"})
    assert answer.headers["location"] == "/account/sign-in?next=%2Fquizzes"


def test_stranger_is_sent_to_sign_in_and_back(client: TestClient) -> None:
    answer = client.get("/quizzes?quiz=m9&item=3", headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/account/sign-in?next=%2Fquizzes%3Fquiz%3Dm9%26item%3D3"
    page = client.get(answer.headers["location"]).text
    assert 'name="next" value="/quizzes?quiz=m9&amp;item=3"' in page
    assert sign_in(client, next="/quizzes?quiz=m9&item=3").headers["location"] == "/quizzes?quiz=m9&item=3"


@pytest.mark.parametrize("path", ["/media/x.png", "/_stcore/agent/interact"])
def test_stranger_is_refused_files(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 403


def test_stranger_is_refused_uploads(client: TestClient) -> None:
    assert client.put("/_stcore/upload_file/s/f", content=b"x").status_code == 403


def test_members_get_files(client: TestClient) -> None:
    sign_in(client)
    assert client.get("/media/x.png").status_code == 200


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/index.js", "/app/static/plain.css"])
def test_public_files_need_no_session(client: TestClient, path: str) -> None:
    assert client.get(path, headers=HTML).status_code == 200


def test_streamlit_takes_the_identity_from_our_header() -> None:
    assert PERSON_HEADER in str(config.get_option("server.trustedUserHeaders"))


# ---------------------------------------------------------------- no delay


class _Transport(asyncio.Transport):
    def __init__(self, held: socket.socket | None) -> None:
        super().__init__({"socket": held})


class _Protocol:
    """As a server's protocol: its `receive` is a method, its transport an attribute."""

    def __init__(self, held: socket.socket | None) -> None:
        self.transport = _Transport(held)

    async def receive(self) -> dict[str, object]:
        return {"type": "websocket.connect"}


def _call(kind: str, receive: Receive) -> list[str]:
    calls: list[str] = []

    async def app(scope, receive, send) -> None:
        calls.append(scope["type"])

    async def send(message) -> None:
        raise AssertionError(message)

    asyncio.run(NoDelay(app)({"type": kind}, receive, send))
    return calls


def _is_no_delay(held: socket.socket) -> bool:
    return bool(held.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_websocket_waits_for_no_acknowledgement() -> None:
    with socket.socket() as held:
        assert not _is_no_delay(held)
        assert _call("websocket", _Protocol(held).receive) == ["websocket"]
        assert _is_no_delay(held)


def test_plain_requests_are_left_alone() -> None:
    with socket.socket() as held:
        _call("http", _Protocol(held).receive)
        assert not _is_no_delay(held)


@pytest.mark.parametrize("make", [lambda: _Protocol(None).receive, lambda: _bare_receive])
def test_servers_without_a_tcp_socket_are_served(make: Callable[[], Receive]) -> None:
    assert _call("websocket", make()) == ["websocket"]


async def _bare_receive() -> dict[str, object]:
    return {"type": "websocket.connect"}


def test_unix_sockets_are_left_alone() -> None:
    with socket.socket(socket.AF_UNIX) as held:
        assert _call("websocket", _Protocol(held).receive) == ["websocket"]
