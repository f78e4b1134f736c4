"""Answering a form, being told at once where a quiz does so, and handing it in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from assessments.corrections import corrected
from assessments.errors import (
    AttemptClosedError,
    ItemClosedError,
    NothingToCheckError,
    PathTakenError,
    WrongInputError,
)
from assessments.facts import Attempt, AttemptStarted, KeyTreatment, Response
from assessments.items import Given, is_complete, tidy_given
from assessments.ports import Ledger
from assessments.scoring import feedback_of, is_right
from assessments.service.access import get_fact, record_once, require_own
from assessments.service.attempts.results import (
    FORM,
    attempt_id,
    corrections_for,
    current_attempt,
    first_attempt,
    given_by,
    programme_of,
)
from assessments.service.attempts.sheets import standing_of, tells_at_once
from assessments.timing import is_late
from curriculum.blueprints import Blueprint, Feedback
from curriculum.items import BranchingItem, ExtendedTextItem, Item
from curriculum.models import Programme
from people.facts import FactId
from people.ids import derived_fact_id, new_fact_id
from people.models import Actor
from people.rights import Record, Right

_MOST_SURE: Final = 3


def record_response(
    ledger: Ledger,
    actor: Actor,
    started_id: FactId,
    position: int,
    chosen: Sequence[int],
    *,
    certainty: int | None,
    is_flagged: bool,
    now: datetime,
    text: str = "",
) -> Response:
    """Record what the actor gave to one item of their form, whole or not; the same again adds nothing.

    An answer that comes after the time limit and its grace is kept, marked late, and does not count.

    Args:
        ledger: Where facts are.
        actor: The trainee.
        started_id: The form.
        position: The item's place in the form, from 0.
        chosen: As in `assessments.items.Given`; empty, as the text, only together with `is_flagged`.
        certainty: 1 (guess) to 3 (sure), or None.
        is_flagged: Come back to it later.
        now: The time.
        text: As in `assessments.items.Given`.

    Raises:
        AttemptClosedError: The form was handed in.
        ItemClosedError: The trainee was told how they did, and the answer stays.
        PathTakenError: A scenario has gone on from what was said.
        WrongInputError: Position, response or certainty do not fit.
    """
    started, programme = _open_form(ledger, actor, started_id)
    if certainty is not None and not 1 <= certainty <= _MOST_SURE:
        raise WrongInputError("Quiz", f"certainty {certainty}", f"1 to {_MOST_SURE}", "Choose how sure you are.")
    item, blueprint = _item_at(programme, started, position), programme.blueprint_by_id[started.blueprint_id]
    given = Given() if is_flagged and not chosen and not text.strip() else tidy_given(item, chosen, text)
    newest = _newest(ledger, started, position)
    if newest and _is_same(newest, given, certainty, is_flagged=is_flagged):
        return newest
    if newest and standing_of(item, newest, blueprint, feedback_of(blueprint, started.pool)).is_closed:
        raise ItemClosedError(position)
    _require_path(item, newest, given, position)
    response = Response(
        fact_id=new_fact_id(),
        person_id=started.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        started_id=started_id,
        position=position,
        item_id=item.id,
        chosen=given.chosen,
        certainty=certainty,
        is_flagged=is_flagged,
        n_tries=newest.n_tries if newest else 0,
        is_late=is_late(started, blueprint, now),
        text=given.text,
    )
    return record_once(ledger, response)


def _open_form(ledger: Ledger, actor: Actor, started_id: FactId) -> tuple[AttemptStarted, Programme]:
    started = get_fact(ledger, AttemptStarted, started_id, FORM)
    require_own(actor, Right.WRITE, Record.RESULTS, started.person_id)
    if ledger.find(Attempt, attempt_id(started_id)) is not None:
        raise AttemptClosedError(started_id)
    return started, programme_of(ledger, started)


def _item_at(programme: Programme, started: AttemptStarted, position: int) -> Item:
    n_items = len(started.item_ids)
    if not 0 <= position < n_items:
        raise WrongInputError("Quiz", f"position {position}", f"0 to {n_items - 1}", "Open the quiz again.")
    return programme.item_by_id[started.item_ids[position]]


def _newest(ledger: Ledger, started: AttemptStarted, position: int) -> Response | None:
    found = ledger.list_facts(Response, started.person_id, started_id=started.fact_id, position=position)
    return found[-1] if found else None


def _is_same(newest: Response, given: Given, certainty: int | None, *, is_flagged: bool) -> bool:
    now_given = (given.chosen, given.text, certainty, is_flagged)
    return (newest.chosen, newest.text, newest.certainty, newest.is_flagged) == now_given


def _require_path(item: Item, newest: Response | None, given: Given, position: int) -> None:
    """Return unless a scenario's path would be taken back; after a try that was told about, it begins anew."""
    if not isinstance(item, BranchingItem) or newest is None or newest.told_right is not None:
        return
    if given.chosen[: len(newest.chosen)] != newest.chosen:
        raise PathTakenError(position)


def check_response(ledger: Ledger, actor: Actor, started_id: FactId, position: int, now: datetime) -> Response:
    """Tell the actor how they did on an item as it is answered now; a double click counts as one try.

    Returns:
        The response with what they were told.

    Raises:
        AttemptClosedError: The form was handed in.
        NothingToCheckError: There is no whole answer, or the quiz tells only at its end.
    """
    started, programme = _open_form(ledger, actor, started_id)
    item, blueprint = _item_at(programme, started, position), programme.blueprint_by_id[started.blueprint_id]
    newest = _newest(ledger, started, position)
    if newest is not None and newest.told_right is not None:
        return newest
    if newest is None or not _may_check(item, newest, blueprint, started):
        raise NothingToCheckError(position)
    told = replace(
        newest,
        fact_id=derived_fact_id(started_id, f"told/{position}/{newest.n_tries + 1}"),
        occurred_at=now,
        n_tries=newest.n_tries + 1,
        told_right=_was_right(ledger, programme, item, newest),
        is_late=is_late(started, blueprint, now),
    )
    return record_once(ledger, told)


def _may_check(item: Item, newest: Response, blueprint: Blueprint, started: AttemptStarted) -> bool:
    feedback = feedback_of(blueprint, started.pool)
    return feedback is not Feedback.DEFERRED and tells_at_once(item) and is_complete(item, given_by(newest))


def _was_right(ledger: Ledger, programme: Programme, item: Item, response: Response) -> bool:
    if isinstance(item, ExtendedTextItem):
        return False
    correction = corrections_for(ledger, programme).get(item.id)
    if correction is not None and correction.treatment is KeyTreatment.FULL_POINTS:
        return True
    return is_right(corrected(item, correction), given_by(response))


def submit_attempt(ledger: Ledger, actor: Actor, started_id: FactId, now: datetime) -> Attempt:
    """Hand in the actor's form and return its score; unanswered items score nothing. A second time changes nothing.

    Raises:
        UnknownFactError: There is no such form.
        NotAllowedError: It is somebody else's.
        FormVersionGoneError: The store does not hold the version that it was drawn from.
    """
    started = get_fact(ledger, AttemptStarted, started_id, FORM)
    require_own(actor, Right.WRITE, Record.RESULTS, started.person_id)
    found = ledger.find(Attempt, attempt_id(started_id))
    if found is not None:
        return current_attempt(ledger, started) or found
    return record_once(ledger, first_attempt(ledger, started, now))
