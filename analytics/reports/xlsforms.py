"""A checklist as an XLSForm, for programmes that have ODK or KoboToolbox; what comes back is taken over like paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Final

import xlsxwriter

from analytics.reports import checklists as printed
from assessments.facts import GlobalRating, Stage
from assessments.observations import answers_of
from assessments.paper.batch import column_key
from assessments.paper.codes import content_code
from assessments.paper.columns import AnswerColumn, Foot, Head, answer_columns
from curriculum.models import BehaviourKind, Checklist, Programme, Relation, ScaleKind, Setting
from curriculum.phrases import Phrase, Translations

_COLUMNS: Final = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "appearance",
)
_CHOICES: Final = ("list_name", "name", "label")
_SETTINGS: Final = ("form_title", "form_id", "version", "instance_name", "default_language")
_CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""What the file says of its making, so that equal checklists give equal files."""

_LIVE: Final = "${setting} = 'live'"

Question = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Making:
    """What a form is made of."""

    programme: Programme
    checklist: Checklist
    translations: Translations | None

    def say(self, phrase: Phrase) -> str:
        """Return a phrase in the form's language."""
        return phrase.text(self.translations)

    def word(self, name: str) -> str:
        """Return one of the words that the sheet of paper has too."""
        return self.say(printed.WORDS[name])

    @property
    def has_behaviours(self) -> bool:
        """Return whether lines are answered by behaviours."""
        return self.programme.scale_of(self.checklist).kind is ScaleKind.BEHAVIOURS


def make_xlsform(programme: Programme, checklist: Checklist, translations: Translations | None = None) -> bytes:
    """Return the workbook. Equal checklists give equal forms; its questions bear the names of a batch's columns."""
    making = _Making(programme, checklist, translations)
    file = BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": checklist.title, "created": _CREATED})
    _fill(book.add_worksheet("survey"), _COLUMNS, list(_survey(making)))
    _fill(book.add_worksheet("choices"), _CHOICES, list(_choices(making)))
    _fill(book.add_worksheet("settings"), _SETTINGS, [_settings(making)])
    book.close()
    return file.getvalue()


def _fill(sheet: Any, columns: Sequence[str], rows: Sequence[Question]) -> None:  # noqa: ANN401 - it has no types
    for x, column in enumerate(columns):
        sheet.write_string(0, x, column)
        for y, row in enumerate(rows, 1):
            if row.get(column):
                sheet.write_string(y, x, row[column])


def _settings(making: _Making) -> Question:
    head, checklist = making.programme.head, making.checklist
    major, minor, patch = (int(part) for part in head.version.split("."))
    return {
        "form_title": f"{checklist.id} · {checklist.title}",
        "form_id": column_key(f"practicum_{head.id}_{checklist.id}"),
        "version": f"{major}{minor:03}{patch:03}",
        "instance_name": f"concat('{checklist.id} ', ${{day}})",
        "default_language": head.language,
    }


# ---------------------------------------------------------------- questions


def _survey(making: _Making) -> Iterator[Question]:
    checklist = making.checklist
    for kind in ("start", "end", "deviceid", "username"):
        yield {"type": kind, "name": kind}
    yield {"type": "calculate", "name": Head.CHECKLIST, "calculation": f"'{checklist.id}'"}
    code = content_code(making.programme, checklist)
    yield {"type": "calculate", "name": Head.CONTENT, "calculation": f"'{code}'"}
    yield {"type": "begin_group", "name": "head", "label": making.word("codes_only"), "appearance": "field-list"}
    yield from _head(making)
    yield {"type": "end_group"}
    yield {"type": "begin_group", "name": "items", "label": checklist.title, "appearance": "field-list"}
    for column in answer_columns(making.programme, checklist):
        yield _item(making, column)
    yield {"type": "end_group"}
    yield {"type": "begin_group", "name": "foot", "label": making.word("overall"), "appearance": "field-list"}
    yield from _foot(making)
    yield {"type": "end_group"}


def _head(making: _Making) -> Iterator[Question]:
    checklist = making.checklist
    yield _code(making, Head.TRAINEE, "trainee", is_needed=True)
    yield _code(making, Head.OBSERVER, "observer", is_needed=checklist.rater is not Relation.SELF)
    # A tablet's clock may be wrong, so a day ahead is let through: the import looks at it again.
    yield _question("date", Head.DAY, making.word("day"), constraint=". <= today() + 1", required="yes")
    yield _question("time", Head.BEGAN, making.word("began"))
    yield _question("time", Head.ENDED, making.word("ended"))
    yield _question("select_one setting", Head.SETTING, making.word("setting"), required="yes")
    if Setting.LIVE in checklist.settings:
        yield _question("select_one stage", Head.STAGE, making.word("stage"), required="yes", relevant=_LIVE)
    if checklist.scenarios:
        relevant = "${setting} = 'roleplay'"
        yield _question(
            "select_one scenario", Head.SCENARIO, making.word("scenario"), required="yes", relevant=relevant
        )
    yield _question("text", Head.SESSION, making.word("session"))
    if checklist.rater is Relation.TRAINER:
        if Setting.LIVE in checklist.settings:
            second = making.word("second")
            yield _question("select_one yes_no", Head.SECOND_LEADER, second, required="yes", relevant=_LIVE)
        yield _question("select_one yes_no", Head.COUNTS, making.word("counts"), required="yes")


def _code(making: _Making, name: Head, word: str, *, is_needed: bool) -> Question:
    shape = "regex(., '^[0-9]+-?[A-Za-z0-9]$')"
    message = making.word("codes_only")
    required = "yes" if is_needed else ""
    return _question("text", name, making.word(word), constraint=shape, constraint_message=message, required=required)


def _item(making: _Making, column: AnswerColumn) -> Question:
    line = column.line
    bound = line.settings if set(line.settings) != set(making.checklist.settings) else ()
    relevant = " or ".join(f"${{setting}} = '{one}'" for one in bound)
    if column.is_for_all_basics:
        label = f"{line.text}: {making.word('all_basics')}"
        return _question("select_one yes", column.name, label, hint=column.name, relevant=relevant)
    text = making.programme.behaviour_by_id[column.behaviour_id].text if column.behaviour_id else ""
    label = f"{line.text}: {text}" if text else line.text
    required = "" if making.has_behaviours else "yes"
    return _question("select_one answer", column.name, label, hint=column.name, relevant=relevant, required=required)


def _foot(making: _Making) -> Iterator[Question]:
    if making.has_behaviours:
        yield _question("select_one yes", Foot.NONE_UNHELPFUL, making.word("none_unhelpful"))
        yield _question("select_one yes", Foot.NO_FURTHER, making.word("no_further"))
    yield _question("select_one overall", Foot.OVERALL, making.word("overall"), required="yes")
    yield _question("select_one help", Foot.HELP, making.word("help"), required="yes")
    limit = f"string-length(.) <= {making.programme.head.privacy.free_text_max}"
    for name in (Foot.STRENGTH, Foot.NEXT_STEP):
        yield _question("text", name, making.word(name), hint=making.word("own_practice"), constraint=limit)
    if making.has_behaviours and making.checklist.rater is Relation.TRAINER:
        harm = " or ".join(f"${{{column_key(column.name)}}} = 'seen'" for column in _unhelpful_critical(making))
        if harm:
            yield _question("acknowledge", "ring", making.word("nobody_told"), relevant=harm, required="yes")


def _unhelpful_critical(making: _Making) -> Iterator[AnswerColumn]:
    kinds = {id_: one.kind for id_, one in making.programme.behaviour_by_id.items()}
    for column in answer_columns(making.programme, making.checklist):
        is_unhelpful = column.behaviour_id is not None and kinds[column.behaviour_id] is BehaviourKind.UNHELPFUL
        if is_unhelpful and printed.is_critical(making.programme, column.line):
            yield column


def _question(kind: str, name: str, label: str, **more: str) -> Question:
    return {"type": kind, "name": column_key(name), "label": label} | more


# ---------------------------------------------------------------- choices


def _choices(making: _Making) -> Iterator[Question]:
    programme, checklist = making.programme, making.checklist
    titles: dict[str, str] = {id_: programme.scenario_by_id[id_].title for id_ in checklist.scenarios}
    answers = answers_of(programme.scale_of(checklist), checklist)
    helping = printed.OWN_HELP if checklist.rater is Relation.SELF else printed.HELP
    lists: dict[str, Mapping[str, str]] = {
        "setting": {one: making.say(printed.SETTINGS[one]) for one in checklist.settings},
        "stage": {one: making.say(printed.STAGES[one]) for one in Stage},
        "scenario": titles,
        "yes_no": {"yes": making.word("yes"), "no": making.word("no")},
        "yes": {"yes": making.word("yes")},
        "answer": {one: making.say(printed.ANSWERS[one]) for one in answers},
        "overall": {one: making.say(printed.OVERALL[one]) for one in GlobalRating},
        "help": {str(n): making.say(phrase) for n, phrase in enumerate(helping, 1)},
    }
    for name, choices in lists.items():
        yield from ({"list_name": name, "name": choice, "label": label} for choice, label in choices.items())
