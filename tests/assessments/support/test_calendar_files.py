"""Meetings as calendar files: what a phone reads is what was agreed, also when it changes, and in any script."""

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil import tz
from icalendar import Calendar, Event

from assessments.calendar_files import calendar_file, meeting_entry, refresher_entries
from assessments.refreshers import Topic
from assessments.service import support
from assessments.support import MeetingOffered, MeetingReason
from curriculum.ids import SectionId
from tests.assessments.support.conftest import TUESDAY, Hub

ARABIC = "إشراف مع نور الحسن، في القاعة الكبيرة؛ الرجاء الحضور قبل الموعد بعشر دقائق"


def text_of(hub: Hub, *offers: MeetingOffered, summary: str = "Supervision with Grace") -> bytes:
    return calendar_file([meeting_entry(hub.meeting(one), summary, "By phone") for one in offers], "My meetings")


def only_event(text: bytes) -> Event:
    (event,) = Calendar.from_ical(text).events
    return event


def test_a_file_that_is_read_back_says_what_was_agreed(hub: Hub) -> None:
    event = only_event(text_of(hub, hub.offer(is_agreed=True)))
    assert event.start == datetime(2025, 3, 11, 18, 0, tzinfo=UTC)
    assert event.end == datetime(2025, 3, 11, 18, 45, tzinfo=UTC)
    assert (event["summary"], event["location"], event["status"]) == ("Supervision with Grace", "By phone", "CONFIRMED")


def test_arabic_survives_the_round_trip_however_long(hub: Hub) -> None:
    text = text_of(hub, hub.offer(), summary=ARABIC)
    assert only_event(text)["summary"] == ARABIC
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert all(line.decode("utf-8") is not None for line in text.split(b"\r\n"))
    assert Calendar.from_ical(text).to_ical() == text


def test_a_meeting_keeps_its_id_while_its_sequence_rises(hub: Hub) -> None:
    offer = hub.offer()
    texts = [text_of(hub, offer)]
    hub.book(offer)
    texts.append(text_of(hub, offer))
    support.cancel_meeting(hub.store, hub.world.trainer, offer.fact_id, MeetingReason.ROOM, hub.now)
    texts.append(text_of(hub, offer))
    events = [only_event(text) for text in texts]
    assert len({event["uid"] for event in events}) == 1
    assert [event["sequence"] for event in events] == [0, 1, 3]
    assert [event["status"] for event in events] == ["TENTATIVE", "CONFIRMED", "CANCELLED"]
    assert [Calendar.from_ical(text)["method"] for text in texts] == ["PUBLISH", "PUBLISH", "CANCEL"]


def test_a_feed_holds_cancelled_meetings_as_cancelled_and_cancels_nothing_else(hub: Hub) -> None:
    first, second = hub.offer(), hub.offer(day=TUESDAY + timedelta(days=1), is_agreed=True)
    support.decline_meeting(hub.store, hub.world.trainee, first.fact_id, MeetingReason.WORK, hub.now)
    calendar = Calendar.from_ical(text_of(hub, first, second))
    assert calendar["method"] == "PUBLISH"
    assert [event["status"] for event in calendar.events] == ["CANCELLED", "CONFIRMED"]


@pytest.mark.parametrize(
    "day", [date(2025, 3, 29), date(2025, 3, 30), date(2025, 3, 31), date(2025, 10, 25), date(2025, 10, 26)]
)
def test_the_rules_of_the_zone_in_the_file_give_the_same_instant(hub: Hub, day: date) -> None:
    """Read by them alone, as a program does that knows no zones of its own."""
    offer = hub.offer(day=day)
    text = text_of(hub, offer)
    rules = b"BEGIN:VTIMEZONE" + text.split(b"BEGIN:VTIMEZONE")[1].split(b"END:VTIMEZONE")[0] + b"END:VTIMEZONE"
    from io import StringIO

    zone = tz.tzical(StringIO(rules.decode().replace("\r\n", "\n"))).get()
    local = datetime(day.year, day.month, day.day, 18, tzinfo=zone)
    assert local.astimezone(UTC) == hub.meeting(offer).span.starts_at


def test_the_change_of_clocks_is_told_by_the_clock_as_it_went_until_then(hub: Hub) -> None:
    text = text_of(hub, hub.offer()).decode()
    assert "DTSTART:20250330T010000\r\nTZNAME:BST\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100" in text
    assert "DTSTART:20251026T020000\r\nTZNAME:GMT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000" in text


def test_an_empty_calendar_can_be_read(hub: Hub) -> None:
    assert Calendar.from_ical(calendar_file([], "My meetings")).events == []


# ---------------------------------------------------------------- refreshers


def topic(section: str, due_at: datetime) -> Topic:
    return Topic(
        SectionId(section), due_at, is_critical=True, is_missed=True, was_sure=True, due_at=due_at, n_answers=0
    )


def refreshers(*due: datetime, key: str = "one") -> bytes:
    now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    topics = [topic(f"M9.{n}", at) for n, at in enumerate(due)]
    return calendar_file(refresher_entries(topics, key, "Europe/London", "Refreshers", now), "Refreshers")


def test_refreshers_are_one_line_a_day_and_what_is_overdue_is_due_today() -> None:
    before, again, later = (datetime(2026, *day, 23, 30, tzinfo=UTC) for day in ((3, 1), (3, 10), (7, 1)))
    events = Calendar.from_ical(refreshers(before, again, later)).events
    # In July the clock on the wall is an hour ahead: it is the second there.
    assert [f"{event.start:%d %m %H:%M}" for event in events] == ["10 03 18:00", "02 07 18:00"]
    assert {event["summary"] for event in events} == {"Refreshers"}


def test_a_file_of_refreshers_says_nothing_of_what_was_missed() -> None:
    text = refreshers(datetime(2026, 3, 12, 9, 0, tzinfo=UTC)).decode()
    assert "M9" not in text
    assert "CLASS:PRIVATE" in text


def test_a_day_taken_twice_is_one_and_people_are_told_apart() -> None:
    day = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    assert only_event(refreshers(day))["uid"] == only_event(refreshers(day))["uid"]
    assert only_event(refreshers(day))["uid"] != only_event(refreshers(day, key="two"))["uid"]
