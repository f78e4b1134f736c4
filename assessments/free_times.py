"""When somebody is free: the ordinary week, the days on which it is otherwise, what is taken, and the pieces left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from assessments.facts import Mode
from assessments.local_time import DayPart, Span, clock_words, edge_of, part_of_day, wall_of
from assessments.support import Availability, FreeException
from people.models import PersonId

DEFAULT_GROUP: Final = 6
"""How many fit in a group meeting of a supervisor who has not said."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of a supervisor's free time, by their clock. `n_places` is how many it takes at the most.

    `modes` are the ways in which it can be used: alone in any of them but a group, or several together in a group.
    """

    supervisor_id: PersonId
    day: date
    start_minute: int
    zone: str
    minutes: int
    modes: frozenset[Mode]
    languages: frozenset[str]
    n_places: int
    starts_at: datetime

    @property
    def span(self) -> Span:
        """Return from when to when it is."""
        return Span(self.starts_at, self.starts_at + timedelta(minutes=self.minutes))

    @property
    def end_minute(self) -> int:
        """Return the minute at which it ends by the clock."""
        return wall_of(self.span.ends_at, self.zone)[1]

    @property
    def part(self) -> DayPart:
        """Return the part of the day."""
        return part_of_day(self.day.weekday(), self.start_minute, self.start_minute + self.minutes)

    @property
    def clock(self) -> str:
        """Return when it begins, as on a clock."""
        return clock_words(self.start_minute)


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """What a person has said about when they are free; `availability` is None for who has said nothing."""

    availability: Availability | None
    exceptions: Sequence[FreeException] = ()

    def spans(self, first: date, last: date) -> list[Span]:
        """Return when the person is free from one day to another, both included, in the order of time."""
        spans = _ordinary(self.availability, first, last) if self.availability is not None else []
        for exception in self.exceptions:
            span = _edges(exception.day_on, exception.start_minute, exception.end_minute, exception.zone)
            if first <= exception.day_on <= last and span is not None:
                spans = [*spans, span] if exception.is_free else without(spans, [span])
        return _merged(spans)


def _ordinary(availability: Availability, first: date, last: date) -> list[Span]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    found = (
        _edges(day, window.start_minute, window.end_minute, availability.zone)
        for day in days
        for window in availability.windows
        if window.weekday == day.weekday()
    )
    return [span for span in found if span is not None]


def _edges(day: date, start_minute: int, end_minute: int, zone: str) -> Span | None:
    """Return the stretch of the day; None when the change of clocks leaves nothing of it."""
    span = Span(edge_of(day, start_minute, zone), edge_of(day, end_minute, zone))
    return span if span.starts_at < span.ends_at else None


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.starts_at <= found[-1].ends_at:
            found[-1] = Span(found[-1].starts_at, max(found[-1].ends_at, span.ends_at))
        else:
            found.append(span)
    return found


def without(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """Return what is left of the spans when others are taken out."""
    left = list(spans)
    for hole in taken:
        left = [piece for span in left for piece in _around(span, hole)]
    return left


def _around(span: Span, hole: Span) -> list[Span]:
    if not span.overlaps(hole):
        return [span]
    pieces = (Span(span.starts_at, hole.starts_at), Span(hole.ends_at, span.ends_at))
    return [piece for piece in pieces if piece.starts_at < piece.ends_at]


def cut(spans: Iterable[Span], minutes: int) -> list[Span]:
    """Return pieces of that length, one after the other from the beginning of each span."""
    length = timedelta(minutes=minutes)
    pieces: list[Span] = []
    for span in spans:
        starts_at = span.starts_at
        while starts_at + length <= span.ends_at:
            pieces.append(Span(starts_at, starts_at + length))
            starts_at += length
    return pieces


def open_slots(
    supervisor_id: PersonId,
    free: FreeTimes,
    taken: Iterable[Span],
    *,
    minutes: int,
    first: date,
    last: date,
    not_before: datetime,
) -> list[Slot]:
    """Return the pieces of a supervisor's free time that nothing takes, in the order of time.

    Args:
        supervisor_id: Whose.
        free: What they have said.
        taken: Their meetings.
        minutes: How long a meeting is.
        first: The first day.
        last: The last day.
        not_before: What begins then or earlier is left out.
    """
    availability = free.availability
    if availability is None:
        return []
    pieces = cut(without(free.spans(first, last), taken), minutes)
    return [_slot(supervisor_id, availability, piece, minutes) for piece in pieces if piece.starts_at > not_before]


def _slot(supervisor_id: PersonId, availability: Availability, piece: Span, minutes: int) -> Slot:
    day, start_minute = wall_of(piece.starts_at, availability.zone)
    return Slot(
        supervisor_id=supervisor_id,
        day=day,
        start_minute=start_minute,
        zone=availability.zone,
        minutes=minutes,
        modes=availability.modes,
        languages=frozenset(availability.languages),
        n_places=max(1, availability.group_size) if Mode.GROUP in availability.modes else 1,
        starts_at=piece.starts_at,
    )
