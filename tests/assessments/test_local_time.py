"""Time on the wall: what the clock shows, also on the two days of the year on which it is changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.errors import SkippedTimeError, WrongInputError
from assessments.local_time import DayPart, Span, edge_of, instant_of, part_of_day, span_of, wall_of

LONDON = "Europe/London"
FORWARD = date(2026, 3, 29)
BACK = date(2026, 10, 25)


def at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


def test_six_in_the_evening_stays_six_in_the_evening_over_both_changes() -> None:
    for change, before, after in ((FORWARD, 18, 17), (BACK, 17, 18)):
        assert instant_of(change - timedelta(days=1), at(18), LONDON).hour == before
        assert instant_of(change, at(18), LONDON).hour == after
        assert instant_of(change + timedelta(days=1), at(18), LONDON).hour == after


@pytest.mark.parametrize("minute", [at(1), at(1, 30), at(1, 59)])
def test_a_time_that_the_clocks_skip_is_refused_in_a_sentence(minute: int) -> None:
    with pytest.raises(SkippedTimeError, match=r"On 2026-03-29 the clocks in Europe/London go forward over 01:"):
        instant_of(FORWARD, minute, LONDON)


def test_the_minutes_beside_the_skipped_hour_are_one_minute_apart() -> None:
    last, first = instant_of(FORWARD, at(0, 59), LONDON), instant_of(FORWARD, at(2), LONDON)
    assert first - last == timedelta(minutes=1)


def test_of_an_hour_that_is_shown_twice_the_first_is_meant() -> None:
    assert instant_of(BACK, at(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_meeting_over_the_change_lasts_as_long_as_it_says() -> None:
    for day, starts in ((FORWARD, at(0, 30)), (BACK, at(0, 30))):
        span = span_of(day, starts, 90, LONDON)
        assert span.ends_at - span.starts_at == timedelta(minutes=90)
    assert wall_of(span_of(FORWARD, at(0, 30), 90, LONDON).ends_at, LONDON) == (FORWARD, at(3))
    assert wall_of(span_of(BACK, at(0, 30), 90, LONDON).ends_at, LONDON) == (BACK, at(1))


@pytest.mark.parametrize(("day", "hours"), [(FORWARD, 23), (BACK, 25), (date(2026, 6, 1), 24)])
def test_a_day_has_as_many_hours_as_its_clock_gives_it(day: date, hours: int) -> None:
    assert edge_of(day, 1440, LONDON) - edge_of(day, 0, LONDON) == timedelta(hours=hours)


def test_zones_without_and_with_odd_changes_are_right() -> None:
    assert instant_of(date(2026, 7, 1), at(9), "Asia/Kathmandu") == datetime(2026, 7, 1, 3, 15, tzinfo=UTC)
    assert instant_of(date(2026, 10, 4), at(9), "Australia/Lord_Howe") == datetime(2026, 10, 3, 22, 0, tzinfo=UTC)
    with pytest.raises(SkippedTimeError):
        instant_of(date(2026, 10, 4), at(2, 15), "Australia/Lord_Howe")


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(WrongInputError, match="Europe/London"):
        instant_of(FORWARD, 0, "Europe/Nowhere")


@given(
    day=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    minute=st.integers(0, 1439),
    zone=st.sampled_from([LONDON, "America/New_York", "Asia/Tehran", "UTC"]),
)
def test_what_the_clock_shows_comes_back(day: date, minute: int, zone: str) -> None:
    try:
        instant = instant_of(day, minute, zone)
    except SkippedTimeError:
        return
    assert wall_of(instant, zone) == (day, minute)


@pytest.mark.parametrize(
    ("weekday", "start", "end", "part"),
    [
        (0, at(9), at(10), DayPart.SCHOOL_HOURS),
        (4, at(14), at(15), DayPart.SCHOOL_HOURS),
        (4, at(14, 30), at(15, 15), DayPart.OTHER),
        (5, at(10), at(11), DayPart.OTHER),
        (2, at(8, 30), at(9, 15), DayPart.OTHER),
        (2, at(16, 59), at(17, 30), DayPart.OTHER),
        (2, at(17), at(18), DayPart.EVENING),
        (6, at(20), at(21), DayPart.EVENING),
    ],
)
def test_parts_of_the_day_follow_from_day_and_time(weekday: int, start: int, end: int, part: DayPart) -> None:
    assert part_of_day(weekday, start, end) is part


def test_spans_that_only_touch_do_not_overlap() -> None:
    morning, noon = span_of(FORWARD, at(9), 60, LONDON), span_of(FORWARD, at(10), 60, LONDON)
    assert not morning.overlaps(noon)
    assert morning.overlaps(span_of(FORWARD, at(9, 59), 10, LONDON))
    assert Span(morning.starts_at, noon.ends_at).holds(noon)
