"""Texts that a trainer marks: without a name, against a rubric, twice when somebody asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.errors import TextMarkedError, UnknownFactError, WrongInputError
from assessments.facts import AttemptStarted, SecondMarkAsked, TextMark
from assessments.marking import DECIDING, FIRST, next_mark, tidy_levels
from assessments.ports import Ledger
from assessments.reasons import ScoreReason
from assessments.service.access import get_fact, require, require_named, require_other
from assessments.service.attempts.results import (
    FORM,
    current_attempt,
    given_by,
    newest_responses,
    programme_of,
    replacing,
    score_started,
    scored_anew,
)
from curriculum.items import ExtendedTextItem
from curriculum.models import Section
from people.facts import FactId
from people.ids import derived_fact_id
from people.models import Actor
from people.rights import Record, Right


@dataclass(frozen=True, slots=True)
class TextToMark:
    """A text as its marker sees it: no name, no score, no other mark.

    `mark_no` is the mark that is missing; `has_own` whether the marker has marked it before.
    """

    started_id: FactId
    position: int
    item: ExtendedTextItem
    section: Section
    text: str
    mark_no: int
    has_own: bool


def load_text(ledger: Ledger, actor: Actor, started_id: FactId, position: int) -> TextToMark:
    """Return a text that waits for a mark.

    Raises:
        UnknownFactError: There is no such text, or it was not handed in.
        NotAllowedError: The actor may not mark texts of this hub.
        OwnRecordError: It is the actor's own.
        TextMarkedError: It is settled.
    """
    started, item = _find_text(ledger, actor, started_id, position)
    marks, is_asked = _marks(ledger, started, position)
    number = next_mark(item, marks, is_second_asked=is_asked)
    if number is None:
        raise TextMarkedError("Go on to the next.")
    response = newest_responses(ledger, started).get(position)
    return TextToMark(
        started_id=started_id,
        position=position,
        item=item,
        section=programme_of(ledger, started).section_by_id[item.section],
        text=given_by(response).text,
        mark_no=number,
        has_own=any(mark.actor_id == actor.person_id for mark in marks),
    )


def _find_text(
    ledger: Ledger, actor: Actor, started_id: FactId, position: int
) -> tuple[AttemptStarted, ExtendedTextItem]:
    started = get_fact(ledger, AttemptStarted, started_id, FORM)
    require_other(actor, started.person_id, "mark their own text")
    require(ledger, actor, Right.MARK, Record.RESULTS, started.person_id)
    item = _text_at(ledger, started, position)
    if current_attempt(ledger, started) is None:
        raise UnknownFactError("text handed in", started_id)
    return started, item


def _text_at(ledger: Ledger, started: AttemptStarted, position: int) -> ExtendedTextItem:
    is_place = 0 <= position < len(started.item_ids)
    item = programme_of(ledger, started).item_by_id[started.item_ids[position]] if is_place else None
    if not isinstance(item, ExtendedTextItem):
        raise WrongInputError("Quiz", f"question {position + 1}", "a question answered in a text", "Choose another.")
    return item


def _marks(ledger: Ledger, started: AttemptStarted, position: int) -> tuple[list[TextMark], bool]:
    same = {"started_id": started.fact_id, "position": position}
    marks = ledger.list_facts(TextMark, started.person_id, **same)
    return marks, bool(ledger.list_facts(SecondMarkAsked, started.person_id, **same))


def mark_text(
    ledger: Ledger,
    actor: Actor,
    started_id: FactId,
    position: int,
    levels: Sequence[int],
    *,
    asks_second: bool,
    now: datetime,
) -> TextMark:
    """Mark a text. Once all marks that are asked for are there, the attempt gets its new score.

    Args:
        ledger: Where facts are.
        actor: A trainer of the hub, or its training lead; for the deciding mark the training lead.
        started_id: The form.
        position: The text's place in the form, from 0.
        levels: One for each criterion of the rubric, from 0.
        asks_second: Whether a second person shall mark it before it counts.
        now: The time.

    Raises:
        TextMarkedError: It is settled, or this marker has marked it before.
        WrongInputError: The levels do not fit the rubric.
    """
    require_named(actor, "mark a text")
    started, item = _find_text(ledger, actor, started_id, position)
    marks, is_asked = _marks(ledger, started, position)
    number = next_mark(item, marks, is_second_asked=is_asked)
    if number is None:
        raise TextMarkedError("Go on to the next.")
    if number == DECIDING:
        require(ledger, actor, Right.ADJUDICATE, Record.RESULTS, started.person_id)
    elif any(mark.actor_id == actor.person_id for mark in marks):
        raise TextMarkedError("Somebody else marks it now.")
    mark = TextMark(
        fact_id=derived_fact_id(started_id, f"mark/{position}/{number}"),
        person_id=started.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        started_id=started_id,
        position=position,
        item_id=item.id,
        mark_no=number,
        levels=tidy_levels(item, levels),
    )
    asked = [_ask(started, actor, position, now)] if asks_second and number == FIRST and not is_asked else []
    if not ledger.append(mark, *asked):
        raise TextMarkedError("Go on to the next.")
    _score_anew(ledger, actor, started, mark, now)
    return mark


def ask_second_mark(ledger: Ledger, actor: Actor, started_id: FactId, position: int, now: datetime) -> SecondMarkAsked:
    """Ask that a second person marks a text too; the score stays until then. Who wrote it may ask, and who may mark it.

    Raises:
        UnknownFactError: There is no such form.
        NotAllowedError: It is somebody else's, and the actor may not mark it.
    """
    started = get_fact(ledger, AttemptStarted, started_id, FORM)
    right = Right.APPEAL if actor.person_id == started.person_id else Right.MARK
    require(ledger, actor, right, Record.RESULTS, started.person_id)
    _text_at(ledger, started, position)
    ledger.append(_ask(started, actor, position, now))
    return get_fact(ledger, SecondMarkAsked, derived_fact_id(started_id, f"second/{position}"), "request")


def _ask(started: AttemptStarted, actor: Actor, position: int, now: datetime) -> SecondMarkAsked:
    return SecondMarkAsked(
        fact_id=derived_fact_id(started.fact_id, f"second/{position}"),
        person_id=started.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        started_id=started.fact_id,
        position=position,
    )


def _score_anew(ledger: Ledger, actor: Actor, started: AttemptStarted, mark: TextMark, now: datetime) -> None:
    """Put the new score in the place of the old one; when another new score came first, in the place of that."""
    item = _text_at(ledger, started, mark.position)
    marks, is_asked = _marks(ledger, started, mark.position)
    if next_mark(item, marks, is_second_asked=is_asked) is not None:
        return
    while (old := current_attempt(ledger, started)) is not None:
        score = score_started(ledger, started)
        new = scored_anew(old, score, actor, reason_id=mark.fact_id, correction_id=None)
        if ledger.append(*replacing(old, new, actor, ScoreReason.TEXT_MARKED, now)):
            return
