"""Whether a request of the field page is our own page's, and the token that proves it."""

import os
from hashlib import sha256
from hmac import compare_digest
from hmac import new as new_hmac
from typing import Final

from starlette.requests import Request

from web.sessions import session_token

PUBLIC_ADDRESS: Final = "PRACTICUM_PUBLIC_ADDRESS"
"""Names the address that people type, such as `https://practicum.example.org`: behind a proxy no request tells it."""

TOKEN_HEADER: Final = "x-csrf-token"


def is_own_page(request: Request) -> bool:
    """Return whether a page of ours sent the request: the browser says so by `Origin`, and by `Sec-Fetch-Site`."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return request.headers.get("origin", "").lower() == _own_address(request)


def _own_address(request: Request) -> str:
    said = os.environ.get(PUBLIC_ADDRESS, "").rstrip("/")
    return (said or f"{request.url.scheme}://{request.url.netloc}").lower()


def field_token(request: Request) -> str:
    """Return the token of the session, which only a page of ours can read; it follows from the session's own."""
    return new_hmac(session_token(request).encode(), b"field page", sha256).hexdigest()


def has_token(request: Request) -> bool:
    """Return whether the request carries the token of its session."""
    sent = request.headers.get(TOKEN_HEADER, "")
    return compare_digest(sent.encode(), field_token(request).encode())
