"""Quality: flagged questions first, no figure that so few answers do not bear, and all of it in the file."""

from pathlib import Path

import pytest

from analytics.item_analysis import FormReport, analyse_file
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from web.views.manager import quality
from web.views.manager.quality import VIEW


def _text(page) -> str:
    return shown(page).replace("\\", "")


def _report(folder: Path, n: int) -> FormReport:
    """Return a form of four questions; in the last, those who know less do better."""
    lines = ["person,item,mark,max_mark"]
    for person in range(n):
        knows = person % 3
        marks = (int(knows > 0), int(knows > 1), 1, int(knows == 0))
        lines += [f"p{person},{name},{mark},1" for name, mark in zip(("one", "two", "easy", "odd"), marks, strict=True)]
    path = folder / "responses.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return analyse_file(path)


def _draw(town: Town, monkeypatch: pytest.MonkeyPatch, report: FormReport, login: str = "mona"):
    monkeypatch.setattr(quality, "analyse_quiz", lambda *_: report)
    return draw(VIEW, town.context(login))


def test_questions_that_stand_out_come_first_with_the_reason(town: Town, monkeypatch, tmp_path) -> None:
    report = _report(tmp_path, 120)
    page = _draw(town, monkeypatch, report)
    text = _text(page)
    assert "first attempts of 120 people" in text
    assert "Those who got it right did worse on the other questions." in text
    assert "Nearly everybody gets it right: it tells little about who knows more." in text
    rows = page.table[0].value.to_dict("records")
    flagged = {item.statistics.item for item in report.items if item.findings}
    assert {"odd", "easy"} <= flagged < {row["Question"] for row in rows}
    assert {row["Question"] for row in rows[: len(flagged)]} == flagged
    assert rows[-1]["n"] == "120"
    assert "33 % (" in text
    assert page.get("vega_lite_chart")[0].proto.alt.startswith("Shares of people who get a question right")


@pytest.mark.parametrize(("n", "words"), [(9, "not shown under 10"), (10, "indicative"), (29, "indicative"), (30, "%")])
def test_few_answers_bear_little(town: Town, monkeypatch, tmp_path, n: int, words: str) -> None:
    page = _draw(town, monkeypatch, _report(tmp_path, n))
    rows = page.table[0].value.to_dict("records")
    assert all(words in row["Right"] for row in rows)
    assert all(("indicative" in row["Right"]) == (10 <= n < 30) for row in rows)
    assert len(page.get("vega_lite_chart")) == (n >= 10)
    assert all(row["With the rest"] == "not known" for row in rows) == (n < 30)
    assert "No question stands out." in _text(page)


def test_nobody_has_answered_yet(town: Town) -> None:
    assert "Nobody has taken it yet" in _text(draw(VIEW, town.context("lena")))
