"""Answering a form and handing it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assessments.errors import (
    AttemptClosedError,
    WrongInputError,
)
from assessments.facts import Attempt, AttemptStarted, Response
from assessments.items import tidy_choice
from assessments.ports import Ledger
from assessments.scoring import score_form
from assessments.service.access import (
    get_fact,
    record_once,
    require_own,
)
from curriculum.models import Item, Option, Pool, Programme
from people.facts import FactId
from people.ids import derived_fact_id, new_fact_id
from people.models import Actor
from people.rights import Record, Right

FORM: Final = "quiz form"
_MOST_SURE: Final = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form with what was answered so far.

    `responses` holds the newest response by position. `first_open` is the position to go on with: the first without an
    answer, those marked "come back later" last; the number of items when all are answered.
    """

    started: AttemptStarted
    programme: Programme
    items: tuple[Item, ...]
    responses: dict[int, Response]
    attempt: Attempt | None
    first_open: int

    @property
    def n_unanswered(self) -> int:
        """Return how many items have no answer."""
        return sum(1 for position in range(len(self.items)) if not _is_answered(self.responses, position))

    def options_at(self, position: int) -> list[tuple[int, Option]]:
        """Return the options of an item as (option number, option), in the order in which this form shows them."""
        options = self.items[position].options
        return [(number, options[number]) for number in self.started.option_orders[position]]


def load_sheet(ledger: Ledger, actor: Actor, started_id: FactId) -> Sheet:
    """Return the actor's own form with the answers so far.

    Raises:
        UnknownFactError: There is no such form.
        NotAllowedError: It is somebody else's.
    """
    started = get_fact(ledger, AttemptStarted, started_id, FORM)
    require_own(actor, Right.SEE, Record.RESULTS, started.person_id)
    programme = ledger.programme(started.programme_id, started.version_no)
    responses = newest_responses(ledger, started)
    return Sheet(
        started=started,
        programme=programme,
        items=_items_of(programme, started),
        responses=responses,
        attempt=next(iter(ledger.list_facts(Attempt, started.person_id, started_id=started_id)), None),
        first_open=_first_open(len(started.item_ids), responses),
    )


def _items_of(programme: Programme, started: AttemptStarted) -> tuple[Item, ...]:
    return tuple(programme.item_by_id[item_id] for item_id in started.item_ids)


def _attempt_id(started_id: FactId) -> FactId:
    return derived_fact_id(started_id, "attempt")


def newest_responses(ledger: Ledger, started: AttemptStarted) -> dict[int, Response]:
    """Return the newest response to each position of a form."""
    responses = ledger.list_facts(Response, started.person_id, started_id=started.fact_id)
    return {response.position: response for response in responses}


def _is_answered(responses: dict[int, Response], position: int) -> bool:
    return position in responses and bool(responses[position].chosen)


def _first_open(n_items: int, responses: dict[int, Response]) -> int:
    unanswered = [position for position in range(n_items) if not _is_answered(responses, position)]
    untouched = [position for position in unanswered if position not in responses]
    return next(iter(untouched or unanswered), n_items)


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
) -> Response:
    """Record what the actor chose for one item of their form; the same again adds nothing.

    Args:
        ledger: Where facts are.
        actor: The trainee.
        started_id: The form.
        position: The item's place in the form, from 0.
        chosen: Option numbers of the item as written; empty only together with `is_flagged`.
        certainty: 1 (guess) to 3 (sure), or None.
        is_flagged: Come back to it later.
        now: The time.

    Raises:
        AttemptClosedError: The form was handed in.
        WrongInputError: Position, choice or certainty do not fit.
    """
    started = get_fact(ledger, AttemptStarted, started_id, FORM)
    require_own(actor, Right.WRITE, Record.RESULTS, started.person_id)
    if ledger.find(Attempt, _attempt_id(started_id)) is not None:
        raise AttemptClosedError(started_id)
    if certainty is not None and not 1 <= certainty <= _MOST_SURE:
        raise WrongInputError("Quiz", f"certainty {certainty}", f"1 to {_MOST_SURE}", "Choose how sure you are.")
    choice = _tidy_response(ledger, started, position, chosen, is_flagged)
    earlier = ledger.list_facts(Response, started.person_id, started_id=started_id, position=position)
    newest = earlier[-1] if earlier else None
    if newest and (newest.chosen, newest.certainty, newest.is_flagged) == (choice, certainty, is_flagged):
        return newest
    response = Response(
        fact_id=new_fact_id(),
        person_id=started.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        started_id=started_id,
        position=position,
        item_id=started.item_ids[position],
        chosen=choice,
        certainty=certainty,
        is_flagged=is_flagged,
    )
    return record_once(ledger, response)


def _tidy_response(
    ledger: Ledger, started: AttemptStarted, position: int, chosen: Sequence[int], is_flagged: bool
) -> tuple[int, ...]:
    n_items = len(started.item_ids)
    if not 0 <= position < n_items:
        raise WrongInputError("Quiz", f"position {position}", f"0 to {n_items - 1}", "Open the quiz again.")
    if not chosen and is_flagged:
        return ()
    programme = ledger.programme(started.programme_id, started.version_no)
    return tidy_choice(programme.item_by_id[started.item_ids[position]], chosen)


def submit_attempt(ledger: Ledger, actor: Actor, started_id: FactId, now: datetime) -> Attempt:
    """Hand in the actor's form and return its score; unanswered items score nothing. A second time changes nothing.

    Raises:
        UnknownFactError: There is no such form.
        NotAllowedError: It is somebody else's.
    """
    started = get_fact(ledger, AttemptStarted, started_id, FORM)
    require_own(actor, Right.WRITE, Record.RESULTS, started.person_id)
    found = ledger.find(Attempt, _attempt_id(started_id))
    return found if found is not None else record_once(ledger, _score(ledger, started, now))


def _score(ledger: Ledger, started: AttemptStarted, now: datetime) -> Attempt:
    programme = ledger.programme(started.programme_id, started.version_no)
    chosen = {position: response.chosen for position, response in newest_responses(ledger, started).items()}
    score = score_form(_items_of(programme, started), chosen)
    return Attempt(
        fact_id=_attempt_id(started.fact_id),
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
    )
