"""Plain pages to print: the manual, whole or one chapter, and one's own quiz, for people who are signed in."""

import asyncio
from typing import Final
from uuid import UUID

from babel import Locale
from babel.dates import format_date
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assessments.service.attempts import Sheet, load_sheet
from curriculum.errors import PlatformError
from curriculum.ids import ProgrammeId, SectionId
from curriculum.items import Pool
from curriculum.manual import render_html
from curriculum.media import Image
from curriculum.models import Programme, Section
from people.facts import FactId
from store.publishing import MediaContent
from web.arrival import find_context
from web.context import Context
from web.middleware import sign_in_path
from web.paper import list_questions
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


async def print_quiz(request: Request) -> Response:
    """Answer with the reader's own quiz, with what they have answered so far; 404 for what is not theirs."""
    with speak_to(request):
        context = await asyncio.to_thread(find_context, session_token(request), None)
        if context is None:
            return RedirectResponse(sign_in_path(request), status_code=303, headers={"Cache-Control": "no-store"})
        try:
            form_id = FactId(UUID(request.path_params["form"]))
            sheet = await asyncio.to_thread(load_sheet, context.store, context.actor, form_id)
        except (ValueError, PlatformError):
            return _no_quiz(request)
        return _quiz_page(request, context, sheet)


def _quiz_page(request: Request, context: Context, sheet: Sheet) -> Response:
    head, language = sheet.programme.head, current_language()
    printed_on = format_date(context.today(), "d MMM yyyy", locale="en_GB" if language == "en" else language)
    return render_page(
        request,
        "print_quiz.html",
        head=head,
        direction=Locale.parse(head.language, sep="-").text_direction,
        title=sheet.programme.quiz_title(sheet.blueprint),
        note=_("Practice: it does not count") if sheet.started.pool is Pool.PRACTICE else "",
        back=f"/quiz?form={sheet.started.fact_id}",
        form=sheet.started.fact_id,
        questions=list_questions(sheet),
        printed=_("Printed on {day}").format(day=printed_on),
    )


async def print_picture(request: Request) -> Response:
    """Answer with the picture of a question of the reader's own quiz; 404 for what is not theirs, or not there."""
    context = await asyncio.to_thread(find_context, session_token(request), None)
    if context is None:
        return RedirectResponse(sign_in_path(request), status_code=303, headers={"Cache-Control": "no-store"})
    try:
        form_id = FactId(UUID(request.path_params["form"]))
        found = await asyncio.to_thread(_find_picture, context, form_id, int(request.path_params["number"]))
    except (ValueError, PlatformError):
        found = None
    if found is None:
        return Response(status_code=404)
    headers = {"Cache-Control": "private, max-age=3600", "X-Content-Type-Options": "nosniff"}
    return Response(found.content, media_type=found.type, headers=headers)


def _find_picture(context: Context, form_id: FactId, number: int) -> MediaContent | None:
    """Return the picture of the question of this number, from 1."""
    sheet = load_sheet(context.store, context.actor, form_id)
    media = sheet.items[number - 1].media if 1 <= number <= len(sheet.items) else None
    file = sheet.programme.media_by_name.get(media.file) if isinstance(media, Image) else None
    return context.store.media(file.digest) if file else None


def _no_quiz(request: Request) -> Response:
    return render_page(
        request,
        "message.html",
        status=404,
        notice=_("There is no such quiz of yours to print."),
        heading=_("Not found"),
        message=_("Open the quiz in the app, and print from there."),
        link="/quizzes",
        link_text=_("My quizzes"),
    )


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
    Route("/print/quiz/{form}", print_quiz, methods=["GET"]),
    Route("/print/quiz/{form}/picture/{number}", print_picture, methods=["GET"]),
)
