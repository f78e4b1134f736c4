"""Looking back at a submitted attempt; the key is kept back while another attempt may come."""

from dataclasses import dataclass
from datetime import datetime

from assessments.facts import Attempt, AttemptStarted, ItemScore, Response
from assessments.items import right_choice
from assessments.ports import Ledger
from assessments.scoring import has_passed
from assessments.service.access import (
    get_fact,
    require,
)
from assessments.service.attempts.sheets import FORM, newest_responses
from assessments.service.attempts.starting import attempt_window
from curriculum.models import Item, Programme, Section
from people.facts import FactId
from people.models import Actor
from people.rights import Record, Right


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One item of a submitted attempt, looked at again.

    `key` and `rationales` (by option number) are None as long as they are kept back.
    """

    position: int
    item: Item
    chosen: tuple[int, ...]
    option_order: tuple[int, ...]
    points: int
    max_points: int
    section: Section
    key: tuple[int, ...] | None
    rationales: tuple[str, ...] | None

    @property
    def is_right(self) -> bool:
        """Return whether the item got its points."""
        return self.points == self.max_points


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted attempt, item by item. `is_key_shown` after a pass, after the last attempt, and in practice."""

    attempt: Attempt
    started: AttemptStarted
    programme: Programme
    is_passed: bool
    is_key_shown: bool
    items: tuple[ReviewItem, ...]


def review_attempt(ledger: Ledger, actor: Actor, attempt_id: FactId, now: datetime) -> Review:
    """Return a submitted attempt item by item: right or wrong, and the section that each item rests on.

    Key and rationales come after a pass, after the last attempt, and always in practice.

    Raises:
        UnknownFactError: There is no such attempt.
        NotAllowedError: The actor may not see the person's results.
    """
    attempt = get_fact(ledger, Attempt, attempt_id, "attempt")
    require(ledger, actor, Right.SEE, Record.RESULTS, attempt.person_id)
    started = get_fact(ledger, AttemptStarted, attempt.started_id, FORM)
    programme = ledger.programme(started.programme_id, started.version_no)
    shows_key = not attempt.counts or _is_over(ledger, attempt, now)
    responses = newest_responses(ledger, started)
    return Review(
        attempt=attempt,
        started=started,
        programme=programme,
        is_passed=has_passed(attempt),
        is_key_shown=shows_key,
        items=tuple(_review_item(programme, started, responses, score, shows_key) for score in attempt.items),
    )


def _is_over(ledger: Ledger, attempt: Attempt, now: datetime) -> bool:
    return attempt_window(ledger, attempt.person_id, attempt.programme_id, attempt.blueprint_id, now).is_over


def _review_item(
    programme: Programme, started: AttemptStarted, responses: dict[int, Response], score: ItemScore, shows_key: bool
) -> ReviewItem:
    item = programme.item_by_id[score.item_id]
    response = responses.get(score.position)
    return ReviewItem(
        position=score.position,
        item=item,
        chosen=response.chosen if response else (),
        option_order=started.option_orders[score.position],
        points=score.points,
        max_points=score.max_points,
        section=programme.section_by_id[item.section],
        key=right_choice(item) if shows_key else None,
        rationales=tuple(option.rationale for option in item.options) if shows_key else None,
    )
