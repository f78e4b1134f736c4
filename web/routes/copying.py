"""A copy of one's own record, as a ZIP to keep: for who is signed in, about themselves alone."""

import asyncio
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from analytics.own_record.files import folder_name, pack
from analytics.own_record.gathering import gather_record, may_copy
from web.arrival import find_context
from web.context import Context
from web.middleware import sign_in_path
from web.plain import render_page, speak_to
from web.sessions import session_token
from web.texts import _, current_language, translations

COPY: Final = "/copy/my-record.zip"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


async def copy_record(request: Request) -> Response:
    """Answer with the ZIP; who may have none is told so."""
    with speak_to(request):
        context = await asyncio.to_thread(find_context, session_token(request))
        if context is None:
            return RedirectResponse(sign_in_path(request), status_code=303, headers={"Cache-Control": "no-store"})
        if not may_copy(context.actor, context.actor.person_id):
            return _not_for_you(request)
        name, packed = await asyncio.to_thread(_packed, context, current_language())
        headers = _HEADERS | {"Content-Disposition": f'attachment; filename="{name}.zip"'}
        return Response(packed, media_type="application/zip", headers=headers)


def _packed(context: Context, language: str) -> tuple[str, bytes]:
    record = gather_record(context.store, context.actor, context.actor.person_id, context.now())
    return folder_name(record), pack(record, translations(language), language)


def _not_for_you(request: Request) -> Response:
    return render_page(
        request,
        "message.html",
        status=403,
        notice=_("There is no record of yours to copy."),
        heading=_("No copy"),
        message=_("Your office sees sums only. Ask the programme manager for what is kept of your account."),
        link="/",
        link_text=_("Back"),
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (Route(COPY, copy_record, methods=["GET"]),)
