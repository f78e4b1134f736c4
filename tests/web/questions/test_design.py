"""*Design a quiz*: plain figures that follow the sliders, and what the pool lacks."""

from pathlib import Path

import pytest

from analytics.quiz_plan import Gap, GapKind, PoolReport
from curriculum.errors import Problem
from tests.web.walking import Walker, shown
from web.views.questions import design


def test_the_figures_say_in_plain_words_what_the_pass_mark_does(walker: Walker) -> None:
    text = shown(walker.open("design-quiz", "lead"))
    assert "Of 100 people who do not yet know this well enough, about 33 would pass." in text
    assert "Of 100 people who do know it well enough, about 13 would fail." in text
    assert "It is no estimate: nobody has taken the quiz for it." in text
    assert "No gap was found." in text


def test_a_slider_tries_out_another_pass_mark_and_saves_nothing(walker: Walker) -> None:
    position = walker.scene.store.position
    page = walker.open("design-quiz", "manager")
    page.slider[1].set_value(9).run()
    text = shown(page)
    assert "about 14 would pass" in text
    assert "about 34 would fail" in text
    assert "The programme has 10 questions, 8 right to pass (80 %)." in text
    assert walker.scene.store.position == position


def test_a_longer_quiz_keeps_the_share_to_pass_and_shows_what_the_pool_lacks(walker: Walker) -> None:
    page = walker.open("design-quiz", "lead")
    page.slider[0].set_value(20).run()
    assert page.slider[1].value == 16
    assert "26 questions to draw from; this length needs 50" in shown(page)


def test_each_gap_and_each_finding_is_said_in_words(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*_: object) -> PoolReport:
        gaps = tuple(Gap(kind, ("M1.1",), 1, 3) for kind in GapKind)
        problem = Problem(Path("items"), 1, "item `m1-x`", "asks with `not`", "Ask the other way round.")
        return PoolReport(4, (), gaps, (problem,), None, 7.0)

    monkeypatch.setattr(design, "report_pool", found)
    text = shown(walker.open("design-quiz", "lead"))
    for words in (
        "1 questions to draw from; this length needs 3",
        "Safeguarding theme M1.1: 1 questions; 3 are needed.",
        "M1.1: 1 questions; 3 are needed, so that",
        "Taught, and never asked about: section M1.1 ",
        "Taught, and never asked about: competency M1.1.",
        "One question only, so that a second try repeats it: section M1.1 ",
        "item `m1-x`: asks with `not`. Ask the other way round.",
    ):
        assert words in text
    assert "Reading level" not in text
