"""Record at Carers' Table: a whole season led, and what its guests said: a mean, a number, and nothing else."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Milestone, MilestoneKind, ParticipantSummary
from assessments.verdicts import GateState
from tests.two_programmes import ALONGSIDE, GROUP_LEADER, TABLE, House
from tests.web.acting import box
from tests.web.walking import Walker, click, click_twice, labels, said


def open_record(walker: Walker, what: str, login: str = "ruth") -> AppTest:
    return walker.open("record", login, what=what)


def kinds_of(page: AppTest) -> list[str]:
    return list(box(page, "What happened?").options)


def seasons(house: House, person_id: Any) -> list[str]:
    found = house.store.list_facts(Milestone, person_id)
    return [milestone.what for milestone in found if milestone.kind == MilestoneKind.GROUP_DELIVERED]


def feedback(house: House, person_id: Any) -> list[tuple[str, int, int]]:
    found = house.store.list_facts(ParticipantSummary, person_id)
    return [(one.group_code, one.mean_hundredths, one.n_answers) for one in found]


def lead(page: AppTest, *leaders: Any, code: str) -> AppTest:
    page.multiselect[0].set_value(list(leaders)).run()
    box(page, "Code of the group").input(code)
    return page


# ---------------------------------------------------------------- what is offered


def test_groups_are_offered_where_a_programme_asks_for_them(walker: Walker) -> None:
    assert kinds_of(open_record(walker, "group"))[-2:] == ["Whole group", "Feedback"]


def test_groups_are_not_offered_to_who_trains_for_another_programme(walker: Walker, house: House) -> None:
    person_id = house.enrol("Cleo", ALONGSIDE, GROUP_LEADER)
    only = [row for row in _trainees(walker) if row["person_no"] == person_id]
    assert [row["programme_id"] for row in only] == [ALONGSIDE]
    assert "Cleo" not in [str(option) for option in open_record(walker, "group").multiselect[0].options]


def _trainees(walker: Walker) -> list[dict[str, Any]]:
    return walker.scene.store.query("assigned_trainees", walker.scene.actor("ruth"))


def test_feedback_is_asked_of_leads_alone(walker: Walker) -> None:
    assert open_record(walker, "group").multiselect[0].options == ["Anna", "Ben"]
    assert open_record(walker, "feedback").multiselect[0].options == ["Anna"]


@pytest.mark.parametrize("login", ["anna", "ben"])
def test_who_is_no_trainer_records_no_group(walker: Walker, login: str) -> None:
    page = open_record(walker, "group", login)
    assert labels(page) == []
    assert not page.multiselect


# ---------------------------------------------------------------- a whole season


def test_a_season_is_recorded_for_both_hosts_at_once(walker: Walker, house: House, anna, ben) -> None:
    page = lead(open_record(walker, "group"), anna, ben, code="HAR-A spring")
    click(page, "Save the group")
    assert said(page) == "Saved."
    assert seasons(house, anna) == seasons(house, ben) == ["HAR-A spring"]
    assert house.gate(anna, TABLE, "season-led") is GateState.MET


def test_the_same_season_counts_once(walker: Walker, house: House, anna) -> None:
    click_twice(lead(open_record(walker, "group"), anna, code="HAR-A spring"), "Save the group")
    click(lead(open_record(walker, "group"), anna, code="HAR-A spring"), "Save the group")
    assert seasons(house, anna) == ["HAR-A spring"]
    assert house.count(anna, TABLE, "season-led") == (1, 1)


def test_nobody_is_led_by_nobody(walker: Walker) -> None:
    page = open_record(walker, "group")
    assert next(button for button in page.button if button.label == "Save the group").disabled


def test_a_season_without_a_code_is_refused_in_words(walker: Walker, house: House, anna) -> None:
    page = click(lead(open_record(walker, "group"), anna, code=""), "Save the group")
    assert "Use a code, never a name." in page.error[0].value
    assert seasons(house, anna) == []


# ---------------------------------------------------------------- what guests said


def say(page: AppTest, mean: float, n_answers: int) -> AppTest:
    box(page, "Mean of the answers, 1 to 5").set_value(mean)
    box(page, "How many answered?").set_value(n_answers).run()
    return click(page, "Save the feedback")


def test_feedback_is_a_mean_and_a_number(walker: Walker, house: House, anna) -> None:
    page = lead(open_record(walker, "feedback"), anna, code="HAR-A spring")
    assert next(button for button in page.button if button.label == "Save the feedback").disabled
    say(page, 4.25, 7)
    assert feedback(house, anna) == [("HAR-A spring", 425, 7)]
    assert house.gate(anna, TABLE, "guests-feedback") is GateState.MET
    assert not page.text_area


def test_feedback_entered_anew_replaces_the_old(walker: Walker, house: House, anna) -> None:
    say(lead(open_record(walker, "feedback"), anna, code="HAR-A spring"), 4.5, 7)
    say(lead(open_record(walker, "feedback"), anna, code="HAR-A spring"), 3.0, 7)
    assert feedback(house, anna) == [("HAR-A spring", 300, 7)]
    assert house.gate(anna, TABLE, "guests-feedback") is GateState.NOT_MET


def test_few_answers_meet_no_gate(walker: Walker, house: House, anna) -> None:
    say(lead(open_record(walker, "feedback"), anna, code="HAR-A spring"), 5.0, 4)
    assert house.gate(anna, TABLE, "guests-feedback") is GateState.NOT_MET


def test_the_leader_reads_in_their_record_what_was_recorded(walker: Walker, anna) -> None:
    say(lead(open_record(walker, "feedback"), anna, code="HAR-A spring"), 4.25, 7)
    click(lead(open_record(walker, "group"), anna, code="HAR-A spring"), "Save the group")
    table = walker.open("my-record", "anna").table[0].value.to_string()
    assert "led to its end" in table
    assert "mean 4.25 of 7 answers" in table
