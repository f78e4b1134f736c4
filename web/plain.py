"""Plain HTML pages in the look of the house: no script, no Streamlit, strict headers."""

from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from web import csrf
from web.look import TEXT_SIZE_COOKIE, parse_text_size
from web.open_store import get_store
from web.sessions import is_https
from web.texts import _, choose_language, current_language, speaking

_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_FORM_COOKIE_S: Final = 14 * 24 * 3600


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def speak_to(request: Request) -> AbstractContextManager[None]:
    """Return a block in which texts are in the language that the browser asks for."""
    return speaking(choose_language(request.headers.get("accept-language", "")))


def render_page(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a plain page in the language spoken now; gives the browser its form token.

    `values` may hold `notice`, a sentence shown on top, and `is_good` when it is good news.
    """
    token = csrf.form_token(request)
    shared: dict[str, object] = {
        "_": _,
        "language": current_language(),
        "text_size": parse_text_size(request.cookies.get(TEXT_SIZE_COOKIE)).value,
        "is_demo": get_store().is_synthetic,
        "form_token": token,
        "notice": "",
        "is_good": False,
    }
    body = _environment().get_template(template).render(shared | values)
    response = HTMLResponse(body, status_code=status, headers=_HEADERS)
    response.set_cookie(
        csrf.COOKIE,
        token,
        max_age=_FORM_COOKIE_S,
        path="/account",
        httponly=True,
        samesite="lax",
        secure=is_https(request),
    )
    return response


def own_path(wanted: str) -> str:
    """Return a path of this app to go on to; "/" for anything that leads elsewhere, or back to the account pages."""
    parts = urlsplit(wanted)
    is_own = (
        wanted.startswith("/")
        and not wanted.startswith("//")
        and not parts.scheme
        and not parts.netloc
        and "\\" not in wanted
        and all(sign.isprintable() and not sign.isspace() for sign in wanted)
        and not parts.path.startswith(("/account/", "/_stcore"))
    )
    return wanted if is_own else "/"
