"""A person's completion record as a plain page to print: what they trained in, when, and how they are signed off."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from babel.dates import format_date
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from assessments.sign_off import add_months
from curriculum.errors import PlatformError
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.models import PersonId
from people.rights import Record
from people.service.audit import open_record
from web.arrival import find_context
from web.context import Context
from web.middleware import sign_in_path
from web.plain import render_page, speak_to
from web.sessions import session_token
from web.texts import _, current_language
from web.wording import entrustment_words, outcome_words

Row = dict[str, Any]
_LARGEST: Final = 2_147_483_647


@dataclass(frozen=True, slots=True)
class _Page:
    """What stands on the page, in words."""

    name: str
    programme: Programme
    role: str
    lines: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]


async def print_completion(request: Request) -> Response:
    """Answer with the newest completion record of the person in the programme; 404 for what is not the reader's."""
    with speak_to(request):
        context = await asyncio.to_thread(find_context, session_token(request))
        if context is None:
            return RedirectResponse(sign_in_path(request), status_code=303, headers={"Cache-Control": "no-store"})
        page = await asyncio.to_thread(_find_page, context, request.path_params)
        if page is None:
            return _not_found(request)
        return _draw(request, context, page)


def _find_page(context: Context, path: dict[str, Any]) -> _Page | None:
    person_id, programme_id = PersonId(path["person"]), ProgrammeId(path["programme"])
    if person_id > _LARGEST:
        return None
    asked = {"person_id": person_id, "programme_id": programme_id}
    try:
        rows = context.store.query("person_completions", context.actor, person_id=person_id)
        signed = context.store.query("person_sign_offs", context.actor, **asked)
        levels = context.store.query("person_sign_off_levels", context.actor, **asked)
        row = next((one for one in rows if one["programme_id"] == programme_id), None)
        if row is None:
            return None
        open_record(context.store, context.actor, person_id, Record.SIGN_OFF, context.now())
    except PlatformError:
        return None
    return _compose(context, person_id, row, signed, levels)


def _compose(context: Context, person_id: PersonId, row: Row, signed: list[Row], levels: list[Row]) -> _Page:
    programme = context.store.programme(row["programme_id"], row["version_no"])
    role = next((one.title for one in programme.head.roles if one.id == row["role_id"]), "")
    found = _newest_complete(signed, row["role_id"])
    of_programme = _("{programme}, version {version}")
    lines = [
        (_("Programme"), of_programme.format(programme=programme.head.title, version=programme.head.version)),
        (_("Role"), role),
        (_("Hub and cohort"), f"{row['hub']}, {row['cohort']}"),
        (_("From"), _day(row["joined_on"])),
        (_("Until"), _day(row["closed_on"])),
        (_("Outcome"), outcome_words(row["outcome"])),
        *_sign_off_lines(found, context.today()),
    ]
    titles = {activity.id: activity.title for activity in programme.head.activities}
    mine = [one for one in levels if found is not None and one["fact_id"] == found["fact_id"]]
    shown = tuple((titles.get(one["activity_id"], ""), entrustment_words(one["level"])) for one in mine)
    return _Page(context.store.name_of(person_id), programme, role, tuple(lines), shown)


def _newest_complete(signed: list[Row], role_id: str) -> Row | None:
    """Return the newest sign-off of the role that is granted and countersigned where that is asked for."""
    complete = [
        one
        for one in signed
        if one["role_id"] == role_id
        and one["is_granted"]
        and one["set_aside_on"] is None
        and (not one["needs_countersign"] or one["countersigned_on"] is not None)
    ]
    return complete[0] if complete else None


def _sign_off_lines(found: Row | None, today: date) -> list[tuple[str, str]]:
    if found is None:
        return [(_("Sign-off"), _("none"))]
    words = _("on {day} by {name}").format(day=_day(found["day"]), name=found["signer_name"])
    lines = [(_("Signed off"), words)]
    if found["countersigned_on"] is not None:
        by = {"day": _day(found["countersigned_on"]), "name": found["countersigner_name"]}
        lines.append((_("Confirmed"), _("on {day} by {name}").format(**by)))
    if found["revoked_at"] is not None:
        return [*lines, (_("Today"), _("revoked: this sign-off no longer holds"))]
    until = add_months(found["day"], found["valid_months"])
    valid = _("valid until {day}") if until >= today else _("was valid until {day}")
    return [*lines, (_("Today"), valid.format(day=_day(until)))]


def _day(day: date | None) -> str:
    language = current_language()
    return "" if day is None else format_date(day, "d MMM yyyy", locale="en_GB" if language == "en" else language)


def _draw(request: Request, context: Context, page: _Page) -> Response:
    return render_page(
        request,
        "print_completion.html",
        page=page,
        head=page.programme.head,
        printed=_("Printed on {day}").format(day=_day(context.today())),
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
)
