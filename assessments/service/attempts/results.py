"""What an attempt scores, from the facts: its responses, the marks of its texts, and keys that were corrected."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Final

from assessments.errors import FormVersionGoneError, UnknownVersionError
from assessments.facts import Attempt, AttemptStarted, KeyCorrection, Response, SecondMarkAsked, TextMark
from assessments.items import Given
from assessments.marking import settle
from assessments.ports import Ledger
from assessments.reasons import ScoreReason
from assessments.scoring import FormScore, Knowledge, rules_of, score_form
from assessments.service.amending import amend
from curriculum.ids import ItemId, ProgrammeId
from curriculum.items import ExtendedTextItem, Item, Pool
from curriculum.models import Programme
from people.facts import Change, Fact, FactId
from people.ids import derived_fact_id
from people.models import NOBODY, Actor

FORM: Final = "quiz form"


def programme_of(ledger: Ledger, started: AttemptStarted) -> Programme:
    """Return the version of the programme that a form was drawn from.

    Raises:
        FormVersionGoneError: The store does not hold it.
    """
    try:
        return ledger.programme(started.programme_id, started.version_no)
    except UnknownVersionError as error:
        raise FormVersionGoneError(started.programme_id, started.version_no) from error


def items_of(programme: Programme, started: AttemptStarted) -> tuple[Item, ...]:
    """Return the items of a form by position, worded as they were seen."""
    return tuple(programme.item_by_id[item_id] for item_id in started.item_ids)


def attempt_id(started_id: FactId) -> FactId:
    """Return the one id that the handing in of a form has."""
    return derived_fact_id(started_id, "attempt")


def current_attempt(ledger: Ledger, started: AttemptStarted) -> Attempt | None:
    """Return the attempt on a form as it is scored now; None before it is handed in, or when it was withdrawn."""
    found = ledger.list_facts(Attempt, started.person_id, started_id=started.fact_id)
    return found[-1] if found else None


def newest_responses(ledger: Ledger, started: AttemptStarted) -> dict[int, Response]:
    """Return the newest response to each position of a form; those that came too late are left out."""
    responses = ledger.list_facts(Response, started.person_id, started_id=started.fact_id)
    return {response.position: response for response in responses if not response.is_late}


def late_responses(ledger: Ledger, started: AttemptStarted) -> dict[int, Response]:
    """Return the newest response to each position that came after the time limit: kept, and not counted."""
    responses = ledger.list_facts(Response, started.person_id, started_id=started.fact_id)
    return {response.position: response for response in responses if response.is_late}


def given_by(response: Response | None) -> Given:
    """Return what a response gives to its item; nothing without one."""
    if response is None:
        return Given()
    tries_before = response.n_tries - (response.told_right is not None)
    return Given(response.chosen, response.text, response.certainty, tries_before)


# ---------------------------------------------------------------- what is known beside the responses


def corrections_for(ledger: Ledger, programme: Programme) -> dict[ItemId, KeyCorrection]:
    """Return the newest correction of each item that stands in this version as it stood where it was corrected."""
    found = ledger.list_facts(KeyCorrection, NOBODY, programme_id=programme.head.id)
    newest = {one.item_id: one for one in found}
    return {
        item_id: one
        for item_id, one in newest.items()
        if programme.item_by_id.get(item_id) == _item_at(ledger, programme.head.id, one.version_no, item_id)
    }


def _item_at(ledger: Ledger, programme_id: ProgrammeId, version_no: int, item_id: ItemId) -> Item | None:
    return ledger.programme(programme_id, version_no).item_by_id.get(item_id)


def marks_for(ledger: Ledger, started: AttemptStarted, items: tuple[Item, ...]) -> dict[int, Fraction]:
    """Return the shares of the texts of a form that are settled, by position."""
    if not any(isinstance(item, ExtendedTextItem) for item in items):
        return {}
    same = {"started_id": started.fact_id}
    marks = ledger.list_facts(TextMark, started.person_id, **same)
    asked = {one.position for one in ledger.list_facts(SecondMarkAsked, started.person_id, **same)}
    settled = {
        position: settle(item, [one for one in marks if one.position == position], is_second_asked=position in asked)
        for position, item in enumerate(items)
        if isinstance(item, ExtendedTextItem)
    }
    return {position: share for position, share in settled.items() if share is not None}


# ---------------------------------------------------------------- scores


def score_started(
    ledger: Ledger, started: AttemptStarted, corrections: Mapping[ItemId, KeyCorrection] | None = None
) -> FormScore:
    """Return the score of a form as it stands; `corrections` are those known so far unless others are given."""
    programme = programme_of(ledger, started)
    items = items_of(programme, started)
    given = {position: given_by(response) for position, response in newest_responses(ledger, started).items()}
    keys = corrections_for(ledger, programme) if corrections is None else corrections
    rules = rules_of(programme.blueprint_by_id[started.blueprint_id], started.pool)
    return score_form(items, given, rules, Knowledge(keys, marks_for(ledger, started, items)))


def first_attempt(ledger: Ledger, started: AttemptStarted, now: datetime) -> Attempt:
    """Return the attempt that hands a form in now."""
    score = score_started(ledger, started)
    programme = programme_of(ledger, started)
    return Attempt(
        fact_id=attempt_id(started.fact_id),
        person_id=started.person_id,
        actor_id=started.person_id,
        occurred_at=now,
        programme_id=started.programme_id,
        started_id=started.fact_id,
        blueprint_id=started.blueprint_id,
        counts=started.pool == Pool.COUNTING,
        score=score.score,
        max_score=score.max_score,
        critical_total=score.critical_total,
        critical_missed=score.critical_missed,
        pass_pct=programme.blueprint_by_id[started.blueprint_id].pass_pct,
        items=score.items,
        per_point=score.per_point,
        n_unmarked=score.n_unmarked,
    )


def scored_anew(
    old: Attempt, score: FormScore, actor: Actor, *, reason_id: FactId, correction_id: FactId | None
) -> Attempt:
    """Return the attempt that replaces another of the same instant; `reason_id` is the fact that it follows."""
    return replace(
        old,
        fact_id=derived_fact_id(old.fact_id, f"scored anew/{reason_id}"),
        actor_id=actor.person_id,
        score=score.score,
        max_score=score.max_score,
        critical_total=score.critical_total,
        critical_missed=score.critical_missed,
        items=score.items,
        per_point=score.per_point,
        n_unmarked=score.n_unmarked,
        replaces_id=old.fact_id,
        correction_id=correction_id or old.correction_id,
    )


def replacing(old: Attempt, new: Attempt, actor: Actor, reason: ScoreReason, now: datetime) -> tuple[Fact, Fact]:
    """Return the facts that put a new score in the place of an old one. Who appends them second has come too late."""
    return amend(old, actor, old.fact_id, Change.REPLACED, reason=reason, now=now), new
