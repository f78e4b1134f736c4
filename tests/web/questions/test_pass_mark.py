"""*Set a pass mark*: one question after the other, blind to the others, and lines to paste that keep their source."""

from assessments.facts import CutJudgement, CutRound
from assessments.service.cuts import close_cut_round, judge_item, open_cut_round
from people.models import NOBODY
from tests.web.scene import ALONGSIDE, HUB
from tests.web.walking import Walker, click, click_twice, labels, said, shown


def open_round(walker: Walker) -> CutRound:
    scene = walker.scene
    quiz = scene.store.programme(ALONGSIDE, 1).blueprints[0].id
    return open_cut_round(scene.store, scene.actor("lead"), HUB, ALONGSIDE, quiz, version_no=1, now=scene.now)


def judge(walker: Walker, login: str, opened: CutRound, pct: int) -> None:
    for number, item_id in enumerate(opened.item_ids):
        said = min(100, pct + 10 * (number == 0))
        judge_item(walker.scene.store, walker.scene.actor(login), opened.fact_id, item_id, said, now=walker.scene.now)


def test_a_round_is_opened_once_by_two_clicks(walker: Walker) -> None:
    click_twice(walker.open("pass-mark", "lead"), "Open round 1")
    assert len(walker.scene.store.list_facts(CutRound, NOBODY)) == 1


def test_trainers_wait_until_a_round_is_open(walker: Walker) -> None:
    assert "No round is open" in shown(walker.open("pass-mark", "trainer"))


def test_a_judge_goes_from_question_to_question_and_each_answer_is_kept(walker: Walker) -> None:
    opened = open_round(walker)
    page = walker.open("pass-mark", "trainer")
    assert "right answer" in shown(page)
    assert "Close round 1 now" not in labels(page)
    page.number_input[0].set_value(70).run()
    click(page, "Save and go on")
    kept = walker.scene.store.list_facts(CutJudgement, walker.person("trainer"))
    assert [(one.item_id, one.pct) for one in kept] == [(opened.item_ids[0], 70)]
    assert page.selectbox(key=f"item-{opened.fact_id}-{opened.item_ids[1]}").value == opened.item_ids[1]
    assert page.number_input[0].value is None


def test_others_are_not_seen_before_the_round_is_closed(walker: Walker) -> None:
    judge(walker, "trainer2", open_round(walker), 35)
    text = shown(walker.open("pass-mark", "trainer"))
    assert "1 person has judged every question" in text
    assert "35" not in text
    assert "Proposed pass mark" not in text


def test_a_closed_round_proposes_a_cut_that_keeps_its_source(walker: Walker) -> None:
    opened = open_round(walker)
    for login, pct in (("trainer", 70), ("trainer2", 80), ("lead", 75)):
        judge(walker, login, opened, pct)
    page = walker.open("pass-mark", "lead")
    click(page, "Close round 1 now")
    assert said(page) == "Round 1 is closed."
    page = walker.open("pass-mark", "lead")
    text = shown(page)
    assert "Proposed pass mark: 76 %, which is 8 of 10 right." in text
    assert "3 judges" in text
    assert "Provisional" not in text
    lines = page.code[0].value
    assert lines.startswith("pass_pct: 76\n")
    assert f"Angoff, round 1, 3 judges on {len(opened.item_ids)} questions, 23 Nov 2026" in lines
    assert str(opened.fact_id) in lines


def test_in_a_second_round_judges_see_how_far_apart_the_first_one_was(walker: Walker) -> None:
    opened = open_round(walker)
    for login, pct in (("trainer", 40), ("trainer2", 80)):
        judge(walker, login, opened, pct)
    close_cut_round(walker.scene.store, walker.scene.actor("lead"), opened.fact_id, walker.scene.now)
    open_round(walker)
    text = shown(walker.open("pass-mark", "trainer"))
    assert "Round 1: from 50 to 90, mean 70. You said 50." in text
    assert "Provisional: fewer than 3 judges." in text


def test_a_judge_who_is_done_can_still_change_an_answer(walker: Walker) -> None:
    opened = open_round(walker)
    judge(walker, "trainer", opened, 70)
    page = walker.open("pass-mark", "trainer")
    assert "You are done." in shown(page)
    page.number_input[0].set_value(55).run()
    click(page, "Save")
    kept = walker.scene.store.list_facts(CutJudgement, walker.person("trainer"), item_id=opened.item_ids[0])
    assert [one.pct for one in kept] == [80, 55]
