"""Refreshers: what a trainee is asked again, which question comes next, and what they answered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from assessments.errors import WrongInputError
from assessments.facts import Attempt, RefresherAnswer, Response
from assessments.items import is_complete, tidy_given
from assessments.ports import Ledger
from assessments.refreshers import LogEntry, Topic, next_due, worst_first
from assessments.scoring import is_right
from assessments.service.access import get_enrolment, get_part, record_once, require, require_own
from curriculum.ids import ItemId, ProgrammeId, SectionId
from curriculum.items import ExtendedTextItem, Item, Pool
from curriculum.models import Programme, Refreshers
from people.facts import FactId
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

_SURE = 3
_WEEK = timedelta(days=7)


def list_topics(ledger: Ledger, actor: Actor, person_id: PersonId, programme_id: ProgrammeId) -> list[Topic]:
    """Return the sections that a person refreshes: those of critical questions met, and those missed; worst first.

    Raises:
        NotAllowedError: The actor may not see the person's results.
        NotEnrolledError: The person is not in the programme.
    """
    require(ledger, actor, Right.SEE, Record.RESULTS, person_id)
    enrolment = get_enrolment(ledger, person_id, programme_id)
    programme = ledger.programme(programme_id, enrolment.version_no)
    logs = _logs(ledger, person_id, programme_id)
    found: dict[SectionId, Topic] = {}
    for attempt in ledger.list_facts(Attempt, person_id, counts=True, programme_id=programme_id):
        if programme.is_before_teaching(attempt.blueprint_id):
            continue
        sure = _sure_of(ledger, attempt)
        for score in attempt.items:
            item = programme.item_by_id.get(score.item_id)
            is_missed = score.max_points > 0 and not score.was_right and score.is_right is not None
            if item is not None and (item.critical or is_missed) and questions_for(programme, item.section):
                was_sure = is_missed and score.position in sure
                _note(found, item, attempt.occurred_at, is_missed=is_missed, was_sure=was_sure)
    plan = programme.head.refreshers
    return sorted((_dated(topic, logs.get(topic.section_id, []), plan) for topic in found.values()), key=worst_first)


def _sure_of(ledger: Ledger, attempt: Attempt) -> set[int]:
    """Return the positions of an attempt that were answered as sure."""
    responses = ledger.list_facts(Response, attempt.person_id, started_id=attempt.started_id)
    newest = {response.position: response for response in responses if not response.is_late}
    return {position for position, response in newest.items() if response.certainty == _SURE}


def _note(found: dict[SectionId, Topic], item: Item, at: datetime, *, is_missed: bool, was_sure: bool) -> None:
    known = found.get(item.section)
    found[item.section] = Topic(
        section_id=item.section,
        since=known.since if known else at,
        is_critical=item.critical is not None or (known is not None and known.is_critical),
        is_missed=is_missed or (known is not None and known.is_missed),
        was_sure=was_sure or (known is not None and known.was_sure),
        due_at=at,
        n_answers=0,
    )


def _dated(topic: Topic, log: Sequence[RefresherAnswer], plan: Refreshers) -> Topic:
    entries = [LogEntry(one.occurred_at, one.is_right) for one in log]
    return replace(topic, due_at=next_due(topic.since, entries, plan), n_answers=len(entries))


def _logs(ledger: Ledger, person_id: PersonId, programme_id: ProgrammeId) -> Mapping[SectionId, list[RefresherAnswer]]:
    logs: dict[SectionId, list[RefresherAnswer]] = {}
    for one in ledger.list_facts(RefresherAnswer, person_id, programme_id=programme_id):
        logs.setdefault(one.section_id, []).append(one)
    return logs


def questions_for(programme: Programme, section_id: SectionId) -> list[Item]:
    """Return the practice questions on a section; when there are none, those on its chapter."""
    practice: list[Item] = [
        item for item in programme.items if item.pool is Pool.PRACTICE and not isinstance(item, ExtendedTextItem)
    ]
    on_section = [item for item in practice if item.section == section_id]
    chapter = programme.section_by_id[section_id].chapter
    return on_section or [item for item in practice if programme.section_by_id[item.section].chapter == chapter]


def list_due(ledger: Ledger, actor: Actor, programme_id: ProgrammeId, now: datetime) -> list[Topic]:
    """Return what is due for the actor now, worst first, and no more than a week's share that is left."""
    topics = list_topics(ledger, actor, actor.person_id, programme_id)
    enrolment = get_enrolment(ledger, actor.person_id, programme_id)
    share = ledger.programme(programme_id, enrolment.version_no).head.refreshers.a_week
    answers = ledger.list_facts(RefresherAnswer, actor.person_id, programme_id=programme_id)
    n_left = share - sum(one.occurred_at > now - _WEEK for one in answers)
    return [topic for topic in topics if topic.due_at <= now][: max(0, n_left)]


def next_question(ledger: Ledger, actor: Actor, programme_id: ProgrammeId, section_id: SectionId) -> Item:
    """Return the question that the actor is asked next on a section: one they were asked least often.

    Raises:
        UnknownPartError: There is no such section.
    """
    require_own(actor, Right.SEE, Record.RESULTS, actor.person_id)
    enrolment = get_enrolment(ledger, actor.person_id, programme_id)
    programme = ledger.programme(programme_id, enrolment.version_no)
    get_part(programme, programme.section_by_id, "section", section_id)
    log = ledger.list_facts(RefresherAnswer, actor.person_id, programme_id=programme_id, section_id=section_id)
    asked = [one.item_id for one in log]
    items = questions_for(programme, section_id)
    Random(f"{actor.person_id} {section_id} {len(log)}").shuffle(items)
    return min(items, key=lambda item: asked.count(item.id))


def record_refresher(
    ledger: Ledger,
    actor: Actor,
    programme_id: ProgrammeId,
    section_id: SectionId,
    item_id: ItemId,
    *,
    chosen: Sequence[int],
    text: str,
    now: datetime,
    fact_id: FactId | None = None,
) -> RefresherAnswer:
    """Record what the actor answered; the same id again adds nothing. It never counts for a gate.

    Raises:
        UnknownPartError: There is no such section or question.
        WrongInputError: It is no whole answer, or no practice question.
    """
    require_own(actor, Right.WRITE, Record.RESULTS, actor.person_id)
    enrolment = get_enrolment(ledger, actor.person_id, programme_id)
    programme = ledger.programme(programme_id, enrolment.version_no)
    get_part(programme, programme.section_by_id, "section", section_id)
    item = get_part(programme, programme.item_by_id, "question", item_id)
    given = tidy_given(item, chosen, text)
    if item not in questions_for(programme, section_id) or not is_complete(item, given):
        raise WrongInputError(
            f"Item `{item_id}`", "no whole answer", "an answer to a practice question", "Answer it first."
        )
    answer = RefresherAnswer(
        fact_id=fact_id or new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        programme_id=programme_id,
        version_no=enrolment.version_no,
        section_id=section_id,
        item_id=item_id,
        chosen=given.chosen,
        text=given.text,
        is_right=is_right(item, given),
    )
    return record_once(ledger, answer)
