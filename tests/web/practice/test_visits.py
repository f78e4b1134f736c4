"""Leaders one has watched: what the programme's log asks, kept prompt by prompt."""

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from assessments.facts import LogAnswer, Milestone, MilestoneKind
from assessments.service.learning import correct
from tests.web.acting import box
from tests.web.walking import Walker, click, click_twice, shown

FAMILY_NOTE = "Her boy is 7 years old"


def visits(walker: Walker) -> list[Milestone]:
    found = walker.scene.store.list_facts(Milestone, walker.person("erik"))
    return [milestone for milestone in found if milestone.kind == MilestoneKind.PEER_MODEL]


def answers(walker: Walker) -> dict[str, str]:
    return {one.prompt_id: one.words for one in walker.scene.store.list_facts(LogAnswer, walker.person("erik"))}


def note_visit(walker: Walker, note: str, session: str = "RIV-B week 3") -> AppTest:
    page = walker.open("practice", "erik")
    box(page, "Which session?").input(session)
    box(page, "One thing I will borrow").input(note)
    return page


def test_a_visit_is_noted_prompt_by_prompt(walker: Walker) -> None:
    page = note_visit(walker, "She waited.")
    box(page, "Whom did you watch?").select("Hana Kovac")
    box(page, "One question for supervision").input("When do I step in?")
    click(page, "Save the visit")
    [visit] = visits(walker)
    assert (visit.what, visit.other_id, visit.note) == ("RIV-B week 3", walker.person("hana"), "")
    assert answers(walker) == {"C10-borrow": "She waited.", "C10-question": "When do I step in?"}
    assert "1 of 2 visits" in shown(page)
    assert "RIV-B week 3** · Hana Kovac · 23 Nov 2026" in shown(page)
    assert "One thing I will borrow: She waited." in shown(page)
    assert "One question for supervision: When do I step in?" in shown(page)


def test_a_prompt_that_is_left_empty_keeps_nothing(walker: Walker) -> None:
    click(note_visit(walker, "She waited."), "Save the visit")
    assert answers(walker) == {"C10-borrow": "She waited."}
    assert visits(walker)[0].other_id is None


def test_a_double_click_notes_one_visit(walker: Walker) -> None:
    click_twice(note_visit(walker, "She waited."), "Save the visit")
    assert len(visits(walker)) == 1
    assert len(answers(walker)) == 1


def test_a_visit_without_a_code_is_refused_in_words(walker: Walker) -> None:
    page = click(walker.open("practice", "erik"), "Save the visit")
    assert page.error
    assert visits(walker) == []


def test_a_click_right_after_typing_keeps_no_visit_with_a_doubtful_note(walker: Walker) -> None:
    page = click(note_visit(walker, FAMILY_NOTE), "Save the visit")
    assert visits(walker) == []
    assert page.warning


def test_a_visit_can_be_noted_after_one_was_taken_back(walker: Walker) -> None:
    page = click(note_visit(walker, "First."), "Save the visit")
    scene, [visit] = walker.scene, visits(walker)
    correct(scene.store, scene.actor("erik"), visit.fact_id, "wrong_entry", scene.now)
    page.run()
    assert "First." not in shown(page)
    box(page, "Which session?").input("RIV-B week 4")
    click(page, "Save the visit")
    assert [visit.what for visit in visits(walker)] == ["RIV-B week 4"]


def test_a_programme_without_a_log_asks_for_one_thing_to_borrow(walker: Walker) -> None:
    context = walker.scene.context("erik")
    [choice] = context.choices
    programme = choice.programme
    without = programme.model_copy(update={"checklists": tuple(c for c in programme.checklists if c.id != "C10")})
    page = walker.open("practice", "erik", context=replace(context, choices=(replace(choice, programme=without),)))
    box(page, "Which session?").input("RIV-B week 3")
    box(page, "One thing I will borrow").input("She waited.")
    click(page, "Save the visit")
    assert [(visit.what, visit.note) for visit in visits(walker)] == [("RIV-B week 3", "She waited.")]
    assert answers(walker) == {}
