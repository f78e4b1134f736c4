"""One source: each figure on a page, on paper, in a workbook and in a file is the one of the cohort report."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree as Xml
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

import analytics.cohort_report
from analytics.cohort_report import CohortReport, ReportFigure, ReportPart, Unit, cohort_report
from analytics.issued_reports.drafting import draft_report
from analytics.statistics.thresholds import ItemThresholds
from curriculum.models import Setting
from people.models import CohortId
from tests.web.drawing import draw, shown, unfold
from tests.web.scene import ALONGSIDE, HUB, Scene, open_scene
from web.documents.cohort_report import count_words, figure_words, range_words, week_digits
from web.estimates import estimate_text, share_text
from web.view import View
from web.views.manager import forecast, levels, quality, readiness, reports
from web.views.support import hub_support
from web.wording import setting_words

pytestmark = pytest.mark.xdist_group("one source")

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COHORT = CohortId("riverside-2026-08")
"""Its people began within the days that the page of support looks back."""


@dataclass
class Files:
    """What the buttons of a page give, by the name of the file."""

    made: dict[str, Callable[[], bytes]]

    def get(self, name: str) -> bytes:
        return self.made[name]()

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(StringIO(self.get(name).decode("utf-8-sig"))))


@pytest.fixture(scope="module")
def scene(demonstration_file, tmp_path_factory) -> Iterator[Scene]:
    with open_scene(demonstration_file, tmp_path_factory.mktemp("one-source")) as opened:
        yield opened


def _report_now(scene: Scene) -> CohortReport:
    return cohort_report(scene.store, scene.actor("lead"), scene.store.programme(ALONGSIDE, 1), HUB)


@pytest.fixture(scope="module")
def report(scene: Scene) -> CohortReport:
    """The report of all cohorts for the training lead, who may see all of it."""
    found = _report_now(scene)
    assert not found.left_out
    assert all(found.in_part(part) for part in ReportPart)
    return found


@pytest.fixture
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show what four have answered, on the page as in the report: there are but twelve people."""
    for module in (quality, analytics.cohort_report):
        monkeypatch.setattr(module, "ITEMS", ItemThresholds(shown=4, coefficients=6))


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> Files:
    """The files that the pages drawn in the test offer."""
    return _keep_files(monkeypatch)


def _keep_files(patch: pytest.MonkeyPatch) -> Files:
    import streamlit as st

    kept = Files({})
    draw_button = st.download_button

    def keep(label: str, data: Any, *args: Any, **more: Any) -> bool:
        kept.made[more["file_name"]] = data if callable(data) else lambda: data
        return draw_button(label, data, *args, **more)

    patch.setattr(st, "download_button", keep)
    return kept


def _rows(page: AppTest, *columns: str) -> list[dict[str, str]]:
    """Return the rows of the tables that have these columns."""
    return [
        {name: cell.replace("\\", "") for name, cell in row.items()}
        for table in page.table
        if set(columns) <= set(table.value.columns)
        for row in table.value.to_dict("records")
    ]


def _metrics(page: AppTest) -> dict[str, str]:
    return {one.label: str(one.value) for one in page.metric}


def _by_key(found: CohortReport) -> dict[str, ReportFigure]:
    return {figure.key: figure for figure in found.figures}


def _text(page: AppTest) -> str:
    return shown(page).replace("\\", "")


def _draw(view: View, scene: Scene, **query: str) -> AppTest:
    return unfold(draw(view, scene.context("lead"), **query))


# ---------------------------------------------------------------- pages and their files


def test_readiness_counts_the_people_of_the_report(scene: Scene, report: CohortReport, files: Files) -> None:
    page, figures = _draw(readiness.VIEW, scene), _by_key(report)
    metrics = _metrics(page)
    n = {status: figures[f"people/{status}"].numerator for status in ("signed_off", "due_soon", "ready_for_decision",
                                                                      "on_hold", "withdrawn")}  # fmt: skip
    assert n["signed_off"] is not None
    assert n["due_soon"] is not None
    assert metrics["Signed off"] == str(n["signed_off"] + n["due_soon"])
    assert metrics["Ready for decision"] == str(n["ready_for_decision"])
    assert metrics["On hold"] == str(n["on_hold"])
    assert n["withdrawn"] is not None
    assert f"of {report.n - n['withdrawn']}" in _text(page)
    gates = {str(one.label.values["title"]): one for one in report.in_part(ReportPart.GATES)}
    shown_rows = _rows(page, "Gate", "Not met by")
    assert len(shown_rows) > 5
    for row in shown_rows:
        gate = gates[row["Gate"]]
        assert gate.numerator is not None
        assert row["Not met by"] == f"{gate.denominator - gate.numerator} of {gate.denominator}"
    assert files.rows("gates.csv") == shown_rows


def test_the_forecast_shows_the_steps_of_the_report(scene: Scene, report: CohortReport, files: Files) -> None:
    page = _draw(forecast.VIEW, scene)
    found = _rows(page, "Step", "Came so far")
    expected = [
        (one.label.text(), count_words(one), share_text(one.estimate)) for one in report.in_part(ReportPart.STEPS)
    ]
    assert [(row["Step"], row["Came so far"], row["Share, 95 % interval"]) for row in found] == expected
    assert [row["Share, 95 % interval"] for row in files.rows("steps.csv")] == [share for _, _, share in expected]


def test_support_shows_the_meetings_of_the_report(scene: Scene) -> None:
    programme = scene.store.programme(ALONGSIDE, 1)
    found = cohort_report(scene.store, scene.actor("lead"), programme, HUB, cohort_id=_COHORT)
    assert scene.store.day_of(scene.now) - found.since < timedelta(days=365)
    page = draw(hub_support.VIEW, scene.context("lead"), cohort=_COHORT, support_show="Figures")
    page.session_state["days"] = 365
    page.run()
    assert not page.exception
    metrics, figures = _metrics(page), _by_key(found)
    assert metrics["Held, of offered"] == count_words(figures["support/held"])
    assert metrics["Days between"] == f"{figures['support/median_gap_days'].value:.0f}"
    assert f"median of {figures['support/median_gap_days'].denominator} gaps" in _text(page)
    hours = figures["support/median_hours"]
    assert metrics["Hours, median"] == ("–" if hours.value is None else f"{hours.value:.0f}")


def test_competencies_shows_the_levels_of_the_report(scene: Scene, report: CohortReport, files: Files) -> None:
    page = _draw(levels.VIEW, scene)
    programme = scene.store.programme(ALONGSIDE, 1)
    counts: dict[str, list[list[str]]] = {}
    found = [one for one in report.in_part(ReportPart.LEVELS) if f"/{_setting_shown(page)}/" in one.key]
    by_row: dict[str, list[ReportFigure]] = {}
    for figure in found:
        by_row.setdefault(figure.key.rpartition("/")[0], []).append(figure)
    for key, row in by_row.items():
        title = programme.competency_by_id[key.rpartition("/")[2]].title  # type: ignore[index]
        counts.setdefault(title, []).append([str(one.numerator) for one in row] + [str(row[0].denominator)])
    rows = _rows(page, "Competency", "Level 1", "People rated")
    assert len(rows) == 8
    for row in rows:
        cells = [row[f"Level {level}"] for level in range(1, 5)] + [row["People rated"]]
        assert cells in counts[row["Competency"]], row
    assert [row["People rated"] for row in files.rows("competencies.csv")] == [row["People rated"] for row in rows]


def _setting_shown(page: AppTest) -> Setting:
    words = _text(page).lower()
    return next(one for one in Setting if f"{setting_words(one)} · as of" in words)


@pytest.mark.usefixtures("few_are_enough")
def test_quality_shows_the_questions_of_the_report(scene: Scene, files: Files) -> None:
    report = _report_now(scene)
    quiz = scene.store.programme(ALONGSIDE, 1).blueprints[0]
    page = _draw(quality.VIEW, scene, quiz_of=quiz.id)
    figures = {one.key: one for one in report.in_part(ReportPart.ITEMS) if one.key.startswith(f"items/{quiz.id}/")}
    rows = files.rows("questions.csv")
    assert len(rows) == len(figures) - 1 > 10
    assert 0 < sum(figure.is_shown for figure in figures.values()) < len(figures)
    for row in rows:
        figure = figures[f"items/{quiz.id}/{row['Name']}/facility"]
        assert int(row["People"]) == figure.denominator
        expected = share_text(figure.estimate) if figure.is_shown else f"not shown under {figure.least}"
        assert row["Right, 95 % interval"].removesuffix(", indicative") == expected
    assert f"first attempts of {figures[f'items/{quiz.id}/alpha'].denominator} people" in _text(page)


def test_quality_shows_no_agreement_where_the_report_has_none(scene: Scene, report: CohortReport) -> None:
    """That the two agree where there is a figure is proved where trainers have rated in twos: see the research file."""
    text = _text(_draw(quality.VIEW, scene, look="raters"))
    assert {figure.n_people for figure in report.in_part(ReportPart.RATERS)} == {0}
    assert "Two rated 0 people." in text
    assert "**The same level**" not in text


# ---------------------------------------------------------------- paper, workbook, and what was frozen


def _pdf_text(made: bytes) -> str:
    return _plain("\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages))


def _plain(text: str) -> str:
    return "".join(text.split())


@pytest.fixture(scope="module")
def paper(scene: Scene) -> str:
    """The text of the report on paper, without spaces."""
    with pytest.MonkeyPatch.context() as patch:
        files = _keep_files(patch)
        _draw(reports.VIEW, scene)
        return _pdf_text(files.get("cohort-report.pdf"))


def test_the_paper_has_each_figure_of_the_report(scene: Scene, report: CohortReport, paper: str) -> None:
    for figure in report.figures:
        if figure.part in {ReportPart.LEVELS, ReportPart.ITEMS}:
            continue
        row = (figure.label.text(), figure_words(figure), count_words(figure), range_words(figure))
        assert _plain("".join(row)) in paper, figure.key
    page = _text(_draw(forecast.VIEW, scene))
    for figure in report.in_part(ReportPart.PACE):
        assert f"**{figure.label.text()}**: {estimate_text(figure.estimate, week_digits(figure.estimate))}" in page


@pytest.mark.usefixtures("few_are_enough")
def test_the_paper_has_the_questions_that_enough_people_answered(scene: Scene, files: Files) -> None:
    _draw(reports.VIEW, scene)
    text = _pdf_text(files.get("cohort-report.pdf"))
    questions = [one for one in _report_now(scene).in_part(ReportPart.ITEMS) if one.unit is Unit.SHARE]
    enough = [one for one in questions if one.is_shown]
    assert len(enough) > 20
    for figure in enough:
        item = str(figure.label.values["item"])
        assert _plain(item + figure_words(figure) + count_words(figure) + range_words(figure)) in text, figure.key
    assert f"{len(questions) - len(enough)}morequestionswereansweredbyfewerthan4people" in text


def test_the_paper_has_the_levels_of_the_report(scene: Scene, report: CohortReport, paper: str) -> None:
    programme = scene.store.programme(ALONGSIDE, 1)
    by_row: dict[str, list[ReportFigure]] = {}
    for figure in report.in_part(ReportPart.LEVELS):
        by_row.setdefault(figure.key.rpartition("/")[0], []).append(figure)
    assert len(by_row) > 20
    for key, figures in by_row.items():
        _part, _setting, checklist, competency = key.split("/")
        title = programme.competency_by_id[competency].title  # type: ignore[index]
        cells = "".join(str(one.numerator) for one in figures)
        assert _plain(f"{title}{checklist}{cells}{figures[0].denominator}") in paper, key


def _read_workbook(made: bytes) -> list[list[dict[str, str]]]:
    """Return the rows of each sheet by column title, cells as written."""
    with ZipFile(BytesIO(made)) as book:
        strings = ["".join(one.itertext()) for one in Xml.fromstring(book.read("xl/sharedStrings.xml"))]
        names = sorted(
            (name for name in book.namelist() if name.startswith("xl/worksheets/sheet")),
            key=lambda name: int(name.removeprefix("xl/worksheets/sheet").removesuffix(".xml")),
        )
        return [_read_sheet(Xml.fromstring(book.read(name)), strings) for name in names]


def _read_sheet(sheet: Xml.Element, strings: list[str]) -> list[dict[str, str]]:
    rows = [
        {_column(cell): _cell(cell, strings) for cell in row.iter(f"{_SHEET}c")} for row in sheet.iter(f"{_SHEET}row")
    ]
    titles = rows[0] if rows else {}
    return [{title: row.get(column, "") for column, title in titles.items()} for row in rows[1:]]


def _column(cell: Xml.Element) -> str:
    return cell.attrib["r"].rstrip("0123456789")


def _cell(cell: Xml.Element, strings: list[str]) -> str:
    value = cell.findtext(f"{_SHEET}v") or ""
    return strings[int(value)] if cell.attrib.get("t") == "s" else value


def test_the_workbook_has_each_figure_as_a_number(scene: Scene, report: CohortReport, files: Files) -> None:
    _draw(reports.VIEW, scene)
    _about, *sheets = _read_workbook(files.get("cohort-report.xlsx"))
    rows = {row["Name for programs"]: row for sheet in sheets for row in sheet if "Name for programs" in row}
    assert set(rows) == {figure.key for figure in report.figures}
    for figure in report.figures:
        row = rows[figure.key]
        assert (row["Named query"], row["As of"]) == (figure.query, report.as_of.isoformat())
        assert int(row["Of"]) == figure.denominator
        if figure.value is None or not figure.is_shown:
            assert row["Figure"] == ""
            assert row["Why there is none"] == figure_words(figure)
        else:
            assert float(row["Figure"]) == pytest.approx(figure.value, abs=1e-12)
            low = None if figure.interval is None else figure.interval.low
            assert row["From, 95 %"] == "" if low is None else float(row["From, 95 %"]) == pytest.approx(low)


def test_a_funders_report_counts_the_steps_and_people_of_the_report(scene: Scene, report: CohortReport) -> None:
    content = draft_report(scene.store, scene.actor("manager"), scene.store.programme(ALONGSIDE, 1), HUB)
    figures, n_compared = _by_key(report), 0
    assert content.n_people == report.n
    for breakdown in content.breakdowns:
        if breakdown.key.startswith("step/"):
            [n_yes] = [cell.n for cell in breakdown.tables[0].cells if cell.values == ("yes",)]
            figure = figures[f"steps/{breakdown.key.removeprefix('step/')}"]
            assert n_yes in {None, figure.numerator}
            n_compared += n_yes is not None
    assert n_compared


def test_what_a_reader_may_not_see_is_left_out_and_it_is_said(scene: Scene, files: Files) -> None:
    draw(reports.VIEW, scene.context("manager"))
    text = _pdf_text(files.get("cohort-report.pdf"))
    assert _plain("Left out, because your office does not show you single people's answers or ratings") in text
    assert "Namedquery:rater_lines" not in text
    assert "Cronbach" not in text
    about, *sheets = _read_workbook(files.get("cohort-report.xlsx"))
    assert any(row["What"] == "Left out" for row in about)
    assert not [row for sheet in sheets for row in sheet if row.get("Name for programs", "").startswith("items/")]


def test_support_stands_before_who_is_not_ready(paper: str) -> None:
    assert paper.index("Whatthehubgave") < paper.index("Wherepeoplestand") < paper.index("Howfarpeoplecome")
