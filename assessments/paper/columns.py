"""The columns of a batch: one row a form, one column an item; paper, file and tablet know an item by the same code."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from assessments.facts import Done, Seen, YesNo
from assessments.paper.codes import content_code
from curriculum.ids import BehaviourId, LineId
from curriculum.models import Behaviour, BehaviourKind, Checklist, Line, Programme, ScaleKind

LETTERS: Final[Mapping[str, str]] = {
    Seen.SEEN: "s",
    Seen.NOT_SEEN: "n",
    Seen.NO_OPPORTUNITY: "o",
    Done.DONE: "d",
    Done.PARTLY: "p",
    Done.NOT_DONE: "n",
    Done.NOT_APPLICABLE: "x",
    YesNo.YES: "y",
    YesNo.NO: "n",
}
"""What is typed for an answer; the whole word is understood too."""

SPARE_ROWS: Final = 30
"""Rows of a template that wait to be filled."""


class Head(StrEnum):
    """The columns before the items: where and how the person was watched."""

    FORM = "form"
    COPY = "copy"
    CHECKLIST = "checklist"
    CONTENT = "content"
    TRAINEE = "trainee"
    OBSERVER = "observer"
    DAY = "day"
    BEGAN = "began"
    ENDED = "ended"
    SETTING = "setting"
    STAGE = "stage"
    SCENARIO = "scenario"
    SESSION = "session"
    SECOND_LEADER = "second_leader"
    COUNTS = "counts"
    LATE_REASON = "late_reason"


INSTANCE: Final = "instance"
"""The column in which a tablet's file has its own number of a form."""


class Foot(StrEnum):
    """The columns after the items: what holds for the whole form."""

    NONE_UNHELPFUL = "none_unhelpful"
    NO_FURTHER = "no_further"
    OVERALL = "overall"
    HELP = "help"
    STRENGTH = "strength"
    NEXT_STEP = "next_step"


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """A column that holds an answer: to a line, to a behaviour on it, or to all basic behaviours of it at once."""

    name: str
    line: Line
    behaviour_id: BehaviourId | None = None
    is_for_all_basics: bool = False


def basics_name(line_id: LineId) -> str:
    """Return the name of the column for "all basics seen"."""
    return f"{line_id}/all"


def answer_name(line_id: LineId, behaviour_id: BehaviourId | None) -> str:
    """Return the name of an answer's column, such as `C1-time/D2.1-B1`, or `C7-plan` for a whole line."""
    return f"{line_id}/{behaviour_id}" if behaviour_id else str(line_id)


def watched_in_order(programme: Programme, checklist: Checklist, line: Line) -> tuple[Behaviour, ...]:
    """Return the behaviours of a line as a sheet has them: basic ones first, what is unhelpful last."""
    order = (BehaviourKind.BASIC, BehaviourKind.FURTHER, BehaviourKind.UNHELPFUL)
    return tuple(sorted(programme.watched_on(checklist, line), key=lambda one: order.index(one.kind)))


def answer_columns(programme: Programme, checklist: Checklist) -> tuple[AnswerColumn, ...]:
    """Return the columns of all lines, in the order of the sheet."""
    columns: list[AnswerColumn] = []
    for line in checklist.lines:
        watched = watched_in_order(programme, checklist, line)
        if any(one.kind is BehaviourKind.BASIC for one in watched):
            columns.append(AnswerColumn(basics_name(line.id), line, is_for_all_basics=True))
        ids = [one.id for one in watched] if watched else [None]
        columns += [AnswerColumn(answer_name(line.id, id_), line, id_) for id_ in ids]
    return tuple(columns)


def column_names(programme: Programme, checklist: Checklist) -> tuple[str, ...]:
    """Return all columns of a checklist's batch."""
    has_kinds = programme.scale_of(checklist).kind is ScaleKind.BEHAVIOURS
    foot = [one for one in Foot if has_kinds or one not in {Foot.NONE_UNHELPFUL, Foot.NO_FURTHER}]
    return (*Head, *(column.name for column in answer_columns(programme, checklist)), *foot)


def template(programme: Programme, checklist: Checklist, n_rows: int = SPARE_ROWS) -> bytes:
    """Return a batch to fill in: the columns, and rows that name the checklist; UTF-8 with the mark Excel needs."""
    text = io.StringIO()
    writer = csv.DictWriter(text, column_names(programme, checklist), lineterminator="\r\n")
    writer.writeheader()
    known = {str(Head.CHECKLIST): checklist.id, str(Head.CONTENT): content_code(programme, checklist)}
    writer.writerows(known for _ in range(n_rows))
    return text.getvalue().encode("utf-8-sig")
