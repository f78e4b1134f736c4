"""Looking back at a submitted attempt; the key is kept back while another attempt may come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assessments.corrections import corrected
from assessments.errors import UnknownFactError
from assessments.facts import Attempt, AttemptStarted, ItemScore, KeyCorrection, Response, TextMark
from assessments.items import Given, right_given, split_order
from assessments.ports import Ledger
from assessments.scoring import has_passed
from assessments.service.access import get_fact, require
from assessments.service.attempts.results import (
    FORM,
    current_attempt,
    given_by,
    late_responses,
    newest_responses,
    programme_of,
)
from assessments.service.attempts.starting import attempt_window
from curriculum.blueprints import Blueprint
from curriculum.ids import ItemId
from curriculum.items import ExtendedTextItem, Item, OptionItem
from curriculum.models import Programme, Section
from people.facts import FactId
from people.models import Actor
from people.rights import Record, Right


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One item of a submitted attempt, looked at again, worded as it was seen.

    `given` is what counted, `late` what came after the time limit. `points` and `max_points` are in the attempt's unit.
    `key` is a right response, and `rationales` (by option number) the reasons; both None as long as they are kept back.
    `marks` are those of a text. What counts nothing, such as a text in practice, has no points and is neither right nor
    unmarked.
    """

    position: int
    item: Item
    given: Given
    late: Given | None
    orders: tuple[tuple[int, ...], ...]
    points: int
    max_points: int
    is_right: bool
    is_unmarked: bool
    section: Section
    key: Given | None
    rationales: tuple[str, ...] | None
    correction: KeyCorrection | None
    marks: tuple[TextMark, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted attempt, item by item. `is_key_shown` after a pass, after the last attempt, and in practice.

    `earlier` are the scores that it had before, the oldest first.
    """

    attempt: Attempt
    started: AttemptStarted
    programme: Programme
    is_passed: bool
    is_key_shown: bool
    items: tuple[ReviewItem, ...]
    earlier: tuple[Attempt, ...]

    @property
    def blueprint(self) -> Blueprint:
        """Return what the form was drawn from."""
        return self.programme.blueprint_by_id[self.started.blueprint_id]


def review_attempt(ledger: Ledger, actor: Actor, attempt_id: FactId, now: datetime) -> Review:
    """Return a submitted attempt item by item: right or wrong, and the section that each item rests on.

    An attempt that was scored anew is shown with its score of now, whichever of its scores is asked for. Key and
    rationales come after a pass, after the last attempt, and always in practice.

    Raises:
        UnknownFactError: There is no such attempt, or it was withdrawn.
        NotAllowedError: The actor may not see the person's results.
        FormVersionGoneError: The store does not hold the version that it was drawn from.
    """
    asked = ledger.find(Attempt, attempt_id)
    if asked is None:
        raise UnknownFactError("attempt", attempt_id)
    require(ledger, actor, Right.SEE, Record.RESULTS, asked.person_id)
    started = get_fact(ledger, AttemptStarted, asked.started_id, FORM)
    attempt = current_attempt(ledger, started)
    if attempt is None:
        raise UnknownFactError("attempt", attempt_id)
    return _review(ledger, attempt, started, now)


def _review(ledger: Ledger, attempt: Attempt, started: AttemptStarted, now: datetime) -> Review:
    programme = programme_of(ledger, started)
    shows_key = not attempt.counts or _is_over(ledger, attempt, now)
    reader = _Reader(ledger, programme, started, shows_key=shows_key)
    earlier = tuple(_earlier(ledger, attempt))
    keys = _corrections_of(ledger, (*earlier, attempt))
    return Review(
        attempt=attempt,
        started=started,
        programme=programme,
        is_passed=has_passed(attempt),
        is_key_shown=shows_key,
        items=tuple(reader.item(score, keys.get(score.item_id)) for score in attempt.items),
        earlier=earlier,
    )


def _is_over(ledger: Ledger, attempt: Attempt, now: datetime) -> bool:
    return attempt_window(ledger, attempt.person_id, attempt.programme_id, attempt.blueprint_id, now).is_over


def _earlier(ledger: Ledger, attempt: Attempt) -> list[Attempt]:
    found: list[Attempt] = []
    while attempt.replaces_id is not None and (before := ledger.find(Attempt, attempt.replaces_id)) is not None:
        found.insert(0, before)
        attempt = before
    return found


def _corrections_of(ledger: Ledger, attempts: tuple[Attempt, ...]) -> Mapping[ItemId, KeyCorrection]:
    """Return the corrected keys by which an attempt was scored anew, the newest of an item."""
    ids = dict.fromkeys(one.correction_id for one in attempts if one.correction_id is not None)
    found = (ledger.find(KeyCorrection, id_) for id_ in ids)
    return {one.item_id: one for one in found if one is not None}


class _Reader:
    """Puts together what is shown of each item of an attempt."""

    def __init__(self, ledger: Ledger, programme: Programme, started: AttemptStarted, *, shows_key: bool) -> None:
        self._programme = programme
        self._started = started
        self._shows_key = shows_key
        self._responses: dict[int, Response] = newest_responses(ledger, started)
        self._late: dict[int, Response] = late_responses(ledger, started)
        self._marks = ledger.list_facts(TextMark, started.person_id, started_id=started.fact_id)

    def item(self, score: ItemScore, correction: KeyCorrection | None) -> ReviewItem:
        """Return one item as it is shown."""
        item, position = self._programme.item_by_id[score.item_id], score.position
        late = self._late.get(position)
        is_text = isinstance(item, ExtendedTextItem)
        return ReviewItem(
            position=position,
            item=item,
            given=given_by(self._responses.get(position)),
            late=given_by(late) if late else None,
            orders=tuple(split_order(item, self._started.option_orders[position])),
            points=score.points,
            max_points=score.max_points,
            is_right=score.was_right and score.max_points > 0,
            is_unmarked=is_text and score.is_right is None and score.max_points > 0,
            section=self._programme.section_by_id[item.section],
            key=right_given(item if is_text else corrected(item, correction)) if self._shows_key else None,
            rationales=_rationales(item) if self._shows_key else None,
            correction=correction,
            marks=tuple(mark for mark in self._marks if mark.position == position),
        )


def _rationales(item: Item) -> tuple[str, ...]:
    return tuple(option.rationale for option in item.options) if isinstance(item, OptionItem) else ()
