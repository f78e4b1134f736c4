"""A hub whose people arrange meetings. It is Monday, 10 March 2025, ten o'clock in London."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from assessments.facts import Mode
from assessments.meetings import Meeting
from assessments.service import support
from assessments.service.support.known import get_meeting
from assessments.support import FreeWindow, MeetingOffered
from curriculum.bundle import to_bundle
from people.models import Actor
from store.ledger import Store
from tests.assessments.world import World, make_world_on
from tests.builders import NOW, PROGRAMME, make_programme
from tests.fake_ledger import FakeLedger

LONDON = "Europe/London"
TUESDAY = date(2025, 3, 11)
SIX = 18 * 60


@dataclass
class Hub:
    """The world, and short ways to do what most tests begin with."""

    world: World
    now: datetime = NOW

    @property
    def store(self) -> Store:
        return self.world.ledger  # type: ignore[return-value]

    def wait(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now

    def free(self, person: Actor, *windows: tuple[int, int, int], **changes: Any) -> None:
        """Say when somebody is free; Tuesday evening when nothing is said."""
        stretches = [FreeWindow(*window) for window in windows or ((1, SIX, SIX + 180),)]
        given: dict[str, Any] = {"zone": LONDON, "now": self.now} | changes
        modes = given.pop("modes", (Mode.IN_PERSON, Mode.PHONE))
        support.say_when_free(self.store, person, stretches, modes, **given)

    def offer(self, person: Actor | None = None, actor: Actor | None = None, **changes: Any) -> MeetingOffered:
        """Let the trainer offer the trainee Tuesday at six, by phone."""
        given: dict[str, Any] = {
            "day": TUESDAY,
            "start_minute": SIX,
            "minutes": 45,
            "mode": Mode.PHONE,
            "now": self.now,
        }
        person_id = (person or self.world.trainee).person_id
        return support.offer_meeting(self.store, actor or self.world.trainer, person_id, PROGRAMME, **given | changes)

    def book(self, offer: MeetingOffered, person: Actor | None = None) -> None:
        support.book_meeting(self.store, person or self.world.trainee, offer.fact_id, self.now)

    def meeting(self, offer: MeetingOffered) -> Meeting:
        return get_meeting(self.store, offer.fact_id)


@pytest.fixture
def hub() -> Hub:
    """On the small ledger in memory: milliseconds."""
    return Hub(make_world_on(FakeLedger(make_programme())))


@pytest.fixture
def stored() -> Iterator[Hub]:
    """The same on the store."""
    made: list[Hub] = []
    store = Store.memory(clock=lambda: made[0].now if made else NOW)
    programme = make_programme()
    store.publish(programme, to_bundle(programme))
    made.append(Hub(make_world_on(store)))
    yield made[0]
    store.close()
