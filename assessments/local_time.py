"""Time on the wall: a day, a minute of that day and a zone; and what part of the day it is for people with children.

A meeting is agreed by the clock on the wall. It is kept so, and its instant follows from the rules of the zone: when
the clocks change, 18:00 stays 18:00.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assessments.errors import SkippedTimeError, WrongInputError

DAY_MINUTES: Final = 1440
_SATURDAY: Final = 5
_SCHOOL_STARTS: Final = 9 * 60
_SCHOOL_ENDS: Final = 15 * 60
_EVENING_STARTS: Final = 17 * 60


class DayPart(StrEnum):
    """When in the week something is, as it matters to people who care for children. Derived, never chosen."""

    SCHOOL_HOURS = "school_hours"
    EVENING = "evening"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From an instant to another, in UTC; the end does not belong to it."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Return whether any moment belongs to both."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def holds(self, other: "Span") -> bool:
        """Return whether the other lies within this one."""
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at


@cache
def zone_named(zone: str) -> ZoneInfo:
    """Return the zone.

    Raises:
        WrongInputError: There is no such zone.
    """
    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        expected = "a time zone such as Europe/London"
        raise WrongInputError("Time zone", f"`{zone}`", expected, "Choose the zone of the programme.") from error


def clock_words(minute: int) -> str:
    """Return a minute of the day as on a clock, such as "18:05"; the end of the day is "24:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def instant_of(day: date, minute: int, zone: str) -> datetime:
    """Return the instant at which the clock on the wall shows this, in UTC.

    When the clocks go back, an hour is shown twice: the first is meant.

    Args:
        day: The local day.
        minute: 0 to 1439, from midnight by the clock.
        zone: Whose clock.

    Raises:
        SkippedTimeError: The clocks go forward over it.
    """
    local = datetime.combine(day, time(minute // 60, minute % 60), zone_named(zone))
    instant = local.astimezone(UTC)
    if instant.astimezone(zone_named(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise SkippedTimeError(day, clock_words(minute), zone)
    return instant


def span_of(day: date, minute: int, minutes: int, zone: str) -> Span:
    """Return what lasts `minutes` from a time on the wall.

    Raises:
        SkippedTimeError: The clocks go forward over its beginning.
    """
    starts_at = instant_of(day, minute, zone)
    return Span(starts_at, starts_at + timedelta(minutes=minutes))


def edge_of(day: date, minute: int, zone: str) -> datetime:
    """Return the instant of the edge of a stretch of the day, 0 to 1440, in UTC.

    24:00 is the midnight at the day's end, so that a day with a change of clocks has 23 or 25 hours. An edge that the
    clocks skip is as long after midnight as it says, and so may come out later than one that follows it.
    """
    if minute >= DAY_MINUTES:
        day, minute = day + timedelta(days=1), minute - DAY_MINUTES
    local = datetime.combine(day, time(minute // 60, minute % 60), zone_named(zone))
    return local.astimezone(UTC)


def wall_of(instant: datetime, zone: str) -> tuple[date, int]:
    """Return the day and the minute that the clock on the wall shows."""
    local = instant.astimezone(zone_named(zone))
    return local.date(), local.hour * 60 + local.minute


def part_of_day(weekday: int, start_minute: int, end_minute: int) -> DayPart:
    """Return the part of the day: school hours are Monday to Friday, 9:00 to 15:00; the evening begins at 17:00.

    Args:
        weekday: 0 (Monday) to 6.
        start_minute: By the local clock.
        end_minute: By the local clock; what begins in school hours and ends after them is neither.
    """
    if start_minute >= _EVENING_STARTS:
        return DayPart.EVENING
    is_in_school = start_minute >= _SCHOOL_STARTS and end_minute <= _SCHOOL_ENDS
    return DayPart.SCHOOL_HOURS if is_in_school and weekday < _SATURDAY else DayPart.OTHER
