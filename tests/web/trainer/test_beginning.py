"""Observe, the first screen: what is in progress, what was asked for, and a new form."""

import pytest

from assessments.facts import Stage
from assessments.service.observations import request_observation
from curriculum.ids import ChecklistId
from curriculum.models import Setting
from people.facts import Assignment
from people.models import Office
from people.service import end_assignment
from store.ledger import Store
from tests.web.acting import OPERATOR, begin_form, box, erase_name, forms_about, hire, pick
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, click_twice, shown


def test_a_role_play_asks_for_its_story_and_shows_the_script(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("erik")), checklist="C6")
    box(page, "Which story is played?").select("The sore arm").run()
    assert "Stop word:" in shown(page)
    click(page, "Start")
    [opened] = forms_about(walker, "erik")
    assert (opened.checklist_id, opened.setting, opened.scenario_id) == ("C6", Setting.ROLEPLAY, "the-sore-arm")
    assert opened.counts
    assert walker.went == [("observe", {"form": str(opened.fact_id)})]


def test_a_live_form_asks_for_the_session_and_how_much_they_lead(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("erik")), checklist="C2")
    pick(page, "Where?", Setting.LIVE)
    box(page, "How much do they lead?").select("led the whole session")
    box(page, "Code of the session").input("RIV-A 14 Nov")
    click(page, "Start")
    [opened] = forms_about(walker, "erik")
    assert (opened.setting, opened.stage, opened.session_code) == (Setting.LIVE, Stage.LEAD_WHOLE, "RIV-A 14 Nov")


def test_a_live_form_without_a_code_says_what_is_missing(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("erik")), checklist="C2", setting="live")
    click(page, "Start")
    assert "Session code" in page.error[0].value
    assert forms_about(walker, "erik") == []
    box(page, "Code of the session").input("RIV-A")
    click(page, "Start")
    assert len(forms_about(walker, "erik")) == 1


def test_what_cannot_count_is_said_before_the_start(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("erik")), checklist="C2", setting="live")
    box(page, "A second leader is in the room").uncheck().run()
    assert "A live session counts only with a second leader present" in page.info[0].value
    box(page, "Code of the session").input("RIV-A")
    click(page, "Start")
    assert not forms_about(walker, "erik")[0].counts


def test_practice_only_does_not_count(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("erik")))
    pick(page, "What is it for?", False)
    click(page, "Start")
    assert not forms_about(walker, "erik")[0].counts


def test_a_double_click_begins_one_form(walker: Walker) -> None:
    click_twice(walker.open("observe", "trainer", person=str(walker.person("erik"))), "Start")
    assert len(forms_about(walker, "erik")) == 1


def test_two_forms_can_be_begun_one_after_the_other(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("erik")))
    click(page, "Start")
    page.run()
    click(page, "Start")
    assert len(forms_about(walker, "erik")) == 2


def test_supervision_asks_nothing_about_a_session_and_says_what_the_form_is_for(
    walker: Walker, monkeypatch: pytest.MonkeyPatch
) -> None:
    _turn_into_a_review(walker.scene.store, monkeypatch)
    page = walker.open("observe", "trainer", person=str(walker.person("erik")), checklist="C3")
    asked = {one.label for kind in ("selectbox", "text_input", "checkbox") for one in page.get(kind)}
    assert asked.isdisjoint({"How much do they lead?", "Code of the session", "A second leader is in the room"})
    assert "Look back together." in shown(page)
    click(page, "Start")
    [opened] = forms_about(walker, "erik")
    assert (opened.setting, opened.session_code, opened.counts) == (Setting.SUPERVISION, "", True)


def _turn_into_a_review(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let C3 be a form of supervision: the small programme has none."""
    programme = store.programme(ALONGSIDE, 1)
    changes = {"settings": (Setting.SUPERVISION,), "explain": "Look back together."}
    checklists = [
        one.model_copy(update=changes) if one.id == ChecklistId("C3") else one for one in programme.checklists
    ]
    changed = programme.model_copy(update={"checklists": tuple(checklists)})
    changed.__dict__.pop("checklist_by_id", None)  # what was looked up before
    monkeypatch.setattr(store, "programme", lambda _programme_id, _version_no: changed)


def test_a_second_trainer_of_a_role_play_gives_the_same_code(walker: Walker) -> None:
    page = walker.open("observe", "trainer", person=str(walker.person("erik")), checklist="C6")
    box(page, "Code, if a second trainer rates it too (may be empty)").input("round 1")
    click(page, "Start")
    assert forms_about(walker, "erik")[0].session_code == "round 1"


# ---------------------------------------------------------------- requests and forms in progress


def test_taking_up_a_request_fills_the_new_form_in(walker: Walker) -> None:
    scene = walker.scene
    checklist = ChecklistId("C3")
    request_observation(
        scene.store, scene.actor("hana"), ALONGSIDE, checklist, Setting.LIVE, asked_id=None, now=scene.now
    )
    page = walker.open("observe", "trainer2")
    assert "Hana Kovac: Listening and responding, in a real group" in shown(page).replace("*", "")
    take_up = [button for button in page.button if button.label == "Take up"]
    take_up[-1].click().run()
    page = walker.follow("trainer2")
    whom = box(page, "Whom do you watch?")
    assert whom.options[whom.index] == "Hana Kovac"
    assert box(page, "With which checklist?").value == "C3"
    assert box(page, "Where?").value == Setting.LIVE


def test_a_request_is_gone_once_a_trainer_has_begun_to_watch(walker: Walker) -> None:
    assert "Priya Nair" in shown(walker.open("observe", "trainer2"))
    begin_form(walker, "trainer", "priya", "C7")
    assert "Priya Nair" not in shown(walker.open("observe", "trainer2"))


def test_a_form_in_progress_is_gone_on_with(walker: Walker) -> None:
    form_id = begin_form(walker, "trainer", "priya")
    page = walker.open("observe", "trainer")
    assert "Begun on 23 Nov 2026 at 09:00. All ticks are saved." in shown(page)
    click(page, "Go on with this form")
    assert walker.went == [("observe", {"form": str(form_id)})]
    assert "Go on with this form" not in [button.label for button in walker.open("observe", "trainer2").button]


def test_a_form_about_somebody_who_has_another_trainer_now_is_not_listed(walker: Walker) -> None:
    begin_form(walker, "trainer", "priya")
    scene = walker.scene
    for assignment in scene.store.list_facts(Assignment, walker.person("priya")):
        if assignment.trainer_id == walker.person("trainer"):
            end_assignment(scene.store, OPERATOR, assignment.fact_id, scene.now)
    page = walker.open("observe", "trainer")
    assert "Go on with this form" not in [button.label for button in page.button]
    assert "Priya Nair" not in shown(page)


def test_somebody_whose_name_was_erased_is_a_number(walker: Walker) -> None:
    begin_form(walker, "trainer", "priya")
    person_id = erase_name(walker, "priya")
    text = shown(walker.open("observe", "trainer"))
    assert f"Person {person_id}** · Opening" in text
    assert "Priya" not in text


def test_a_new_trainer_is_told_whom_to_ask(walker: Walker) -> None:
    hire(walker, "nadia", Office.TRAINER)
    assert "You have no trainees yet" in shown(walker.open("observe", "nadia"))
