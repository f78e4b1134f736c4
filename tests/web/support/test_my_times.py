"""When I am free: an ordinary week, how to meet, and single days on which it is otherwise."""

from datetime import date, time

from streamlit.testing.v1 import AppTest

from assessments.facts import Mode
from assessments.support import Availability, FreeException, FreeWindow
from tests.web.acting import box
from tests.web.walking import Walker, click, click_twice, labels, said, shown

URL = "my-times"


def said_by(walker: Walker, login: str) -> Availability:
    return walker.scene.store.list_facts(Availability, walker.person(login))[-1]


def add(page: AppTest, days: list[int], start: time, end: time) -> None:
    box(page, "On which days?").set_value(days).run()
    page.time_input(key="add-from").set_value(start)
    page.time_input(key="add-until").set_value(end).run()


def test_a_first_time_is_added_with_the_ways_that_stand_there(walker: Walker) -> None:
    page = walker.open(URL, "ben")
    add(page, [1, 3], time(19), time(21))
    click_twice(page, "Add")
    [week] = walker.scene.store.list_facts(Availability, walker.person("ben"))
    assert week.windows == (FreeWindow(1, 19 * 60, 21 * 60), FreeWindow(3, 19 * 60, 21 * 60))
    assert (week.modes, week.zone) == ({Mode.IN_PERSON, Mode.PHONE}, "Europe/London")
    assert "**Thursday 19:00 to 21:00** :gray-badge[evening]" in shown(walker.open(URL, "ben"))


def test_a_time_until_midnight_ends_with_the_day(walker: Walker) -> None:
    page = walker.open(URL, "ben")
    add(page, [5], time(22), time(0))
    click(page, "Add")
    assert said_by(walker, "ben").windows == (FreeWindow(5, 22 * 60, 24 * 60),)


def test_an_end_before_its_beginning_is_refused_with_what_to_do(walker: Walker) -> None:
    page = walker.open(URL, "ben")
    add(page, [5], time(20), time(18))
    click(page, "Add")
    assert "from 20:00 to 18:00" in shown(page)
    assert walker.scene.store.list_facts(Availability, walker.person("ben")) == []


def test_a_time_is_removed_and_the_rest_stays(walker: Walker) -> None:
    page = walker.open(URL, "hana")
    page.button(key="remove-0-1080").click().run()
    assert said_by(walker, "hana").windows == (FreeWindow(3, 9 * 60, 12 * 60),)
    assert said_by(walker, "hana").modes == {Mode.IN_PERSON, Mode.VIDEO}


def test_trainees_say_what_they_need_to_come_as_a_yes_or_a_no(walker: Walker) -> None:
    page = walker.open(URL, "hana")
    page.checkbox(key="creche").check()
    click(page, "Save")
    week = said_by(walker, "hana")
    assert (week.needs_creche, week.needs_travel_help, len(week.windows)) == (True, False, 2)
    assert not page.text_input and not page.text_area


def test_trainers_say_how_many_they_take_in_a_group_when_they_meet_in_one(walker: Walker) -> None:
    page = walker.open(URL, "trainer2")
    page.number_input(key="group").set_value(8)
    click(page, "Save")
    assert said_by(walker, "trainer2").group_size == 8
    assert not walker.open(URL, "trainer").number_input


def test_a_day_on_which_one_is_away_is_noted_and_taken_back(walker: Walker) -> None:
    page = walker.open(URL, "hana")
    page.date_input(key="other-day").set_value(date(2026, 12, 1)).run()
    click(page, "Save this day")
    [away] = walker.scene.store.list_facts(FreeException, walker.person("hana"))
    assert (away.day_on, away.start_minute, away.end_minute, away.is_free) == (date(2026, 12, 1), 0, 1440, False)
    page = walker.open(URL, "hana")
    assert "**Tue 1 Dec**, all day: not free" in shown(page)
    click(page, "Take back")
    assert said(page) == "Taken back."
    assert "Take back" not in labels(walker.open(URL, "hana"))


def test_one_more_free_time_on_a_single_day(walker: Walker) -> None:
    page = walker.open(URL, "hana")
    box(page, "What is different?").set_value("free").run()
    page.time_input(key="other-from").set_value(time(9))
    page.time_input(key="other-until").set_value(time(11)).run()
    click(page, "Save this day")
    [more] = walker.scene.store.list_facts(FreeException, walker.person("hana"))
    assert (more.start_minute, more.end_minute, more.is_free) == (9 * 60, 11 * 60, True)
