"""How random facts are written down and delivered: when things happen, and when they are recorded."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Final, TypeVar
from uuid import UUID

from people.facts import Fact, FactId
from tests.readiness.past import Recorded

F = TypeVar("F", bound=Fact)

FIRST_DAY: Final = date(2027, 10, 1)
LAST_DAY: Final = date(2028, 11, 10)
ODD_DAYS: Final = (
    date(2028, 2, 28),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2028, 3, 25),
    date(2028, 3, 26),
    date(2028, 3, 27),
    date(2028, 10, 28),
    date(2028, 10, 29),
    date(2028, 10, 30),
    date(2028, 8, 31),
)
"""Leap day, the days the clocks change in London, and a day that many months lack."""
CLOCKS: Final = (
    time(0, 0),
    time(0, 59, 59, 999999),
    time(1, 0),
    time(9, 30),
    time(14, 0),
    time(22, 59, 59, 999999),
    time(23, 0),
    time(23, 59, 59, 999999),
)
"""Times of day (UTC) around midnight in London, summer and winter."""
RECORDED_AT: Final = tuple(
    datetime(2027, 9, 29, 23, 30, tzinfo=UTC) + n * timedelta(days=3, hours=7) for n in range(170)
)
"""The instants at which anything is delivered, so that a store can take many facts in one append."""


@dataclass(slots=True)
class Draft:
    """A fact and the delivery that it goes into."""

    fact: Fact
    recorded_at: datetime


@dataclass(slots=True)
class Pen:
    """Writes the facts of one world, in any order; `finish` brings them into the order of arrival."""

    rng: Random
    drafts: list[Draft] = field(default_factory=list)

    def new_id(self) -> FactId:
        """Return a fresh id that follows from the seed."""
        return FactId(UUID(int=self.rng.getrandbits(128), version=4))

    def moment(self, first: date = FIRST_DAY, last: date = LAST_DAY) -> datetime:
        """Return an instant between two days, often an odd one."""
        odd = [day for day in ODD_DAYS if first <= day <= last]
        if odd and self.rng.random() < 0.3:
            day = self.rng.choice(odd)
        else:
            span = max((last - first).days, 0)
            day = first + timedelta(days=min(self.rng.randint(0, span), self.rng.randint(0, span)))
        return datetime.combine(day, self.rng.choice(CLOCKS), UTC)

    def write(self, fact: F, not_before: datetime | None = None) -> F:
        """Record a fact: mostly soon after it happened, at times much later, now and then beforehand."""
        chance = self.rng.random()
        delay = timedelta(days=self.rng.randint(5, 120)) if chance < 0.15 else timedelta()
        delay = timedelta(days=-self.rng.randint(1, 20)) if chance > 0.98 else delay
        earliest = max(fact.occurred_at + delay, not_before or fact.occurred_at + delay)
        self.drafts.append(Draft(fact, _delivery_from(earliest)))
        return fact

    def write_beside(self, draft: Draft, *facts: Fact) -> None:
        """Record facts in the same delivery as another one."""
        self.drafts.extend(Draft(fact, draft.recorded_at) for fact in facts)

    def finish(self) -> list[Recorded]:
        """Return the facts in the order of arrival; what was written first goes first within a delivery."""
        ordered = sorted(self.drafts, key=lambda draft: draft.recorded_at)
        return [Recorded(draft.fact, draft.recorded_at, order) for order, draft in enumerate(ordered)]


def _delivery_from(earliest: datetime) -> datetime:
    return next((at for at in RECORDED_AT if at >= earliest), RECORDED_AT[-1])
