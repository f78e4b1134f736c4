"""A form in progress: its questions, what was answered so far, and what may still be done."""

from dataclasses import dataclass
from datetime import datetime

from assessments.facts import Attempt, AttemptStarted, Response
from assessments.items import Given, is_complete, split_order
from assessments.ports import Ledger
from assessments.scoring import feedback_of
from assessments.service.access import get_fact, require_own
from assessments.service.attempts.results import (
    FORM,
    current_attempt,
    given_by,
    items_of,
    late_responses,
    newest_responses,
    programme_of,
)
from assessments.timing import ends_at, is_late
from curriculum.blueprints import Blueprint, Feedback
from curriculum.items import ExtendedTextItem, Item, Option, OptionItem
from curriculum.models import Programme
from people.facts import FactId
from people.models import Actor
from people.rights import Record, Right


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a question stands that tells at once how one did.

    `told_right` is what was said of the newest try, None before the first. `is_closed` says that the answer stays;
    `hints` are those that the tries so far have opened.
    """

    n_tries: int
    n_left: int
    told_right: bool | None
    is_closed: bool
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form with what was answered so far.

    `responses` holds the newest response by position, `late` those that came after the time limit. `first_open` is the
    position to go on with: the first without a whole answer, those marked "come back later" last; the number of items
    when all are answered.
    """

    started: AttemptStarted
    programme: Programme
    items: tuple[Item, ...]
    responses: dict[int, Response]
    late: dict[int, Response]
    attempt: Attempt | None
    first_open: int

    @property
    def blueprint(self) -> Blueprint:
        """Return what the form was drawn from."""
        return self.programme.blueprint_by_id[self.started.blueprint_id]

    @property
    def feedback(self) -> Feedback:
        """Return when people hear how they did."""
        return feedback_of(self.blueprint, self.started.pool)

    @property
    def n_unanswered(self) -> int:
        """Return how many items have no whole answer."""
        return sum(1 for position in range(len(self.items)) if not self.is_answered(position))

    @property
    def ends_at(self) -> datetime | None:
        """Return when the time is up; None without a limit."""
        return ends_at(self.started)

    def is_over(self, now: datetime) -> bool:
        """Return whether what is answered now would come too late."""
        return is_late(self.started, self.blueprint, now)

    def given_at(self, position: int) -> Given:
        """Return what was given to an item so far."""
        return given_by(self.responses.get(position))

    def is_answered(self, position: int) -> bool:
        """Return whether an item has a whole answer."""
        return is_complete(self.items[position], self.given_at(position))

    def orders_at(self, position: int) -> list[tuple[int, ...]]:
        """Return the order in which this form shows each list of an item."""
        return split_order(self.items[position], self.started.option_orders[position])

    def options_at(self, position: int) -> list[tuple[int, Option]]:
        """Return the options of an item as (option number, option), in the order in which this form shows them."""
        item = self.items[position]
        options = item.options if isinstance(item, OptionItem) else ()
        return [(number, options[number]) for order in self.orders_at(position) for number in order if options]

    def standing_at(self, position: int) -> Standing:
        """Return where a question stands that tells at once how one did."""
        return standing_of(self.items[position], self.responses.get(position), self.blueprint, self.feedback)

    def may_check(self, position: int) -> bool:
        """Return whether the trainee can be told now how they did with their answer as it stands."""
        response = self.responses.get(position)
        is_fresh = response is not None and response.told_right is None
        tells = self.feedback is not Feedback.DEFERRED and tells_at_once(self.items[position])
        return tells and is_fresh and self.is_answered(position) and not self.standing_at(position).is_closed


def tells_at_once(item: Item) -> bool:
    """Return whether it can be told at once how somebody did; a text has to be marked first."""
    return not isinstance(item, ExtendedTextItem)


def standing_of(item: Item, newest: Response | None, blueprint: Blueprint, feedback: Feedback) -> Standing:
    """Return where a question stands after its newest response."""
    n_tries = newest.n_tries if newest else 0
    allowed = {Feedback.DEFERRED: 0, Feedback.IMMEDIATE: 1, Feedback.INTERACTIVE: blueprint.tries}[feedback]
    told = newest.told_right if newest else None
    hints = () if isinstance(item, ExtendedTextItem) else item.hints
    return Standing(
        n_tries=n_tries,
        n_left=max(0, allowed - n_tries),
        told_right=told,
        is_closed=told is not None and (told or n_tries >= allowed),
        hints=() if told else hints[:n_tries],
    )


def load_sheet(ledger: Ledger, actor: Actor, started_id: FactId) -> Sheet:
    """Return the actor's own form with the answers so far.

    Raises:
        UnknownFactError: There is no such form.
        NotAllowedError: It is somebody else's.
        FormVersionGoneError: The store does not hold the version that it was drawn from.
    """
    started = get_fact(ledger, AttemptStarted, started_id, FORM)
    require_own(actor, Right.SEE, Record.RESULTS, started.person_id)
    return sheet_of(ledger, started)


def sheet_of(ledger: Ledger, started: AttemptStarted) -> Sheet:
    """Return a form with the answers so far, whoever asks."""
    programme = programme_of(ledger, started)
    items = items_of(programme, started)
    responses = newest_responses(ledger, started)
    return Sheet(
        started=started,
        programme=programme,
        items=items,
        responses=responses,
        late=late_responses(ledger, started) if started.limit_s is not None else {},
        attempt=current_attempt(ledger, started),
        first_open=_first_open(items, responses),
    )


def _first_open(items: tuple[Item, ...], responses: dict[int, Response]) -> int:
    unanswered = [i for i, item in enumerate(items) if not is_complete(item, given_by(responses.get(i)))]
    untouched = [position for position in unanswered if position not in responses]
    return next(iter(untouched or unanswered), len(items))
