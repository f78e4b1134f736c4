"""What a trainer's device takes along: their trainees, the checklists, and whom to call; no rating of anybody."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from babel import Locale

from assessments.facts import Relation
from assessments.observations import answers_of, is_critical
from assessments.verdicts import Status
from curriculum.ids import ProgrammeId
from curriculum.models import Checklist, Line, Programme
from people.facts import HubContact
from people.models import Office
from web.context import Context
from web.wording import answer_words, contact_words, setting_words

Json = dict[str, Any]
Version = tuple[ProgrammeId, int]


def list_work(context: Context) -> Json:
    """Return what the acting trainer may watch, with all that a form needs; empty lists for everybody else."""
    trainees = context.store.query("assigned_trainees", context.actor) if context.actor.holds(Office.TRAINER) else []
    present = [row for row in trainees if row["status"] != Status.WITHDRAWN]
    asked = _list_asked(context) if present else {}
    versions: list[Version] = sorted({(row["programme_id"], row["version_no"]) for row in present})
    programmes = [_tell_programme(context.store.programme(*version), version) for version in versions]
    forms = {(one["id"], one["version"], form["id"]) for one in programmes for form in one["checklists"]}
    return {
        "owner": context.actor.person_id,
        "work": [
            {
                "id": f"{row['person_no']}:{row['programme_id']}",
                "trainee": {"id": row["person_no"], "name": row["name"]},
                "programme": row["programme_id"],
                "version": row["version_no"],
                "asked": [
                    one
                    for one in asked.get((row["person_no"], row["programme_id"]), [])
                    if (row["programme_id"], row["version_no"], one["checklist"]) in forms
                ],
            }
            for row in present
        ],
        "programmes": programmes,
        "contacts": _tell_contacts(context.contacts),
    }


def _list_asked(context: Context) -> dict[tuple[int, ProgrammeId], list[Json]]:
    found: dict[tuple[int, ProgrammeId], list[Json]] = defaultdict(list)
    for row in context.store.query("assigned_requests", context.actor):
        asked = {"checklist": row["checklist_id"], "setting": row["setting"]}
        found[row["person_no"], row["programme_id"]].append(asked)
    return found


def _tell_contacts(contacts: Iterable[HubContact]) -> list[Json]:
    told = [{"kind": contact_words(one.kind), "title": one.title, "phone": one.phone} for one in contacts]
    return [one for number, one in enumerate(told) if one not in told[:number]]


def _tell_programme(programme: Programme, version: Version) -> Json:
    programme_id, version_no = version
    return {
        "id": programme_id,
        "version": version_no,
        "title": programme.head.title,
        "language": programme.head.language,
        "dir": Locale.parse(programme.head.language, sep="-").text_direction,
        "checklists": [_tell_checklist(programme, one) for one in programme.forms_of(Relation.TRAINER)],
        "scenarios": [
            {"id": one.id, "title": one.title, "prompts": one.prompts, "stop_word": one.stop_word}
            for one in programme.scenarios
        ],
    }


def _tell_checklist(programme: Programme, checklist: Checklist) -> Json:
    scale = programme.scale_of(checklist)
    return {
        "id": checklist.id,
        "title": checklist.title,
        "explain": checklist.explain,
        "kind": scale.kind,
        "levels": scale.n_levels,
        "answers": [
            {"id": answer, "text": answer_words(answer)}
            for answer in (answers_of(scale, checklist) if not scale.n_levels else ())
        ],
        "leaves_out": checklist.no_opportunity,
        "settings": [{"id": one, "text": setting_words(one)} for one in checklist.settings],
        "scenarios": checklist.scenarios,
        "lines": [_tell_line(programme, checklist, line) for line in checklist.lines],
    }


def _tell_line(programme: Programme, checklist: Checklist, line: Line) -> Json:
    watched = programme.watched_on(checklist, line)
    return {
        "id": line.id,
        "text": line.text,
        "critical": is_critical(programme, line),
        "settings": line.settings,
        "behaviours": [{"id": one.id, "text": one.text, "kind": one.kind} for one in watched],
    }
