"""A row of a batch as the form that it is: every cell read by the checklist, or refused in its place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID

from assessments.errors import WrongInputError
from assessments.facts import GlobalRating, Seen, SheetSource, Stage
from assessments.notes import check_note
from assessments.observations import answers_of, lines_in
from assessments.paper.batch import Row
from assessments.paper.codes import form_fact_id, read_form_code, read_person_code
from assessments.paper.columns import INSTANCE, LETTERS, AnswerColumn, Foot, Head, answer_columns, basics_name
from curriculum.ids import BehaviourId, LineId, ScenarioId
from curriculum.models import BehaviourKind, Checklist, Programme, Relation, Setting
from people.facts import FactId
from people.ids import ROOT, derived_fact_id
from people.models import PersonId

E = TypeVar("E", bound=StrEnum)
Answer = tuple[LineId, BehaviourId | None, str]

_YES: Final = frozenset({"y", "yes", "1", "x", "true"})
_NO: Final = frozenset({"n", "no", "0", "false"})
_MOST_COPIES: Final = 999
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True)
class SheetKey:
    """What a form is known by: `name` as people read it, and the id that follows from it."""

    name: str
    fact_id: FactId
    source: SheetSource


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in. Times are those of the clock on the wall; None where none was written."""

    day: date
    began: time | None
    ended: time | None
    setting: Setting
    stage: Stage
    scenario_id: ScenarioId | None
    session_code: str
    has_second_leader: bool
    counts: bool
    late_reason: str
    answers: tuple[Answer, ...]
    overall: GlobalRating
    help_needed: int
    strength: str
    next_step: str


def read_key(row: Row) -> SheetKey:
    """Return what the form of a row is known by.

    Raises:
        WrongInputError: The code is missing or mistyped, or the copy is no number.
    """
    typed = row.get(Head.FORM)
    if not typed and row.get(INSTANCE):
        return _tablet_key(row.get(INSTANCE))
    code = read_form_code(typed)
    if code is None:
        advice = "Look at the frame at the top of the sheet; a sign may be wrong or two swapped."
        raise WrongInputError(Head.FORM, _found(typed), "a code such as K7QM-2XPD", advice)
    copy = row.get(Head.COPY) or "1"
    if not (copy.isascii() and copy.isdigit() and 1 <= int(copy) <= _MOST_COPIES):
        raise WrongInputError(Head.COPY, _found(copy), "a number, or nothing", "Number the photocopies 2, 3 and so on.")
    number = int(copy)
    return SheetKey(code if number == 1 else f"{code}/{number}", form_fact_id(code, number), SheetSource.PAPER)


def _tablet_key(typed: str) -> SheetKey:
    try:
        number = UUID(typed.removeprefix("uuid:"))
    except ValueError as error:
        advice = "Export the file from the tablets' server again."
        raise WrongInputError(INSTANCE, _found(typed), "the number that the tablet gave", advice) from error
    return SheetKey(str(number), derived_fact_id(ROOT, f"tablet/{number}"), SheetSource.TABLET)


def read_person(row: Row, column: Head) -> PersonId | None:
    """Return the person of a cell; None when it is empty.

    Raises:
        WrongInputError: It is no person's code, or mistyped.
    """
    typed = row.get(column)
    person_id = read_person_code(typed) if typed else None
    if typed and person_id is None:
        advice = "The codes stand under On paper on the page Observe. Write no names."
        raise WrongInputError(column, _found(typed), "a person's code such as 17-Q", advice)
    return person_id


def read_filled(programme: Programme, checklist: Checklist, row: Row) -> Filled:
    """Return what a row says.

    Raises:
        WrongInputError: A cell cannot be read, is missing, or contradicts another.
    """
    setting = _read_setting(checklist, row)
    by_trainer, is_live = checklist.rater is Relation.TRAINER, setting is Setting.LIVE
    return Filled(
        day=_read_day(row),
        began=_read_time(row, Head.BEGAN),
        ended=_read_time(row, Head.ENDED),
        setting=setting,
        stage=_read_choice(row, Head.STAGE, list(Stage)) if is_live else Stage.LEAD_PART,
        scenario_id=_read_scenario(checklist, row, setting),
        session_code=row.get(Head.SESSION),
        has_second_leader=_read_yes(row, Head.SECOND_LEADER) if by_trainer and is_live else True,
        counts=by_trainer and _read_yes(row, Head.COUNTS),
        late_reason=row.get(Head.LATE_REASON),
        answers=tuple(_read_answers(programme, checklist, row, setting)),
        overall=_read_choice(row, Foot.OVERALL, list(GlobalRating)),
        help_needed=_read_help(row),
        strength=_read_note(programme, row, Foot.STRENGTH),
        next_step=_read_note(programme, row, Foot.NEXT_STEP),
    )


# ---------------------------------------------------------------- single cells


def _found(typed: str) -> str:
    if not typed:
        return "nothing"
    shown = "".join(sign if sign.isprintable() else "·" for sign in typed)
    return f"“{shown[:_SHOWN]}…”" if len(shown) > _SHOWN else f"“{shown}”"


def _read_day(row: Row) -> date:
    typed = row.get(Head.DAY)
    parts = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", typed)
    try:
        return date.fromisoformat(f"{parts[3]}-{parts[2]:0>2}-{parts[1]:0>2}" if parts else typed)
    except ValueError as error:
        advice = "Excel may have turned it round: format the column as text before you type."
        raise WrongInputError(Head.DAY, _found(typed), "a day such as 2026-11-27", advice) from error


def _read_time(row: Row, column: Head) -> time | None:
    typed = row.get(column)
    if not typed:
        return None
    parts = re.match(r"(\d{1,2})[:.](\d{2})(?![0-9])", typed)
    if parts is None or int(parts[1]) > 23 or int(parts[2]) > 59:
        raise WrongInputError(column, _found(typed), "a time such as 18:30, or nothing", "Write it by 24 hours.")
    return time(int(parts[1]), int(parts[2]))


def _read_yes(row: Row, column: Head | Foot | str) -> bool:
    typed = row.get(column).casefold()
    if typed not in _YES | _NO:
        raise WrongInputError(column, _found(typed), "y or n", "Write which of the two boxes is ticked.")
    return typed in _YES


def _is_ticked(row: Row, column: Foot | str) -> bool:
    return bool(row.get(column)) and _read_yes(row, column)


def _read_choice(row: Row, column: Head | Foot, choices: Sequence[E]) -> E:
    typed = row.get(column).casefold()
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(choices):
        return choices[int(typed) - 1]
    found = next((one for one in choices if one == typed), None)
    if found is None:
        listed = ", ".join(f"{n} ({one})" for n, one in enumerate(choices, 1))
        raise WrongInputError(column, _found(typed), listed, "Write the number that stands beside the ticked box.")
    return found


def _read_setting(checklist: Checklist, row: Row) -> Setting:
    if len(checklist.settings) == 1 and not row.get(Head.SETTING):
        return checklist.settings[0]
    return _read_choice(row, Head.SETTING, checklist.settings)


def _read_scenario(checklist: Checklist, row: Row, setting: Setting) -> ScenarioId | None:
    typed = row.get(Head.SCENARIO)
    if setting is not Setting.ROLEPLAY or not checklist.scenarios:
        if typed:
            raise WrongInputError(Head.SCENARIO, _found(typed), "nothing here", "Only a role-play has a story.")
        return None
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(checklist.scenarios):
        return checklist.scenarios[int(typed) - 1]
    found = next((one for one in checklist.scenarios if one == typed), None)
    if found is None:
        listed = ", ".join(f"{n} ({one})" for n, one in enumerate(checklist.scenarios, 1))
        raise WrongInputError(Head.SCENARIO, _found(typed), listed, "Write the number of the story that was played.")
    return found


def _read_help(row: Row) -> int:
    typed = row.get(Foot.HELP)
    if typed not in {"1", "2", "3", "4", "5"}:
        raise WrongInputError(Foot.HELP, _found(typed), "1 to 5", "Write the number of the ticked box.")
    return int(typed)


def _read_note(programme: Programme, row: Row, column: Foot) -> str:
    text = row.get(column)
    warnings = check_note(text, programme.head.privacy.free_text_max)
    if warnings:
        advice = "Say it in other words, about practice alone, or leave it out."
        raise WrongInputError(column, " ".join(warnings).rstrip("."), "a few words about practice", advice)
    return text


# ---------------------------------------------------------------- answers


def _read_answers(programme: Programme, checklist: Checklist, row: Row, setting: Setting) -> Iterator[Answer]:
    """Yield the answers: those written, and those that a box for all of a kind stands for."""
    scale = programme.scale_of(checklist)
    allowed = {LETTERS[one]: one for one in answers_of(scale, checklist)}
    here = {line.id for line in lines_in(checklist, setting)}
    columns = answer_columns(programme, checklist)
    for column in columns:
        if column.line.id not in here and row.get(column.name):
            advice = "Look at the sheet: is the place ticked right?"
            found = _found(row.get(column.name))
            raise WrongInputError(column.name, found, f"nothing in setting {setting}", advice)
    asked = [column for column in columns if column.line.id in here and not column.is_for_all_basics]
    written = {column: _read_answer(row, column, allowed) for column in asked if row.get(column.name)}
    kinds = _kinds(programme, checklist)
    for column in asked:
        state = written.get(column) or _stands_for(row, column, kinds)
        if column in written:
            _check_basics(row, column, kinds, written[column])
        if state:
            yield column.line.id, column.behaviour_id, state


def _kinds(programme: Programme, checklist: Checklist) -> Mapping[BehaviourId, BehaviourKind]:
    return {one.id: one.kind for line in checklist.lines for one in programme.watched_on(checklist, line)}


def _read_answer(row: Row, column: AnswerColumn, allowed: Mapping[str, str]) -> str:
    typed = row.get(column.name).casefold().replace(" ", "_")
    found = allowed.get(typed) or next((one for one in allowed.values() if one == typed), None)
    if found is None:
        listed = ", ".join(f"{letter} ({answer})" for letter, answer in allowed.items())
        raise WrongInputError(column.name, _found(typed), listed, "Write the letter above the ticked box.")
    return found


def _stands_for(row: Row, column: AnswerColumn, kinds: Mapping[BehaviourId, BehaviourKind]) -> str:
    """Return the answer that a box for all of a kind gives, empty when none is ticked."""
    match kinds.get(column.behaviour_id) if column.behaviour_id else None:
        case BehaviourKind.BASIC:
            return Seen.SEEN if _is_ticked(row, basics_name(column.line.id)) else ""
        case BehaviourKind.UNHELPFUL:
            return Seen.NOT_SEEN if _is_ticked(row, Foot.NONE_UNHELPFUL) else ""
        case BehaviourKind.FURTHER:
            return Seen.NOT_SEEN if _is_ticked(row, Foot.NO_FURTHER) else ""
        case None:
            return ""


def _check_basics(row: Row, column: AnswerColumn, kinds: Mapping[BehaviourId, BehaviourKind], state: str) -> None:
    is_basic = column.behaviour_id is not None and kinds.get(column.behaviour_id) is BehaviourKind.BASIC
    if is_basic and state != Seen.SEEN and _is_ticked(row, basics_name(column.line.id)):
        advice = "Look at the sheet: which of the two was meant?"
        raise WrongInputError(column.name, f"“{state}”, and all basics are ticked", "one of the two", advice)
