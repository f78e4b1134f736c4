"""Support of a hub: what waits, figures with their n, early warnings, a line to send; and the plan."""

from datetime import date

from streamlit.testing.v1 import AppTest

from assessments.facts import Mode
from assessments.service import support
from assessments.support import FreeWindow, MeetingOffered
from tests.web.acting import box, pick
from tests.web.drawing import unfold
from tests.web.walking import Walker, click, click_twice, labels, said, shown


def open_support(walker: Walker, login: str, part: str) -> AppTest:
    return pick(walker.open("support", login), "Show", part)


def figures(page: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in page.metric}


# ---------------------------------------------------------------- what waits


def test_who_has_waited_too_long_to_be_contacted_stands_first_without_the_topic(walker: Walker) -> None:
    page = walker.open("support", "manager")
    assert page.header[0].value == "First"
    assert "Fatima Rahimi has waited since Fri 20 Nov to be contacted by any trainer" in shown(page)
    assert "My practice" not in shown(page)


def test_a_session_that_is_not_ready_has_one_line_with_all_its_things(walker: Walker) -> None:
    text = shown(walker.open("support", "coordinator"))
    assert "Not ready for RIV-A week 8 (Luis Ortega + Fatima Rahimi): Room, Materials" in text
    assert text.count("RIV-A week 8") == 1


def test_the_line_to_send_says_how_many_things_wait_and_names_nobody(walker: Walker) -> None:
    page = unfold(walker.open("support", "coordinator"), "A line to send")
    box(page, "For whom?").select(walker.person("priya")).run()
    assert page.code[0].value == "1 thing waits for you. Please sign in to Practicum."


# ---------------------------------------------------------------- figures and warnings


def test_figures_stand_with_what_they_are_about(walker: Walker) -> None:
    page = open_support(walker, "manager", "figures")
    found = figures(page)
    assert found.keys() - {"Held, of offered", "In time today", "Days between", "Answered late"} == {
        "Hours, median", "Hours, 90 %", "A trainer's load", "Most, 7 days", "Minutes a form",
        "Hours to feedback", "Prepared",
    }  # fmt: skip
    assert (
        found
        | {
            "Held, of offered": "4 of 6",
            "In time today": "6 of 7",
            "Days between": "14",
            "Hours, median": "50",
            "Hours, 90 %": "78",
            "Answered late": "2",
            "Prepared": "none",
            "Hours to feedback": "–",
        }
        == found
    )
    text = shown(page)
    assert "until contacted; median of 2 answers" in text
    assert "the promise: 48 hours · 1 wait now" in text


def test_a_time_without_meetings_has_no_zero_that_means_nothing(walker: Walker) -> None:
    walker.scene.wait(days=200)
    page = pick(open_support(walker, "manager", "figures"), "Over which time?", 30)
    assert figures(page)["Held, of offered"] == "none"
    assert figures(page)["Hours, median"] == "–"


def test_early_warning_says_who_since_when_and_what_would_mend_it(walker: Walker) -> None:
    text = shown(open_support(walker, "manager", "warning"))
    assert "**Erik Dahl**" in text
    assert "Let them lead 2 more live sessions before the last day." in text
    assert "**Priya Nair**" not in text


def test_who_sees_no_results_is_warned_of_dates_alone(walker: Walker) -> None:
    text = shown(open_support(walker, "coordinator", "warning"))
    assert "**Erik Dahl**" in text
    assert "All attempts at the quiz are used." not in text


# ---------------------------------------------------------------- the plan


def offers_ahead(walker: Walker) -> list[MeetingOffered]:
    offers = walker.scene.store.list_facts(MeetingOffered, actor_id=walker.person("coordinator"))
    return [one for one in offers if one.meets_on >= date(2026, 11, 23)]


def test_the_plan_places_people_and_says_who_has_no_place_and_why(walker: Walker) -> None:
    page = walker.open("plan-meetings", "coordinator")
    assert figures(page) == {"Owed a meeting": "7", "Placed": "4", "Not placed": "1"}
    text = shown(page)
    assert "**Fatima Rahimi**  \nThey are free at other times than their trainers." in text
    assert "the best there is: proved" in text


def test_accepting_the_proposal_sends_an_offer_to_each_once(walker: Walker) -> None:
    page = walker.open("plan-meetings", "coordinator")
    click_twice(page, "Send 4 offers")
    assert len(offers_ahead(walker)) == 4
    assert "Please answer" in shown(walker.open("my-supervision", "luis"))
    assert "Send" not in " ".join(labels(walker.open("plan-meetings", "coordinator")))


def test_a_proposal_that_has_changed_is_shown_again_before_it_is_sent(walker: Walker) -> None:
    page = walker.open("plan-meetings", "coordinator")
    trainer = walker.scene.actor("trainer2")
    support.say_when_free(walker.scene.store, trainer, [], [Mode.PHONE], zone="Europe/London", now=walker.scene.now)
    click(page, next(label for label in labels(page) if label.startswith("Send")))
    assert offers_ahead(walker) == []
    assert "The proposal has changed since you saw it." in shown(page)


def test_who_arranges_nothing_in_the_hub_sees_the_proposal_and_sends_nothing(walker: Walker) -> None:
    for login in ("lead", "manager"):
        page = walker.open("plan-meetings", login)
        assert "The co-ordinator of the hub can send these offers." in shown(page)
        assert not [label for label in labels(page) if label.startswith("Send")]


def test_one_more_evening_is_worth_what_it_brings(walker: Walker) -> None:
    page = walker.open("plan-meetings", "coordinator")
    assert "Nobody more: it changes nothing." in shown(page)
    click(page, "Which one more time helps most?")
    assert "**Saturday, morning (10:00, two meetings)**" in shown(page)
    assert "1 more person placed, 1 more in time." in shown(page)
    assert "Fatima Rahimi" in shown(page)


def test_an_evening_that_somebody_waits_for_is_named_with_who_it_places(walker: Walker) -> None:
    fatima = walker.scene.actor("fatima")
    evening = [FreeWindow(4, 18 * 60, 20 * 60)]
    support.say_when_free(walker.scene.store, fatima, evening, [Mode.PHONE], zone="Europe/London", now=walker.scene.now)
    page = walker.open("plan-meetings", "coordinator")
    page.selectbox(key="more-day").select("Friday").run()
    assert "1 more person placed, 1 more in time." in shown(page)
    assert said(page) == ""
