"""The stage of the demonstration: a store whose clock is set to each event, and the people by sign-in name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from curriculum.bundle import to_bundle
from curriculum.loading import load_programme
from curriculum.media import load_media
from curriculum.models import Programme
from people.models import Actor, PersonId
from people.service import held_grants
from store.gathering import GatheringStore
from store.ledger import Store


def load_sound(folder: Path) -> Programme:
    """Return the programme of a folder.

    Raises:
        ValueError: It has errors.
    """
    programme, problems = load_programme(folder)
    if programme is None or any(problem.severity == "error" for problem in problems):
        raise ValueError("\n".join(str(problem) for problem in problems))
    return programme


@dataclass(slots=True)
class Clock:
    """A clock that stands where it was set."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the instant it was set to."""
        return self.now

    def wait(self, minutes: float) -> datetime:
        """Move on and return the new instant."""
        self.now += timedelta(minutes=minutes)
        return self.now


@dataclass(slots=True)
class World:
    """The store, its clock, the programme, and everybody by sign-in name. `today` is the day of the last event.

    `media` are the bytes of what the programme shows, by SHA-256.
    """

    store: Store
    clock: Clock
    programme: Programme
    today: date
    people: dict[str, PersonId] = field(default_factory=dict[str, PersonId])
    version_no: int = 0
    media: Mapping[str, bytes] = field(default_factory=dict[str, bytes])

    @classmethod
    def open(cls, programme_folder: Path, today: date) -> "World":
        """Return an empty stage. It stands in memory until it is copied to a file: a commit there waits for no disk.

        Raises:
            ValueError: The shipped programme has errors.
        """
        programme = load_sound(programme_folder)
        clock = Clock(datetime.combine(today, time(8), UTC) - timedelta(days=140))
        store = GatheringStore.memory(clock=clock, zone=programme.head.timezone, is_synthetic=True)
        return cls(store, clock, programme, today, media=load_media(programme_folder, programme.media))

    def actor(self, login: str) -> Actor:
        """Return the person as they would act now."""
        person_id = self.people[login]
        return Actor(person_id, login, held_grants(self.store, person_id, self.clock.now))

    def bundle(self) -> bytes:
        """Return the programme as it is published."""
        return to_bundle(self.programme)

    def instant(self, days_ago: int, hour: int, minute: int = 0) -> datetime:
        """Return an instant by days before today and the time of day where the programme is."""
        zone = ZoneInfo(self.programme.head.timezone)
        return datetime.combine(self.today - timedelta(days=days_ago), time(hour, minute), zone).astimezone(UTC)

    def day(self, days_ago: int) -> date:
        """Return a day before today."""
        return self.today - timedelta(days=days_ago)


@dataclass(slots=True)
class Agenda:
    """What happens when; played in the order of time, whatever the order it was written in."""

    world: World
    events: list[tuple[datetime, int, Callable[[], object]]] = field(
        default_factory=list[tuple[datetime, int, Callable[[], object]]]
    )

    def at(self, days_ago: int, hour: int, act: Callable[[], object], minute: int = 0) -> None:
        """Put an event on the agenda."""
        self.at_instant(self.world.instant(days_ago, hour, minute), act)

    def at_instant(self, instant: datetime, act: Callable[[], object]) -> None:
        """Put an event on the agenda at an instant."""
        self.events.append((instant, len(self.events), act))

    def play(self, tell: Callable[[int, int], None]) -> None:
        """Let everything happen; `tell` hears how many events of how many are done."""
        for number, (when, _, act) in enumerate(sorted(self.events, key=lambda event: event[:2]), start=1):
            self.world.clock.now = when
            act()
            tell(number, len(self.events))
