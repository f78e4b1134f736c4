"""Calibrate: a trainer rates the scenes and sees what is right at the end; the hub sees only what it may."""

from assessments.facts import Calibration, VignetteRated
from assessments.service.calibrating import rate_vignette
from tests.web.scene import ALONGSIDE
from tests.web.walking import Walker, click, click_twice, labels, shown


def rate_all(walker: Walker, login: str, *, but: int = 0, n_wrong: int = 0) -> None:
    """Let a trainer rate all scenes but the last few rightly; of some they see nothing at all."""
    store, actor = walker.scene.store, walker.scene.actor(login)
    vignettes = store.programme(ALONGSIDE, 1).vignettes
    for number, vignette in enumerate(vignettes[: len(vignettes) - but]):
        ticks = {} if number < n_wrong else {gold.line: gold.seen for gold in vignette.gold}
        rate_vignette(store, actor, ALONGSIDE, vignette.id, ticks, version_no=1, now=walker.scene.now)


def rated_by(walker: Walker, login: str) -> list[VignetteRated]:
    return walker.scene.store.list_facts(VignetteRated, walker.person(login))


def test_a_round_begins_with_the_first_scene_and_saves_what_is_ticked(walker: Walker) -> None:
    page = click(walker.open("calibrate", "trainer"), "Begin")
    first = walker.scene.store.programme(ALONGSIDE, 1).vignettes[0]
    assert first.title in shown(page)
    assert all(gold.why not in shown(page) for gold in first.gold)
    page.checkbox[0].check().run()
    click_twice(page, "Save and go on")
    [rated] = rated_by(walker, "trainer")
    assert (rated.vignette_id, len(rated.seen), len(rated.lines)) == (first.id, 1, len(first.gold))
    assert "1 of 4 scenes rated" in next(one.text for one in page.get("progress"))


def test_the_last_scene_brings_the_figures_and_what_is_right(walker: Walker) -> None:
    rate_all(walker, "trainer", but=1)
    assert "right level" not in shown(walker.open("calibrate", "trainer"))
    click(walker.open("calibrate", "trainer"), "Save and go on")
    page = walker.open("calibrate", "trainer")
    text = shown(page)
    assert ":green-badge[:material/check: passed]" in text
    assert "of 15 lines" in text
    assert "95 % interval" in text
    assert "The programme asks for 70 lines in 100 at the right level." in text
    assert "Who says what is right: illustrative, to be set by your panel." in text
    assert "the next round can begin on 7 Dec 2026" in text
    assert "Begin" not in labels(page)
    newest = walker.scene.store.list_facts(Calibration, walker.person("trainer"))[-1]
    assert newest.is_passed


def test_a_round_that_did_not_reach_the_minimum_says_not_yet(walker: Walker) -> None:
    rate_all(walker, "trainer", n_wrong=4)
    assert ":orange-badge[not yet]" in shown(walker.open("calibrate", "trainer"))


def test_the_lead_sees_the_hub_by_name_once_a_round_is_whole(walker: Walker) -> None:
    rate_all(walker, "trainer", but=1)
    assert "Nobody has rated all scenes yet." in shown(walker.open("calibrate", "lead"))
    rate_all(walker, "trainer2")
    text = shown(walker.open("calibrate", "lead"))
    assert "**Grace Addo**" in text
    assert "15 of 15 lines, 100 in 100" in text
    assert "Tomasz Nowak" not in text


def test_a_manager_sees_no_names_and_no_figure_of_few(walker: Walker) -> None:
    rate_all(walker, "trainer2")
    text = shown(walker.open("calibrate", "manager"))
    assert "1 of 2 trainers have rated all scenes." in text
    assert "Figures are shown from 3 trainers on" in text
    assert "Grace" not in text
    assert "In 100" not in text
