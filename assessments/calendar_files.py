"""Meetings, sessions and days of refreshers as iCalendar text (RFC 5545), as phones and desktop calendars take it.

A meeting keeps its UID; its SEQUENCE rises when it is booked and when it is ended, so that a calendar which took the
file once takes the change. A meeting that did not come about is cancelled there. Times stand by the clock on the wall
with the rules of their zone beside them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, Timezone, TimezoneDaylight, TimezoneStandard, vText

from assessments.local_time import zone_named
from assessments.meetings import Meeting, MeetingState
from assessments.refreshers import Topic
from people.ids import ROOT, derived_fact_id

PRODUCT: Final = "-//Practicum//Meetings//EN"
_DOMAIN: Final = "practicum.invalid"
"""No host: the id is unique by the meeting's own, and says nothing of where the app runs."""

REFRESHED_AT: Final = time(18)
"""When in the day a calendar reminds of refreshers."""

REFRESHER_MINUTES: Final = 5

_AROUND: Final = timedelta(days=366)
"""How far before and after the lines the rules of their zone are told."""

_OFF: Final = frozenset({MeetingState.CANCELLED, MeetingState.DECLINED, MeetingState.NOT_HELD})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a calendar: what it is called, and where; the words are the reader's."""

    uid: str
    sequence: int
    day_start: datetime
    minutes: int
    zone: str
    summary: str
    place: str
    stamped_at: datetime
    is_off: bool
    is_certain: bool


def meeting_entry(meeting: Meeting, summary: str, place: str) -> Entry:
    """Return the line of a meeting.

    Args:
        meeting: As it stands now.
        summary: Such as "Supervision with Grace Addo", in the reader's language.
        place: How it is held, such as "By phone".
    """
    offered = meeting.offered
    stamped_at = meeting.ended.occurred_at if meeting.ended is not None else offered.occurred_at
    return Entry(
        uid=f"{offered.fact_id}@{_DOMAIN}",
        sequence=int(meeting.is_booked) + 2 * (meeting.ended is not None),
        day_start=datetime.combine(offered.meets_on, _clock(offered.start_minute)),
        minutes=offered.minutes,
        zone=offered.zone,
        summary=summary,
        place=place,
        stamped_at=stamped_at,
        is_off=meeting.state in _OFF,
        is_certain=meeting.state is not MeetingState.OFFERED,
    )


def refresher_entries(topics: Sequence[Topic], key: str, zone: str, summary: str, now: datetime) -> list[Entry]:
    """Return a line for each day on which refreshers are due; what is overdue is due today.

    Args:
        topics: What is refreshed. Of it the file holds the days, and nothing else.
        key: Tells people apart, so that a calendar takes the same day twice as one.
        zone: In which the days are.
        summary: Such as "Refreshers: five minutes", in the reader's language.
        now: The time.
    """
    days = {max(topic.due_at, now).astimezone(zone_named(zone)).date() for topic in topics}
    return [
        Entry(
            uid=f"{derived_fact_id(ROOT, f'refreshers/{key}/{day}')}@{_DOMAIN}",
            sequence=0,
            day_start=datetime.combine(day, REFRESHED_AT),
            minutes=REFRESHER_MINUTES,
            zone=zone,
            summary=summary,
            place="",
            stamped_at=now,
            is_off=False,
            is_certain=True,
        )
        for day in sorted(days)
    ]


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def calendar_file(entries: Sequence[Entry], title: str) -> bytes:
    """Return the text of a calendar, with the zones that its lines go by.

    A file that holds one line which is off says METHOD:CANCEL, so that opening it takes the meeting out; any other is
    METHOD:PUBLISH, in which such lines are marked as cancelled.
    """
    calendar = Calendar()
    _add(calendar, "prodid", PRODUCT)
    _add(calendar, "version", "2.0")
    _add(calendar, "calscale", "GREGORIAN")
    is_cancelling = len(entries) == 1 and entries[0].is_off
    _add(calendar, "method", "CANCEL" if is_cancelling else "PUBLISH")
    _add(calendar, "x-wr-calname", vText(title))
    for zone in sorted({entry.zone for entry in entries}):
        calendar.add_component(_zone_of(zone, [entry for entry in entries if entry.zone == zone]))
    for entry in entries:
        calendar.add_component(_event_of(entry))
    return calendar.to_ical()


def _add(component: Component, name: str, value: object) -> None:
    component.add(name, value)  # pyright: ignore[reportUnknownMemberType]


def _zone_of(zone: str, entries: Sequence[Entry]) -> Timezone:
    """Return the rules of a zone around the lines: an observance at first, and one for each change of clocks."""
    days = [entry.day_start.replace(tzinfo=UTC) for entry in entries]
    first, last = min(days) - _AROUND, max(days) + _AROUND
    component = Timezone()
    _add(component, "tzid", zone)
    for change in (first, *_changes(zone_named(zone), first, last)):
        component.add_component(_observance(zone_named(zone), change))
    return component


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the instants from which the zone has another offset."""
    before = first
    while before < last:
        after = before + timedelta(days=1)
        if _offset(zone, before) != _offset(zone, after):
            yield _first_after(zone, before, after)
        before = after


def _first_after(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    while after - before > timedelta(minutes=1):
        middle = before + (after - before) // 2
        before, after = (middle, after) if _offset(zone, middle) == _offset(zone, before) else (before, middle)
    return after.replace(second=0, microsecond=0)


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _observance(zone: ZoneInfo, change: datetime) -> TimezoneStandard | TimezoneDaylight:
    local = change.astimezone(zone)
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    before = _offset(zone, change - timedelta(minutes=1))
    # Its beginning is told by the clock as it went until then.
    _add(observance, "dtstart", (change + before).replace(tzinfo=None))
    _add(observance, "tzoffsetfrom", before)
    _add(observance, "tzoffsetto", _offset(zone, change))
    _add(observance, "tzname", local.tzname() or "")
    return observance


def _event_of(entry: Entry) -> Event:
    local = entry.day_start.replace(tzinfo=zone_named(entry.zone))
    event = Event()
    _add(event, "uid", entry.uid)
    _add(event, "sequence", entry.sequence)
    _add(event, "dtstamp", entry.stamped_at.astimezone(UTC))
    _add(event, "dtstart", local)
    _add(event, "duration", timedelta(minutes=entry.minutes))
    _add(event, "summary", entry.summary)
    if entry.place:
        _add(event, "location", entry.place)
    status = "CANCELLED" if entry.is_off else "CONFIRMED" if entry.is_certain else "TENTATIVE"
    _add(event, "status", status)
    _add(event, "transp", "TRANSPARENT" if entry.is_off else "OPAQUE")
    _add(event, "class", "PRIVATE")
    return event
