"""How I am: explained before the first entry, one tap, deletable; and how sure one feels."""

from assessments.service import support
from assessments.support import CheckInChoice, ConfidenceRated, Moment
from tests.web.acting import box
from tests.web.walking import Walker, click, click_twice, labels, said, shown

URL = "how-i-am"


def loads(walker: Walker, login: str) -> list[int]:
    return [entry.level for entry in walker.scene.store.list_check_ins(walker.person(login))]


def check_in(walker: Walker, login: str, *levels: int) -> None:
    store, actor = walker.scene.store, walker.scene.actor(login)
    support.choose_check_in(store, actor, True, walker.scene.now)
    for level in levels:
        walker.scene.wait(hours=1)
        support.check_in(store, actor, level, walker.scene.now)


def test_what_it_is_for_is_explained_before_the_first_entry(walker: Walker) -> None:
    page = walker.open(URL, "priya")
    assert "It never counts for being ready" in shown(page)
    assert "How heavy is it just now?" not in shown(page)
    page.checkbox(key="tells").uncheck()
    click(page, "I have read it")
    [choice] = walker.scene.store.list_facts(CheckInChoice, walker.person("priya"))
    assert not choice.tells_supervisor
    assert "How heavy is it just now?" in shown(walker.open(URL, "priya"))


def test_nothing_is_chosen_beforehand_and_one_tap_is_kept_once(walker: Walker) -> None:
    check_in(walker, "priya")
    page = walker.open(URL, "priya")
    assert box(page, "Your own load").value is None
    box(page, "Your own load").set_value(3).run()
    click_twice(page, "Save")
    assert loads(walker, "priya") == [3]


def test_after_a_high_load_the_way_to_a_trainer_stands_there(walker: Walker) -> None:
    check_in(walker, "priya", 3)
    assert "That is a lot." not in shown(walker.open(URL, "priya"))
    check_in(walker, "priya", 5)
    assert "That is a lot." in shown(walker.open(URL, "priya"))


def test_two_high_loads_are_told_to_the_own_trainer_until_they_have_met(walker: Walker) -> None:
    words = "Priya Nair has noted twice in a row that it is heavy."
    check_in(walker, "priya", 4)
    assert words not in shown(walker.open("supervision", "trainer"))
    check_in(walker, "priya", 5)
    assert words in shown(walker.open("supervision", "trainer"))


def test_the_prompt_can_be_switched_off(walker: Walker) -> None:
    check_in(walker, "priya", 4, 5)
    page = walker.open(URL, "priya")
    page.checkbox(key="tells-now").uncheck().run()
    assert "has noted twice" not in shown(walker.open("supervision", "trainer"))


def test_all_entries_can_be_deleted(walker: Walker) -> None:
    check_in(walker, "priya", 4, 5)
    page = click(walker.open(URL, "priya"), "Delete all my entries")
    assert said(page) == "Deleted. Nothing of them is left."
    assert loads(walker, "priya") == []
    assert "Delete all my entries" not in labels(walker.open(URL, "priya"))


def test_confidence_is_asked_once_before_and_once_after(walker: Walker) -> None:
    page = walker.open(URL, "erik")
    assert "**Before the training**" in shown(page)
    click_twice(page, "Save how sure I feel")
    [rated] = walker.scene.store.list_facts(ConfidenceRated, walker.person("erik"))
    assert rated.moment is Moment.BEFORE
    assert {one.level for one in rated.levels} == {3}
    assert "**After the training**: how sure" in shown(walker.open(URL, "erik"))
    assert "Save how sure I feel" not in labels(walker.open(URL, "hana"))
