"""The cookie that carries a login session, and who is signed in by it."""

from datetime import datetime
from typing import Final

from starlette.requests import HTTPConnection
from starlette.responses import Response

COOKIE: Final = "practicum_session"
PERSON_HEADER: Final = "x-practicum-person"
"""Set by our middleware alone; the person's number as text, because header values must be latin-1."""


LOCK_COOKIE: Final = "practicum_field_locked"
"""Left behind by who signs out; the field page reads it, without a connection too, and shows nothing any more."""

_FIELD: Final = "/field/"
_LOCKED_S: Final = 400 * 24 * 3600


def session_token(connection: HTTPConnection) -> str:
    """Return the session token that the browser sent, empty when it sent none."""
    return connection.cookies.get(COOKIE, "")


def is_https(connection: HTTPConnection) -> bool:
    """Return whether the browser speaks https with us (or with the proxy before us, as uvicorn tells)."""
    return connection.url.scheme in {"https", "wss"}


def keep_token(response: Response, connection: HTTPConnection, token: str, expires_at: datetime, now: datetime) -> None:
    """Give the browser its session token: out of reach of scripts, and not sent along with foreign forms."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int((expires_at - now).total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_https(connection),
    )
    response.delete_cookie(LOCK_COOKIE, path=_FIELD, samesite="strict", secure=is_https(connection))


def drop_token(response: Response, connection: HTTPConnection) -> None:
    """Take the session token from the browser, and let the field page on it lock itself."""
    is_safe = is_https(connection)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=is_safe)
    response.set_cookie(LOCK_COOKIE, "1", max_age=_LOCKED_S, path=_FIELD, samesite="strict", secure=is_safe)
