"""When somebody is free: the ordinary week, exceptions, what is taken, and pieces that can be offered."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from assessments.facts import Mode
from assessments.free_times import FreeTimes, cut, open_slots, without
from assessments.local_time import DayPart, Span
from assessments.support import Availability, FreeException, FreeWindow
from people.ids import new_fact_id
from people.models import PersonId

MONDAY = date(2026, 3, 23)
LONDON = "Europe/London"
START = datetime(2026, 3, 20, tzinfo=UTC)
GRACE = PersonId(4)


def at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


def base() -> dict:
    return {"fact_id": new_fact_id(), "person_id": GRACE, "actor_id": GRACE, "occurred_at": START, "zone": LONDON}


def week(*windows: tuple[int, int, int], **changes) -> Availability:
    given = {
        "in_person": True,
        "by_phone": False,
        "by_video": True,
        "in_group": False,
        "languages": (),
        "group_size": 0,
        "needs_creche": False,
        "needs_travel_help": False,
        "windows": tuple(FreeWindow(*window) for window in windows),
    }
    return Availability(**base() | given | changes)


def other(day: date, start: int, end: int, *, is_free: bool) -> FreeException:
    return FreeException(**base(), day_on=day, start_minute=start, end_minute=end, is_free=is_free)


def clocks(free: FreeTimes, first: date = MONDAY, last: date = MONDAY) -> list[tuple[int, str]]:
    slots = open_slots(GRACE, free, [], minutes=60, first=first, last=last, not_before=START)
    return [(slot.day.day, slot.clock) for slot in slots]


def test_the_ordinary_week_comes_back_each_week() -> None:
    free = FreeTimes(week((0, at(18), at(20))))
    assert clocks(free, MONDAY, MONDAY + timedelta(days=8)) == [
        (23, "18:00"),
        (23, "19:00"),
        (30, "18:00"),
        (30, "19:00"),
    ]


def test_an_exception_takes_time_out_or_adds_it_and_the_later_holds() -> None:
    week_ = week((0, at(18), at(20)))
    assert clocks(FreeTimes(week_, [other(MONDAY, 0, 1440, is_free=False)])) == []
    assert clocks(FreeTimes(week_, [other(MONDAY, at(10), at(11), is_free=True)])) == [
        (23, "10:00"),
        (23, "18:00"),
        (23, "19:00"),
    ]
    both = [other(MONDAY, 0, 1440, is_free=False), other(MONDAY, at(18), at(19), is_free=True)]
    assert clocks(FreeTimes(week_, both)) == [(23, "18:00")]
    assert clocks(FreeTimes(week_, both[::-1])) == []


def test_an_exception_of_another_day_changes_nothing() -> None:
    free = FreeTimes(week((0, at(18), at(19))), [other(MONDAY + timedelta(days=1), 0, 1440, is_free=False)])
    assert clocks(free) == [(23, "18:00")]


def test_who_has_said_nothing_has_no_slots() -> None:
    assert clocks(FreeTimes(None)) == []
    assert clocks(FreeTimes(None, [other(MONDAY, at(9), at(12), is_free=True)])) == []


def test_stretches_that_touch_are_one() -> None:
    free = FreeTimes(week((0, at(18), at(18, 30)), (0, at(18, 30), at(19))))
    assert clocks(free) == [(23, "18:00")]


def test_on_the_days_of_the_change_the_evening_is_where_it_was() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        free = FreeTimes(week((6, at(18), at(19))))
        assert clocks(free, day, day) == [(day.day, "18:00")]


def test_a_night_over_the_change_has_the_hours_that_there_are() -> None:
    night = FreeTimes(week((6, 0, at(4))))
    assert clocks(night, date(2026, 3, 29), date(2026, 3, 29)) == [(29, "00:00"), (29, "02:00"), (29, "03:00")]
    back = clocks(night, date(2026, 10, 25), date(2026, 10, 25))
    assert back == [(25, "00:00"), (25, "01:00"), (25, "01:00"), (25, "02:00"), (25, "03:00")]


def test_a_stretch_that_is_skipped_is_none() -> None:
    assert clocks(FreeTimes(week((6, at(1), at(2)))), date(2026, 3, 29), date(2026, 3, 29)) == []


def test_a_slot_says_how_for_how_many_and_when_in_the_day() -> None:
    free = FreeTimes(week((0, at(10), at(11)), in_group=True, group_size=5, languages=("ar",)))
    slot = open_slots(GRACE, free, [], minutes=45, first=MONDAY, last=MONDAY, not_before=START)[0]
    assert slot.modes == {Mode.IN_PERSON, Mode.VIDEO, Mode.GROUP}
    assert (slot.n_places, slot.languages, slot.part, slot.end_minute) == (5, {"ar"}, DayPart.SCHOOL_HOURS, at(10, 45))


def test_what_is_taken_or_gone_by_is_left_out() -> None:
    free = FreeTimes(week((0, at(18), at(21))))
    nineteen = datetime(2026, 3, 23, 19, 0, tzinfo=UTC)
    taken = [Span(nineteen - timedelta(minutes=60), nineteen - timedelta(minutes=15))]
    slots = open_slots(GRACE, free, taken, minutes=45, first=MONDAY, last=MONDAY, not_before=START)
    assert [slot.clock for slot in slots] == ["18:45", "19:30", "20:15"]
    later = open_slots(GRACE, free, [], minutes=45, first=MONDAY, last=MONDAY, not_before=nineteen)
    assert [slot.clock for slot in later] == ["19:30", "20:15"]


minutes = st.integers(0, 600)
spans = st.lists(
    st.tuples(minutes, st.integers(1, 120)).map(
        lambda pair: Span(START + timedelta(minutes=pair[0]), START + timedelta(minutes=pair[0] + pair[1]))
    ),
    max_size=6,
)


@given(free=spans, taken=spans, length=st.integers(5, 90))
def test_pieces_lie_in_free_time_and_never_in_what_is_taken(free: list[Span], taken: list[Span], length: int) -> None:
    pieces = cut(without(free, taken), length)
    assert all(piece.ends_at - piece.starts_at == timedelta(minutes=length) for piece in pieces)
    assert all(any(span.holds(piece) for span in free) for piece in pieces)
    assert not any(piece.overlaps(hole) for piece in pieces for hole in taken)
