"""Quality: flagged questions first, no figure that so few answers do not bear, and all of it in the file."""

from pathlib import Path

import pytest

from analytics.item_analysis import FormReport, analyse_file
from tests.analytics.raters.test_board import make_board
from tests.web.drawing import draw, shown, unfold
from tests.web.manager.conftest import Town
from web.views.manager import quality, raters
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
    return unfold(draw(VIEW, town.context(login)))


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


# ---------------------------------------------------------------- the raters


def test_three_raters_stand_two_by_two_with_their_names(town: Town, monkeypatch) -> None:
    rated = {(who, rater): {"L1": 3, "L2": 2 + who % 2} for who in range(10, 24) for rater in (1, 2, 3)}
    monkeypatch.setattr(raters, "see_raters", lambda *_: make_board(rated, trainers=(1, 2, 3)))
    page = unfold(draw(VIEW, town.context("lena"), look="raters"))
    rows = [row for table in page.table for row in table.value.to_dict("records") if "Two raters" in row]
    assert [row["Two raters"] for row in rows] == [
        "Rater 1 and Rater 2",
        "Rater 1 and Rater 3",
        "Rater 2 and Rater 3",
    ]
    assert {row["The same level"] for row in rows} == {"100 %"}
    assert {row["Lines"] for row in rows} == {"28"}
    assert "14 of 14 sessions, 100 %" in _text(page)
    assert "AC1, beyond chance**: 1.00" in _text(page)
    assert "Two raters" not in _text(draw(VIEW, town.context("mona"), look="questions"))
