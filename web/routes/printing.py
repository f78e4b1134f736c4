"""The manual as plain pages to print: whole or one chapter, for people who are signed in."""

import asyncio
from typing import Final

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from curriculum.ids import ProgrammeId, SectionId
from curriculum.manual import render_html
from curriculum.models import Programme, Section
from web.arrival import find_context
from web.context import Context
from web.middleware import sign_in_path
from web.plain import render_page, speak_to
from web.sessions import session_token
from web.texts import _, current_language
from web.views.trainee.manual import chapters, may_read

_WHOLE: Final = "/print/manual/{programme}"


async def print_manual(request: Request) -> Response:
    """Answer with the manual, or with the chapter that the path names; 404 for what is not the reader's."""
    programme_id = ProgrammeId(request.path_params["programme"])
    with speak_to(request):
        context = await asyncio.to_thread(find_context, session_token(request), programme_id)
        if context is None:
            return RedirectResponse(sign_in_path(request), status_code=303, headers={"Cache-Control": "no-store"})
        programme = _find_programme(context, programme_id)
        parts = _parts(programme, request.path_params.get("chapter")) if programme else []
        if programme is None or not parts:
            return _not_found(request)
        return _page(request, context, programme, parts)


def _find_programme(context: Context, programme_id: ProgrammeId) -> Programme | None:
    if not may_read(context.actor):
        return None
    return next((each.programme for each in context.choices if each.programme_id == programme_id), None)


def _parts(programme: Programme, chapter: str | None) -> list[tuple[Section, list[Section]]]:
    """Return the chapters to print; none when there is no such chapter."""
    return [part for part in chapters(programme) if chapter is None or part[0].id == SectionId(chapter)]


def _page(
    request: Request, context: Context, programme: Programme, parts: list[tuple[Section, list[Section]]]
) -> Response:
    language = current_language()
    direction = Locale.parse(programme.head.language, sep="-").text_direction
    printed_on = format_date(context.today(), "d MMM yyyy", locale="en_GB" if language == "en" else language)
    return render_page(
        request,
        "print_manual.html",
        head=programme.head,
        direction=direction,
        is_whole=len(parts) > 1,
        chapters=parts,
        printed=_("Printed on {day}").format(day=printed_on),
        html_of=_html_of,
    )


def _html_of(section: Section) -> Markup:
    return Markup(render_html(section.markdown))  # noqa: S704 - the renderer escapes all that is not its own


def _not_found(request: Request) -> Response:
    return render_page(
        request,
        "message.html",
        status=404,
        notice=_("There is no such part of a manual for you to print."),
        heading=_("Not found"),
        message=_("Open the manual in the app, and print from there."),
        link="/manual",
        link_text=_("Open the manual"),
    )


ROUTES: Final[tuple[BaseRoute, ...]] = (
    Route(_WHOLE, print_manual, methods=["GET"]),
    Route(_WHOLE + "/{chapter}", print_manual, methods=["GET"]),
)
