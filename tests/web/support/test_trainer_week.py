"""Supervision: who asks to be contacted, what became of meetings, who needs one, offering a time."""

from datetime import date

from assessments.facts import Mode, Supervision
from assessments.support import ContactAsked, MeetingEnded, MeetingOffered
from people.facts import Change
from people.models import Office
from tests.web.acting import box, hire
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, choose, click, click_twice, labels, said, shown

URL = "supervision"


def offers_to(walker: Walker, login: str) -> list[MeetingOffered]:
    return walker.scene.store.list_facts(MeetingOffered, walker.person(login))


def open_offer(walker: Walker, whom: str, login: str = "trainer"):
    return walker.open(URL, login, person=str(walker.person(whom)), **{"in": ALONGSIDE})


def test_who_asks_to_be_contacted_stands_first_and_is_answered_with_one_tap(walker: Walker) -> None:
    page = walker.open(URL, "trainer")
    assert page.header[0].value == "1 person asks you to get in touch"
    assert "**Fatima Rahimi** :red-badge[late]" in shown(page)
    click_twice(page, "I have been in touch")
    wish = walker.scene.store.list_facts(ContactAsked, walker.person("fatima"))[-1]
    [answer] = walker.scene.store.changes_to(wish.fact_id)
    assert (answer.change, answer.actor_id) == (Change.ACKNOWLEDGED, walker.person("trainer"))
    assert "I have been in touch" not in labels(walker.open(URL, "trainer2"))


def test_a_wish_to_one_trainer_is_not_shown_to_another(walker: Walker) -> None:
    hire(walker, "nadia", Office.TRAINER)
    assert "Fatima" not in shown(walker.open(URL, "nadia"))


def test_a_meeting_that_was_held_is_a_supervision_by_one_tap(walker: Walker) -> None:
    walker.scene.wait(days=3)
    n_before = len(walker.scene.store.list_facts(Supervision, walker.person("hana")))
    page = walker.open(URL, "trainer2")
    assert "What became of it?" in [one.value for one in page.header]
    click_twice(page, "It was held")
    held = walker.scene.store.list_facts(Supervision, walker.person("hana"))
    assert len(held) == n_before + 1
    assert (held[-1].mode, held[-1].minutes) == (Mode.PHONE, 45)


def test_a_meeting_that_did_not_happen_is_noted_with_whose_it_was_and_why(walker: Walker) -> None:
    walker.scene.wait(days=3)
    page = walker.open(URL, "trainer2")
    box(page, "Whose was it?").select("the hub")
    choose(page, "Why?", "No room")
    click(page, "Save")
    ended = walker.scene.store.list_facts(MeetingEnded, walker.person("hana"))[-1]
    assert (ended.outcome, ended.party, ended.reason) == ("not_held", "hub", "room")


def test_who_needs_a_meeting_leads_to_the_form_that_offers_one(walker: Walker) -> None:
    walker.scene.wait(days=7)
    page = walker.open(URL, "trainer")
    page.button(key=f"offer-{walker.person('fatima')}-{ALONGSIDE}").click().run()
    assert "Fatima Rahimi" in shown(walker.follow("trainer"))


def test_who_has_a_meeting_ahead_is_not_listed_as_needing_one(walker: Walker) -> None:
    page = walker.open(URL, "trainer")
    assert f"offer-{walker.person('priya')}-{ALONGSIDE}" not in [button.key for button in page.button]
    assert "**Priya Nair** :orange-badge[not answered yet]" in shown(page)


def test_a_free_time_is_offered_once(walker: Walker) -> None:
    page = open_offer(walker, "luis")
    assert "**They are free**: Wednesday 09:00 to 13:00" in shown(page)
    click_twice(page, "Offer this time")
    [offer] = [one for one in offers_to(walker, "luis") if one.meets_on >= date(2026, 11, 23)]
    assert (offer.meets_on, offer.start_minute) == (date(2026, 11, 24), 18 * 60 + 45)
    assert said(page) == "Offered. Luis Ortega sees it on their page."


def test_times_at_which_both_are_free_come_first(walker: Walker) -> None:
    page = open_offer(walker, "luis", "trainer2")
    assert page.selectbox(key="offer-slot").options[0] == "Wed 25 Nov, 10:45 · school hours · they are free"


def test_what_is_agreed_by_phone_is_booked_at_once(walker: Walker) -> None:
    page = open_offer(walker, "luis")
    page.checkbox(key="agreed").check().run()
    click(page, "Book it")
    assert said(page) == "Booked with Luis Ortega."
    assert "You meet Tomasz Nowak" in shown(walker.open("my-supervision", "luis"))


def test_any_other_time_can_be_offered(walker: Walker) -> None:
    page = open_offer(walker, "luis")
    page.selectbox(key="offer-slot").select("Another time").run()
    page.date_input(key="offer-day").set_value(date(2026, 11, 28)).run()
    click(page, "Offer this time")
    assert offers_to(walker, "luis")[-1].meets_on == date(2026, 11, 28)


def test_a_trainer_calls_a_meeting_off_with_a_reason(walker: Walker) -> None:
    page = walker.open(URL, "trainer")
    choose(page, "Why?", "No room")
    click(page, "Call it off")
    ended = walker.scene.store.list_facts(MeetingEnded, walker.person("priya"))[-1]
    assert (ended.outcome, ended.party, ended.reason) == ("cancelled", "supervisor", "room")


def test_somebody_elses_trainee_is_not_offered_a_time(walker: Walker) -> None:
    hire(walker, "nadia", Office.TRAINER)
    text = shown(open_offer(walker, "priya", "nadia"))
    assert "Priya" not in text
    assert "You have no trainees yet" in text
