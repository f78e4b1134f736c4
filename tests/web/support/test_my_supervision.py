"""My supervision: answering an offer, booking a time, calling off with a reason, asking to be contacted."""

from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from assessments.facts import Mode
from assessments.service import support
from assessments.support import (
    ContactAsked,
    ContactTopic,
    MeetingBooked,
    MeetingEnded,
    MeetingOffered,
    MeetingReason,
)
from people.facts import Change
from tests.web.acting import box, pick
from tests.web.scene import ALONGSIDE, NOW
from tests.web.walking import Walker, choose, click, click_twice, labels, said, shown

URL = "my-supervision"


def primary(page: AppTest) -> list[str]:
    return [button.label for button in page.button if button.proto.type == "primary"]


def meetings_of(walker: Walker, login: str) -> list[MeetingOffered]:
    return walker.scene.store.list_facts(MeetingOffered, walker.person(login))


def test_an_offer_is_answered_with_one_tap(walker: Walker) -> None:
    page = walker.open(URL, "priya")
    assert "**Tomasz Nowak offers you a meeting**" in shown(page)
    assert primary(page)[0] == "Yes, I will be there"
    click(page, "Yes, I will be there")
    [booked] = walker.scene.store.list_facts(MeetingBooked, walker.person("priya"))
    assert booked.meeting_id == meetings_of(walker, "priya")[-1].fact_id
    assert said(page) == "Agreed. You can put it into your calendar."
    assert "**You meet Tomasz Nowak**" in shown(walker.open(URL, "priya"))


def test_saying_no_asks_for_a_reason_from_a_list_and_for_no_words(walker: Walker) -> None:
    page = walker.open(URL, "priya")
    assert not page.text_input and not page.text_area
    choose(page, "Why?", "Work")
    click(page, "Say no")
    [ended] = walker.scene.store.list_facts(MeetingEnded, walker.person("priya"))
    assert (ended.outcome, ended.party, ended.reason) == ("declined", "trainee", "work")


def test_a_meeting_that_is_agreed_goes_into_the_calendar_and_can_be_called_off(walker: Walker) -> None:
    page = walker.open(URL, "hana")
    [calendar] = [one for one in page.get("download_button") if one.proto.label == "Put it into my calendar"]
    assert calendar.proto.url.endswith(".ics")
    choose(page, "Why?", "Nobody to mind the children")
    click(page, "Call it off")
    ended = walker.scene.store.list_facts(MeetingEnded, walker.person("hana"))[-1]
    assert (ended.outcome, ended.party, ended.reason) == ("cancelled", "trainee", "creche")
    page = walker.open(URL, "hana")
    assert "called off, Nobody to mind the children" in shown(page)
    assert "Take it out of my calendar" in [one.proto.label for one in page.get("download_button")]


def test_who_has_no_meeting_finds_a_time_first(walker: Walker) -> None:
    page = walker.open(URL, "ivan")
    assert primary(page)[0] == "Book this time"
    assert page.radio(key="slot").options[0] == "Tue 24 Nov, 18:45 · evening · Tomasz Nowak"
    click_twice(page, "Book this time")
    [taken] = [one for one in meetings_of(walker, "ivan") if one.meets_on == date(2026, 11, 24)]
    assert (taken.start_minute, taken.mode, taken.actor_id) == (18 * 60 + 45, Mode.IN_PERSON, walker.person("ivan"))
    assert "**You meet Tomasz Nowak**" in shown(walker.open(URL, "ivan"))


def test_times_at_which_one_is_free_come_first(walker: Walker) -> None:
    page = walker.open(URL, "luis")
    assert page.radio(key="slot").options[0].startswith("Wed 25 Nov, 10:45")


def test_how_to_meet_is_asked_where_there_is_a_choice(walker: Walker) -> None:
    page = pick(walker.open(URL, "ivan"), "How?", Mode.PHONE)
    click(page, "Book this time")
    assert meetings_of(walker, "ivan")[-1].mode is Mode.PHONE


def test_a_time_that_was_taken_meanwhile_is_told_and_no_other_is_booked_in_its_place(walker: Walker) -> None:
    page = walker.open(URL, "ivan")
    luis = walker.scene.actor("luis")
    taken = {"supervisor_id": walker.person("trainer"), "day": date(2026, 11, 24), "start_minute": 18 * 60 + 45}
    support.take_slot(
        walker.scene.store, luis, ALONGSIDE, zone="Europe/London", mode=Mode.PHONE, now=walker.scene.now, **taken
    )
    before = len(meetings_of(walker, "ivan"))
    click(page, "Book this time")
    assert len(meetings_of(walker, "ivan")) == before
    assert "The time that you chose has gone. Choose another one." in shown(page)


def test_asking_to_be_contacted_takes_a_topic_and_no_words(walker: Walker) -> None:
    page = walker.open(URL, "erik")
    choose(page, "What about?", "How I am")
    choose(page, "Who?", "Grace Addo")
    click_twice(page, "Ask to be contacted")
    [asked] = walker.scene.store.list_facts(ContactAsked, walker.person("erik"))
    assert (asked.topic, asked.asked_id) == (ContactTopic.HOW_I_AM, walker.person("trainer2"))
    assert "You asked Grace Addo to contact you: How I am" in shown(walker.open(URL, "erik"))


def test_a_wish_can_be_taken_back(walker: Walker) -> None:
    page = click(walker.open(URL, "fatima"), "No longer needed")
    wish = walker.scene.store.list_facts(ContactAsked, walker.person("fatima"))[-1]
    assert [one.change for one in walker.scene.store.changes_to(wish.fact_id)] == [Change.ENDED]
    assert said(page) == "Taken back."
    assert "No longer needed" not in labels(walker.open(URL, "fatima"))


def test_where_nobody_has_named_a_time_the_page_says_what_to_do(walker: Walker) -> None:
    for trainer in ("trainer", "trainer2"):
        actor = walker.scene.actor(trainer)
        support.say_when_free(walker.scene.store, actor, [], [], zone="Europe/London", now=walker.scene.now)
    page = walker.open(URL, "ivan")
    assert "Your trainers have named no free time." in shown(page)
    assert box(page, "What about?")


# ---------------------------------------------------------------- on Next


def decline(walker: Walker) -> None:
    [offer] = [one for one in walker.scene.store.list_facts(MeetingOffered, walker.person("priya")) if is_ahead(one)]
    reason = MeetingReason.WORK
    support.decline_meeting(walker.scene.store, walker.scene.actor("priya"), offer.fact_id, reason, walker.scene.now)


def is_ahead(offer: MeetingOffered) -> bool:
    return offer.meets_on >= NOW.date()


def test_an_offer_that_goes_by_soon_is_the_one_thing_to_do(walker: Walker) -> None:
    page = walker.open("next", "priya")
    text = shown(page)
    assert page.title[0].value == "Can you meet Tomasz Nowak?"
    assert "Tue 24 Nov, 18:00 · By phone · 45 minutes" in text
    assert "offers you a meeting" not in text
    assert "You lead RIV-A week 7: Sat 28 Nov, 10:00" in text
    click(page, "Answer")
    assert walker.went[-1][0] == URL


def test_an_offer_answers_the_need_for_a_meeting_however_far_it_is(walker: Walker) -> None:
    decline(walker)
    support.offer_meeting(
        walker.scene.store,
        walker.scene.actor("trainer"),
        walker.person("priya"),
        ALONGSIDE,
        day=NOW.date() + timedelta(days=8),
        start_minute=18 * 60,
        minutes=45,
        mode=Mode.PHONE,
        now=walker.scene.now,
    )
    page = walker.open("next", "priya")
    assert page.title[0].value == "Can you meet Tomasz Nowak?"
    assert "Find a time" not in labels(page)


def test_an_offer_that_is_far_waits_below_what_comes_first(walker: Walker) -> None:
    support.offer_meeting(
        walker.scene.store,
        walker.scene.actor("trainer"),
        walker.person("chloe"),
        ALONGSIDE,
        day=NOW.date() + timedelta(days=8),
        start_minute=19 * 60,
        minutes=45,
        mode=Mode.PHONE,
        now=walker.scene.now,
    )
    page = walker.open("next", "chloe")
    assert page.title[0].value != "Can you meet Tomasz Nowak?"
    assert "Tomasz Nowak offers you a meeting: Tue 1 Dec, 19:00" in shown(page)


def test_next_tells_of_a_meeting_that_is_near_and_not_of_one_that_is_far(walker: Walker) -> None:
    assert "You meet Grace Addo: Wed 25 Nov, 10:00, By phone" in shown(walker.open("next", "hana"))
    assert "You meet" not in shown(walker.open("next", "ben"))


def test_overdue_supervision_leads_to_the_page_where_a_time_is_found(walker: Walker) -> None:
    decline(walker)
    page = walker.open("next", "priya")
    assert page.title[0].value == "Meet your supervisor\\: the last time is too long ago"
    click(page, "Find a time")
    assert walker.went[-1][0] == URL
