"""Rules: why each gate is asked, for everybody; and what a change would do, for who may draft rules."""

from pathlib import Path

import pytest

from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from web.views.everyone.rules import VIEW


def _text(page) -> str:
    return shown(page).replace("\\", "")


def _open_preview(town: Town, login: str):
    page = draw(VIEW, town.context(login))
    return page.toggle(key="try-rules").set_value(True).run()


@pytest.mark.parametrize("login", ["amina", "ruth", "mona", "lena", "sam", "cora"])
def test_everybody_in_the_programme_reads_why_each_gate_is_asked(town: Town, login: str) -> None:
    text = _text(draw(VIEW, town.context(login)))
    assert "**Reflections written**" in text
    assert "To learn." in text
    assert "**It rests on**: not said in this version" in text


@pytest.mark.parametrize("login", ["amina", "ruth", "sam", "cora"])
def test_who_may_not_draft_rules_is_offered_no_preview(town: Town, login: str) -> None:
    assert not draw(VIEW, town.context(login)).toggle


@pytest.mark.parametrize("login", ["mona", "lena"])
def test_a_change_shows_who_would_stand_elsewhere_and_the_text_to_put_in_the_folder(town: Town, login: str) -> None:
    page = _open_preview(town, login)
    assert "Change a number" in _text(page)
    position = town.store.position
    page.selectbox(key="knob-reflections-severity").select("info").run()
    text = _text(page)
    assert "2 of 2 people would stand elsewhere" in text
    assert "**Amina**: Not started → Ready for decision" in text
    assert "**Would hold nobody back**: Reflections written" in text
    assert 'severity: "info"' in page.code[-1].value
    assert town.store.position == position


def test_a_quiz_cut_can_be_tried(town: Town) -> None:
    page = _open_preview(town, "mona")
    quiz = next(name for name in page.selectbox(key="draft-of").options if name.startswith("Pass mark"))
    page.selectbox(key="draft-of").select(quiz).run()
    page.number_input[0].set_value(100).run()
    assert not page.exception
    assert "0 of 2 people would stand elsewhere" in _text(page)


def test_a_manager_of_another_hub_sees_no_names(town: Town) -> None:
    page = _open_preview(town, "otto")
    page.selectbox(key="knob-reflections-severity").select("info").run()
    text = _text(page)
    assert "Amina" not in text
    assert "Not computable, because nobody whom you may see" in text
    assert "There are few people in other hubs" in text


def test_safety_is_named_as_simulated_and_how_to_compute_it(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRACTICUM_HOME", str(tmp_path))
    page = _open_preview(town, "mona")
    assert "Simulated people, not evidence about real ones." in _text(page)
    assert any("analytics safety" in code.value for code in page.code)
