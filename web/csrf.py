"""Forms that only our own pages can send: a random token in a cookie and again in the form."""

import secrets
from hmac import compare_digest
from typing import Final

from starlette.requests import Request

COOKIE: Final = "practicum_form"
FIELD: Final = "form_token"
_SAFE_SITES: Final = {"same-origin", "none"}


def form_token(request: Request) -> str:
    """Return the token of this browser: the one it has, else a new one."""
    kept = request.cookies.get(COOKIE, "")
    return kept if _is_token(kept) else secrets.token_urlsafe(32)


def is_own_form(request: Request, sent: str) -> bool:
    """Return whether a form came from a page of ours in this browser.

    A browser that says where a request comes from (`Sec-Fetch-Site`) is believed when it says elsewhere.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in _SAFE_SITES:
        return False
    kept = request.cookies.get(COOKIE, "")
    return _is_token(kept) and compare_digest(kept.encode(), sent.encode())


def _is_token(value: str) -> bool:
    return len(value) >= 43
