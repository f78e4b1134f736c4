"""A person's completion record as a plain page to print, and as a PDF."""

import asyncio
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from curriculum.errors import PlatformError
from curriculum.ids import ProgrammeId
from people.models import PersonId
from web.arrival import find_context
from web.components import day_text
from web.context import Context
from web.documents.completion import Completion, find_completion, make_completion
from web.middleware import sign_in_path
from web.plain import render_page, speak_to
from web.sessions import session_token
from web.texts import _

_LARGEST: Final = 2_147_483_647
_FILE_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


async def print_completion(request: Request) -> Response:
    """Answer with the newest completion record of the person in the programme; 404 for what is not the reader's."""
    with speak_to(request):
        context = await asyncio.to_thread(find_context, session_token(request))
        if context is None:
            return _to_sign_in(request)
        record = await asyncio.to_thread(_find, context, request.path_params)
        return _not_found(request) if record is None else _draw(request, context, record)


async def give_completion(request: Request) -> Response:
    """Answer with the same as a PDF."""
    with speak_to(request):
        context = await asyncio.to_thread(find_context, session_token(request))
        if context is None:
            return _to_sign_in(request)
        record = await asyncio.to_thread(_find, context, request.path_params)
        if record is None:
            return _not_found(request)
        made = await asyncio.to_thread(make_completion, context, record)
        headers = _FILE_HEADERS | {"Content-Disposition": 'attachment; filename="completion-record.pdf"'}
        return Response(made, media_type="application/pdf", headers=headers)


def _to_sign_in(request: Request) -> Response:
    return RedirectResponse(sign_in_path(request), status_code=303, headers={"Cache-Control": "no-store"})


def _find(context: Context, path: dict[str, Any]) -> Completion | None:
    person_id, programme_id = PersonId(path["person"]), ProgrammeId(path["programme"])
    if person_id > _LARGEST:
        return None
    try:
        return find_completion(context, person_id, programme_id)
    except PlatformError:
        return None


def _draw(request: Request, context: Context, page: Completion) -> Response:
    return render_page(
        request,
        "print_completion.html",
        page=page,
        pdf=f"{request.url.path}/pdf",
        head=page.programme.head,
        printed=_("Printed on {day}").format(day=day_text(context.today())),
    )


def _not_found(request: Request) -> Response:
    return render_page(
        request,
        "message.html",
        status=404,
        notice=_("There is no such completion record for you to print."),
        heading=_("Not found"),
        message=_("A record is there once the person's cohort has closed."),
        link="/",
        link_text=_("Back to the app"),
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route("/print/completion/{programme}/{person:int}", print_completion, methods=["GET"]),
    Route("/print/completion/{programme}/{person:int}/pdf", give_completion, methods=["GET"]),
)
