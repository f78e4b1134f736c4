"""A person's completion record: what they trained in, when, and how they are signed off; on a page and on paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments.sign_off import add_months
from curriculum.ids import ProgrammeId
from curriculum.models import Programme
from people.models import PersonId
from people.rights import Record
from people.service.audit import open_record
from web.components import day_text
from web.context import Context
from web.documents.parts import Paper, to_pdf
from web.texts import _
from web.wording import entrustment_words, outcome_words

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Completion:
    """What stands on the record, in words."""

    name: str
    programme: Programme
    role: str
    lines: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]


def find_completion(context: Context, person_id: PersonId, programme_id: ProgrammeId) -> Completion | None:
    """Return the newest completion record of a person in a programme, None when there is none; the look is noted.

    Raises:
        NotAllowedError: The actor may not see the person's sign-offs.
    """
    asked = {"person_id": person_id, "programme_id": programme_id}
    rows = context.store.query("person_completions", context.actor, person_id=person_id)
    signed = context.store.query("person_sign_offs", context.actor, **asked)
    levels = context.store.query("person_sign_off_levels", context.actor, **asked)
    row = next((one for one in rows if one["programme_id"] == programme_id), None)
    if row is None:
        return None
    open_record(context.store, context.actor, person_id, Record.SIGN_OFF, context.now())
    return _compose(context, person_id, row, signed, levels)


def make_completion(context: Context, completion: Completion) -> bytes:
    """Return the record as a PDF."""
    paper = Paper(_("Completion record: {name}").format(name=completion.name))
    paper.add_lines(completion.lines)
    if completion.levels:
        paper.add_heading(_("Trusted with"))
        paper.add_lines(completion.levels)
    paper.add_text(completion.programme.head.notice)
    paper.add_small(_("This says what was recorded in training. It says nothing about any family."))
    return to_pdf(context, completion.programme, paper)


def _compose(context: Context, person_id: PersonId, row: Row, signed: list[Row], levels: list[Row]) -> Completion:
    programme = context.store.programme(row["programme_id"], row["version_no"])
    role = next((one.title for one in programme.head.roles if one.id == row["role_id"]), "")
    found = _newest_complete(signed, row["role_id"])
    of_programme = _("{programme}, version {version}")
    lines = [
        (_("Programme"), of_programme.format(programme=programme.head.title, version=programme.head.version)),
        (_("Role"), role),
        (_("Hub and cohort"), f"{row['hub']}, {row['cohort']}"),
        (_("From"), day_text(row["joined_on"])),
        (_("Until"), day_text(row["closed_on"])),
        (_("Outcome"), outcome_words(row["outcome"])),
        *_sign_off_lines(found, context.today()),
    ]
    titles = {activity.id: activity.title for activity in programme.head.activities}
    mine = [one for one in levels if found is not None and one["fact_id"] == found["fact_id"]]
    shown = tuple((titles.get(one["activity_id"], ""), entrustment_words(one["level"])) for one in mine)
    return Completion(context.store.name_of(person_id), programme, role, tuple(lines), shown)


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
    words = _("on {day} by {name}").format(day=day_text(found["day"]), name=found["signer_name"])
    lines = [(_("Signed off"), words)]
    if found["countersigned_on"] is not None:
        by = {"day": day_text(found["countersigned_on"]), "name": found["countersigner_name"]}
        lines.append((_("Confirmed"), _("on {day} by {name}").format(**by)))
    if found["revoked_at"] is not None:
        return [*lines, (_("Today"), _("revoked: this sign-off no longer holds"))]
    until = add_months(found["day"], found["valid_months"])
    valid = _("valid until {day}") if until >= today else _("was valid until {day}")
    return [*lines, (_("Today"), valid.format(day=day_text(until)))]
