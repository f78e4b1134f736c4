"""Forms follow their scale: the programme's own words, three levels, yes or no, and an evaluation beside them."""

from typing import Any

from streamlit.testing.v1 import AppTest

from assessments.facts import Observation, ObservationOpened, Relation
from assessments.service.learning import record_progress
from assessments.service.observations import request_observation
from assessments.verdicts import GateState
from curriculum.ids import ChecklistId, ModuleId
from curriculum.models import Setting
from people.models import PersonId
from tests.builders import NOW
from tests.two_programmes import TABLE, House, do_what_both_roles_need
from tests.web.acting import box, pick
from tests.web.walking import Walker, click, labels, shown


def begin(walker: Walker, checklist: str, whom: PersonId, setting: str = "live") -> AppTest:
    about = {"person": str(whom), "in": TABLE, "checklist": checklist, "setting": setting}
    page = walker.open("observe", "ruth", **about)
    if setting == "live":
        box(page, "Code of the session").input("evening-1")
    click(page, "Start")
    return walker.follow("ruth")


def hand_in(walker: Walker, page: AppTest, help_label: str = "How much help next time?") -> None:
    click(page, "Look over and submit")
    box(page, "Overall").set_value("pass").run()
    box(page, help_label).set_value("3").run()
    click(page, "Submit")


def newest(house: House, person_id: PersonId) -> Observation:
    return house.store.list_facts(Observation, person_id)[-1]


def answer_all(page: AppTest, unhelpful: str = "Watched: nothing unhelpful") -> None:
    for key in [button.key for button in page.button if (button.key or "").startswith("all-")]:
        page.button(key=key).click().run()
    click(page, unhelpful)
    if "Nothing further seen" in labels(page):
        click(page, "Nothing further seen")


def submitted(walker: Walker, house: House, person_id: PersonId) -> str:
    [*_earlier, opened] = house.store.list_facts(ObservationOpened, person_id)
    return shown(walker.open("observe", "ruth", form=str(opened.fact_id)))


# ---------------------------------------------------------------- levels in the programme's words


def test_levels_bear_the_words_of_the_programme(walker: Walker, house: House, anna) -> None:
    page = begin(walker, "F1", anna)
    answer_all(page)
    hand_in(walker, page)
    assert newest(house, anna).min_level == 3
    assert "Lays the table: Level 3: Steady" in submitted(walker, house, anna)
    assert "Level 3: Steady" in shown(walker.open("practice", "anna"))
    about = {"person": str(anna), "in": TABLE}
    assert "Lays the table: Level 3: Steady" in shown(walker.open("my-trainees", "ruth", **about))


def test_a_scale_with_three_levels_asks_for_nothing_further(walker: Walker, house: House, anna) -> None:
    page = begin(walker, "F3", anna, "roleplay")
    assert "Further" not in shown(page)
    assert "Nothing further seen" not in labels(page)
    assert not [box for box in page.checkbox if "-F1" in (box.key or "")]
    answer_all(page)
    assert "4 of 4 lines" in shown(page)
    hand_in(walker, page)
    assert newest(house, anna).is_passed
    assert "Notices: Level 3: Each step was there" in submitted(walker, house, anna)


def test_one_further_behaviour_is_not_all_of_them(walker: Walker, house: House, anna) -> None:
    page = begin(walker, "F1", anna)
    page.checkbox(key=f"tick-{_form_id(house, anna)}-F1-lays-K2.1-F1").check().run()
    answer_all(page)
    hand_in(walker, page)
    levels = {rating.line_id: rating.level for rating in newest(house, anna).ratings}
    assert (levels["F1-lays"], levels["F1-round"]) == (4, 3)
    assert "Lays the table: Level 4: Steady and more" in submitted(walker, house, anna)


def _form_id(house: House, person_id: PersonId) -> Any:
    return house.store.list_facts(ObservationOpened, person_id)[-1].fact_id


# ---------------------------------------------------------------- yes or no


def test_lines_are_answered_by_yes_or_no(walker: Walker, house: House, ben) -> None:
    page = begin(walker, "F5", ben)
    options = {option for one in page.get("button_group") for option in one.options}
    assert options == {"Yes", "No", "N/A"}
    checklist = house.programmes[TABLE].checklist_by_id[newest_form(house, ben).checklist_id]
    for line in checklist.lines:
        pick(page, line.text, "no" if line.id == "F5-tea" else "yes")
    assert "9 of 9 lines" in shown(page)
    hand_in(walker, page)
    seen = newest(house, ben)
    assert (seen.pct, seen.min_level, seen.is_passed) == (88, None, True)
    text = submitted(walker, house, ben)
    assert "Tea, food, cards and spoon are out: No" in text
    assert "Yes: 88 in 100" in text
    assert "Level" not in text


def newest_form(house: House, person_id: PersonId) -> ObservationOpened:
    return house.store.list_facts(ObservationOpened, person_id)[-1]


def test_the_trainee_reads_each_answer(walker: Walker, house: House, ben) -> None:
    house.observe(ben, "F5")
    text = shown(walker.open("practice", "ben"))
    assert "The safeguarding lead's number is to hand: Yes" in text
    assert "Yes: 100 in 100" in text
    assert "No level" not in text


# ---------------------------------------------------------------- evaluations at the table


def _do_all_but_evaluations(house: House, person_id: PersonId) -> None:
    house.attend(person_id, TABLE, "T4", "T5", "T6", "T7")
    do_what_both_roles_need(house, person_id)
    for module in house.programmes[TABLE].modules:
        record_progress(house.store, house.actor(person_id), TABLE, module.id, 0, is_read=True, now=NOW)
    for checklist_id, code in (("F5", "evening-1"), ("F1", "evening-1"), ("F1", "evening-2")):
        house.observe(person_id, checklist_id, code=code)


def test_the_next_step_leads_to_evaluations_once_all_else_is_done(walker: Walker, house: House, ben) -> None:
    _do_all_but_evaluations(house, ben)
    page = walker.open("next", "ben")
    assert "Fill in an evaluation of yourself" in shown(page)
    click(page, "Evaluate yourself")
    assert walker.went[-1] == ("evaluate", {"about": str(ben)})
    house.observe(ben, "F6", by=ben)
    page = walker.open("next", "ben")
    assert "Ask your partner to evaluate you" in shown(page)
    click(page, "Ask a partner")
    assert walker.went[-1] == ("practice", {})


def test_evaluations_wait_behind_what_they_look_back_on(walker: Walker, house: House, ben) -> None:
    record_progress(house.store, house.actor(ben), TABLE, ModuleId("H1"), 0, is_read=True, now=NOW)
    assert "Evaluate yourself" not in labels(walker.open("next", "ben"))


def test_who_is_asked_for_a_view_reads_it_on_their_first_page(walker: Walker, house: House, anna, ben) -> None:
    asked: Any = {"asked_id": anna, "now": NOW}
    request_observation(house.store, house.actor(ben), TABLE, ChecklistId("F7"), Setting.LIVE, **asked)
    assert "Ben asks for your view of them" in shown(walker.open("next", "anna"))
    house.observe(ben, "F7", by=anna)
    assert "asks for your view" not in shown(walker.open("next", "anna"))


def test_one_evaluates_an_evening_by_its_code(walker: Walker, house: House, ben) -> None:
    house.observe(ben, "F1")
    page = walker.open("evaluate", "ben")
    box(page, "Which session?").set_value("evening-1").run()
    click(page, "Start")
    page = walker.follow("ben")
    answer_all(page, "I did nothing unhelpful")
    hand_in(walker, page, "How much help would you like next time?")
    assert newest(house, ben).relation == Relation.SELF
    assert house.count(ben, TABLE, "evaluations-assistant") == (1, 2)


def test_host_and_assistant_evaluate_each_other(walker: Walker, house: House, anna, ben) -> None:
    house.observe(ben, "F6", by=ben)
    house.observe(ben, "F7", by=anna)
    assert house.gate(ben, TABLE, "evaluations-assistant") is GateState.MET
    text = shown(walker.open("practice", "ben"))
    assert "Seen alike: Lays the table" in text
    assert "Anna (your partner)" in text


def test_the_log_of_the_table_asks_in_its_own_words(walker: Walker, house: House, ben) -> None:
    page = walker.open("practice", "ben")
    assert "Tables I have sat in on" in shown(page)
    box(page, "Whose table was it?").select("Anna")
    box(page, "Which evening?").input("evening-0")
    box(page, "What I noticed in myself").input("I wanted to help at once.")
    click(page, "Save the visit")
    assert house.gate(ben, TABLE, "peer-modelling") is GateState.MET
    assert "What I noticed in myself: I wanted to help at once." in shown(page)
