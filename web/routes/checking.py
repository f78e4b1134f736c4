"""Checking a sign-off by its code: for whoever holds the code, without signing in. It says what and when, never who."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from analytics.sign_off_record import SignOffRecord, find_record
from people.errors import TooManyTriesError
from people.limits import RateLimiter
from web.documents.sign_off import record_lines
from web.open_store import get_store, now
from web.plain import render_page, speak_to
from web.texts import _, say_error
from web.wording import entrustment_words

LIMITER: Final = RateLimiter()
"""One for the process: how often an address may ask, wide enough for who checks the records of a whole cohort."""

_PATH: Final = "/check"
_LONGEST: Final = 40
"""Signs of a code that are looked at: the rest of a longer text cannot make it one."""


async def show_check(request: Request) -> Response:
    """Answer with the form, or go on to the page of the code that was typed into it."""
    code = _tidy(request.query_params.get("code", ""))
    if code:
        return RedirectResponse(f"{_PATH}/{code}", status_code=303, headers={"Cache-Control": "no-store"})
    with speak_to(request):
        return _page(request)


async def check(request: Request) -> Response:
    """Answer with the record that a code stands for; one page for every code that stands for none."""
    with speak_to(request):
        address = request.client.host if request.client else ""
        try:
            LIMITER.take("", address, now())
        except TooManyTriesError as error:
            return _page(request, status=429, notice=say_error(error))
        record = await asyncio.to_thread(_find, _tidy(request.path_params["code"]))
        if record is None:
            notice = _("No sign-off has this code. Look at it letter by letter, or ask who gave it to you.")
            return _page(request, status=404, notice=notice)
        return _page(request, record=record)


def _tidy(code: str) -> str:
    return "".join(sign for sign in code[:_LONGEST].upper() if sign.isascii() and sign.isalnum())


def _find(code: str) -> SignOffRecord | None:
    store = get_store()
    return find_record(store, code, store.day_of(now()))


def _page(request: Request, *, status: int = 200, notice: str = "", record: SignOffRecord | None = None) -> Response:
    return render_page(
        request,
        "check.html",
        status=status,
        notice=notice,
        lines=record_lines(record) if record is not None else [],
        levels=[(one.title, entrustment_words(one.level)) for one in record.levels] if record is not None else [],
        code=record.code if record is not None else "",
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route(_PATH, show_check, methods=["GET"]),
    Route(_PATH + "/{code}", check, methods=["GET"]),
)
