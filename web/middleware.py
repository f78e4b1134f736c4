"""What stands before every request and websocket: no waiting of small packets, and our own identity headers.

Pure ASGI, because Starlette's BaseHTTPMiddleware does not see websockets.
"""

import asyncio
import socket
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from people.models import PersonId
from web.sessions import PERSON_HEADER, session_token

FindPerson = Callable[[str], PersonId | None]
"""Returns who is signed in by a session token."""

_IDENTITY_HEADERS: Final = frozenset({PERSON_HEADER.encode()})
_MEMBERS_ONLY: Final = ("/media/", "/_stcore/upload_file", "/_stcore/agent/")
_FIELD: Final = "/field"
"""Leads to the field page, whose shell opens without a connection, and so without signing in."""

_PUBLIC: Final = ("/account/", "/field/", "/check", "/_stcore/", "/static/", "/app/static/", "/component/", "/media/")


class NoDelay:
    """Sets TCP_NODELAY on the socket of a websocket: without it each rerun may wait 40 ms for an acknowledgement."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before `app`."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Set the option where there is a TCP socket; do nothing elsewhere."""
        if scope["type"] == "websocket" and (found := _find_socket(receive)) is not None:
            found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await self._app(scope, receive, send)


def _find_socket(receive: Receive) -> socket.socket | None:
    """Return the TCP socket behind a server's `receive`, when it is a method of a protocol with a transport."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if not isinstance(transport, asyncio.BaseTransport):
        return None
    found = transport.get_extra_info("socket")
    is_tcp = found is not None and found.family in {socket.AF_INET, socket.AF_INET6}
    return found if is_tcp else None


class Identity:
    """Drops identity headers that a client sent, and sets our own from the login session.

    Streamlit reads the header (`server.trustedUserHeaders`) at the handshake of a websocket, which ties the
    resumption of a session to the person. Somebody who is not signed in is sent to the sign-in page when asking
    for a page, and refused files and uploads.
    """

    def __init__(self, app: ASGIApp, find_person: FindPerson) -> None:
        """Stand before `app`; `find_person` may be slow and is called in a thread."""
        self._app = app
        self._find_person = find_person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with our headers only."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        scope["headers"] = [pair for pair in scope["headers"] if pair[0].lower() not in _IDENTITY_HEADERS]
        connection = HTTPConnection(scope)
        is_page, is_members = _is_page(connection), connection.url.path.startswith(_MEMBERS_ONLY)
        if is_page or is_members or scope["type"] == "websocket":
            person_id = await self._person(connection)
            if person_id is not None:
                scope["headers"].append((PERSON_HEADER.encode(), str(person_id).encode()))
            elif is_page:
                await RedirectResponse(sign_in_path(connection), status_code=303)(scope, receive, send)
                return
            elif is_members and scope["type"] == "http":
                await PlainTextResponse("Sign in first.", status_code=403)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _person(self, connection: HTTPConnection) -> PersonId | None:
        token = session_token(connection)
        return await asyncio.to_thread(self._find_person, token) if token else None


def sign_in_path(connection: HTTPConnection) -> str:
    """Return the sign-in page's path that leads back to where the browser wanted to go."""
    wanted = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
    return "/account/sign-in" if wanted == "/" else f"/account/sign-in?next={quote(wanted, safe='')}"


def _is_page(connection: HTTPConnection) -> bool:
    return (
        connection.scope["type"] == "http"
        and connection.scope["method"] == "GET"
        and "text/html" in connection.headers.get("accept", "")
        and connection.url.path != _FIELD
        and not connection.url.path.startswith(_PUBLIC)
    )


def list_middleware(find_person: FindPerson) -> list[Middleware]:
    """Return the middleware of the app, outermost first."""
    return [Middleware(NoDelay), Middleware(Identity, find_person=find_person)]
