"""*Observe* without signal, under `/field/`: the shell for everybody, and the data of who is signed in.

What is sent may come twice, or its answer may get lost: the number that the device gives makes it one record.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, Router

from assessments.errors import IdTakenError, OtherContentError, TraineeErasedError
from assessments.facts import HeldFor
from assessments.service.observations import Received, receive_record
from curriculum.errors import PlatformError
from people.codes import hash_session_token
from people.models import SessionRow
from web.arrival import find_context
from web.context import Context
from web.field.origin import field_token, has_token, is_own_page
from web.field.record import MAX_BYTES, read_number, read_parcel
from web.field.shell import HEADERS, HOME, find_file
from web.field.work import list_work
from web.open_store import get_store, now
from web.plain import speak_to
from web.sessions import session_token
from web.texts import _, say_error

Endpoint = Callable[[Request, Context, SessionRow], Awaitable[Response]]

_API_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Refusal(Exception):
    """An answer that is no 200: what the page reads, what a person reads, and whether the record was kept."""

    def __init__(self, status: int, code: str, explain: str, *, is_kept: bool = False, **more: object) -> None:
        """Keep the parts of the answer."""
        super().__init__(explain)
        self.status = status
        self.content: Mapping[str, object] = {"code": code, "explain": explain, "kept": is_kept, **more}

    def answer(self, request: Request) -> Response:
        """Return the answer; about a record it names its number, as every answer does that the page believes."""
        number = request.path_params.get("number")
        return _answer({**self.content, "id": number} if number else self.content, self.status)


def _answer(content: Mapping[str, object], status: int = 200) -> Response:
    told = {**content, "server_time": now().isoformat()}
    return JSONResponse(told, status_code=status, headers=_API_HEADERS)


# ---------------------------------------------------------------- the shell


async def show_file(request: Request) -> Response:
    """Answer with a file of the shell, which names nobody."""
    with speak_to(request):
        file = await asyncio.to_thread(find_file, request.path_params.get("name", ""))
    if file is None:
        return Response("Not found", 404, headers=HEADERS, media_type="text/plain")
    return Response(file.content, headers=HEADERS, media_type=file.media_type)


async def lead_home(_request: Request) -> Response:
    """Lead to the page: its scope ends with a slash."""
    return RedirectResponse(HOME, status_code=307)


# ---------------------------------------------------------------- who is signed in


def _for_members(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint for who is signed in, answering in the reader's language, and in JSON alone."""

    @wraps(endpoint)
    async def answer(request: Request) -> Response:
        with speak_to(request):
            try:
                context = await asyncio.to_thread(find_context, session_token(request))
                session = await asyncio.to_thread(_find_session, request)
                if context is None or session is None:
                    raise _signed_out(session)
                return await endpoint(request, context, session)
            except _Refusal as refusal:
                return refusal.answer(request)

    return answer


def _find_session(request: Request) -> SessionRow | None:
    token = session_token(request)
    return get_store().find_session(hash_session_token(token)) if token else None


def _signed_out(session: SessionRow | None) -> _Refusal:
    """Return what a device is told; one whose session was ended from elsewhere has to forget all that it holds."""
    if session is not None and session.revoked_at is not None:
        return _Refusal(401, "revoked", _("This device was signed out from elsewhere."), person=session.person_id)
    return _Refusal(401, "signed_out", _("You are signed out. Sign in to send what waits on this device."))


@_for_members
async def tell_session(request: Request, context: Context, session: SessionRow) -> Response:
    """Answer with who is signed in, the token to send with, and how long the page opens without a connection."""
    return _answer(
        {
            "person": {"id": context.actor.person_id, "name": context.actor.name},
            "csrf": field_token(request),
            "signed_in_at": session.created_at.isoformat(),
            "open_until": session.expires_at.isoformat(),
        }
    )


@_for_members
async def tell_work(_request: Request, context: Context, _session: SessionRow) -> Response:
    """Answer with what may be watched."""
    return _answer(await asyncio.to_thread(list_work, context))


# ---------------------------------------------------------------- a record


@_for_members
async def keep_record(request: Request, context: Context, _session: SessionRow) -> Response:
    """Keep one record, durably, before anything is answered."""
    _check_sender(request)
    body = await _read_body(request)
    try:
        received = await asyncio.to_thread(_receive, context, request.path_params["number"], body)
    except PlatformError as error:
        raise _refused(error) from None
    record = received.record
    if record.held_for is not None:
        raise _Refusal(409, record.held_for.value, _held_words(record.held_for), is_kept=True)
    done = {"id": str(record.fact_id), "state": "recorded", "duplicate": not received.is_new}
    return _answer(done, 201 if received.is_new else 200)


def _check_sender(request: Request) -> None:
    if not is_own_page(request):
        raise _Refusal(403, "foreign_origin", _("This was not sent by a page of this app. Open the app's own address."))
    if not has_token(request):
        raise _Refusal(403, "csrf", _("Your sign-in has changed. Try again."))
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise _Refusal(415, "not_json", _("The form came in a way that cannot be read."))


async def _read_body(request: Request) -> bytes:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_BYTES:
            words = _("The form is larger than any form may be: {n} bytes at most.")
            raise _Refusal(413, "too_large", words.format(n=MAX_BYTES))
    return body


def _receive(context: Context, number: str, body: bytes) -> Received:
    at = context.now()
    parcel = read_parcel(body, read_number(number), at)
    if parcel.owner != context.actor.person_id:
        raise _Refusal(403, "wrong_person", _("This form is another person's. They have to sign in to send it."))
    return receive_record(context.store, context.actor, parcel.record, now=at)


def _refused(error: PlatformError) -> _Refusal:
    match error:
        case IdTakenError():
            return _Refusal(404, "not_found", _("The form could not be stored. Copy its text, and enter it anew."))
        case OtherContentError():
            return _Refusal(409, "different_content", say_error(error))
        case TraineeErasedError():
            return _Refusal(410, "erased", say_error(error))
        case _:
            return _Refusal(422, "not_valid", say_error(error))


def _held_words(why: HeldFor) -> str:
    match why:
        case HeldFor.LEFT:
            return _(
                "The form has arrived, and does not count: the person had left the programme by then. "
                "The training lead sees it and decides."
            )
        case HeldFor.LONG_AGO:
            return _(
                "The form has arrived, and does not count yet: its date lies long ago. "
                "The training lead sees it and decides."
            )


_INSIDE: Final = Router(
    [
        Route("/", show_file, methods=["GET"]),
        Route("/api/session", tell_session, methods=["GET"]),
        Route("/api/work", tell_work, methods=["GET"]),
        Route("/api/records/{number}", keep_record, methods=["PUT"]),
        Route("/{name}", show_file, methods=["GET"]),
    ],
    redirect_slashes=False,
)

ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/field", lead_home, methods=["GET"]),
    Mount("/field", _INSIDE),
)
"""A mount, so that what is not there is told by us: outside of it any address gets the app's page with status 200."""
