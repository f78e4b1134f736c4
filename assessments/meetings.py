"""Where a meeting stands, from its facts; and which meetings stand in each other's way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from assessments.facts import Mode
from assessments.local_time import Span, clock_words, edge_of
from assessments.support import MeetingBooked, MeetingEnded, MeetingOffered, MeetingOutcome
from people.facts import FactId


class MeetingState(StrEnum):
    """Where a meeting stands."""

    OFFERED = "offered"
    BOOKED = "booked"
    HELD = "held"
    NOT_HELD = "not_held"
    CANCELLED = "cancelled"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting with what became of it. `ended` is None while it is to come, or waits to be closed."""

    offered: MeetingOffered
    is_booked: bool
    ended: MeetingEnded | None

    @property
    def meeting_id(self) -> FactId:
        """Return the id of the offer, by which all else names it."""
        return self.offered.fact_id

    @property
    def state(self) -> MeetingState:
        """Return where it stands."""
        if self.ended is None:
            return MeetingState.BOOKED if self.is_booked else MeetingState.OFFERED
        match self.ended.outcome:
            case MeetingOutcome.HELD:
                return MeetingState.HELD
            case MeetingOutcome.NOT_HELD:
                return MeetingState.NOT_HELD
            case MeetingOutcome.CANCELLED:
                return MeetingState.CANCELLED
            case MeetingOutcome.DECLINED:
                return MeetingState.DECLINED
            case _:
                assert_never(self.ended.outcome)

    @property
    def is_open(self) -> bool:
        """Return whether nothing has ended it."""
        return self.ended is None

    @property
    def span(self) -> Span:
        """Return from when to when it is."""
        return meeting_span(self.offered)

    def has_begun(self, now: datetime) -> bool:
        """Return whether it should be going on or over by now."""
        return self.span.starts_at <= now


def meeting_span(offered: MeetingOffered) -> Span:
    """Return from when to when a meeting is; by the rules of its zone as they are now.

    A time that was fine when it was agreed may be skipped since the rules of the zone have changed: then it is as long
    after midnight as was agreed.
    """
    starts_at = edge_of(offered.meets_on, offered.start_minute, offered.zone)
    return Span(starts_at, starts_at + timedelta(minutes=offered.minutes))


def meeting_clock(offered: MeetingOffered) -> str:
    """Return when it begins, as on a clock."""
    return clock_words(offered.start_minute)


def gather(
    offers: Iterable[MeetingOffered], booked: Iterable[MeetingBooked], ended: Iterable[MeetingEnded]
) -> list[Meeting]:
    """Return the meetings in the order in which they were offered, from facts in force."""
    yes = {fact.meeting_id for fact in booked}
    ends = {fact.meeting_id: fact for fact in ended}
    return [Meeting(offer, offer.fact_id in yes, ends.get(offer.fact_id)) for offer in offers]


def shares(one: MeetingOffered, other: MeetingOffered) -> bool:
    """Return whether both are places in one group meeting."""
    return (
        one.mode is Mode.GROUP
        and other.mode is Mode.GROUP
        and one.supervisor_id == other.supervisor_id
        and one.person_id != other.person_id
        and meeting_span(one) == meeting_span(other)
    )


def find_clash(wanted: MeetingOffered, others: Sequence[Meeting]) -> Meeting | None:
    """Return an open meeting that overlaps and is no other place in the same group, or None."""
    span = meeting_span(wanted)
    return next(
        (
            other
            for other in others
            if other.is_open
            and other.meeting_id != wanted.fact_id
            and other.span.overlaps(span)
            and not shares(wanted, other.offered)
        ),
        None,
    )


def count_places(wanted: MeetingOffered, others: Sequence[Meeting]) -> int:
    """Return how many other places in the same group meeting are taken."""
    return sum(other.is_open and shares(wanted, other.offered) for other in others)
