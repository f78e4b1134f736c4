"""Who has the files alone gets the figures of the report, of the same people."""

import ast
from pathlib import Path

import pytest

from analytics.cohort_report import CohortReport, ReportFigure, ReportPart, cohort_report
from analytics.raters import see_raters
from analytics.research.files import write_files
from analytics.research.gathering import export_research
from analytics.statistics.thresholds import RaterThresholds
from people.models import PersonId
from tests.analytics.place import HUB
from tests.analytics.research import recompute as script
from tests.analytics.research.conftest import OPERATOR_ACTOR, PSEUDONYMS, Hub, choose
from tests.analytics.test_item_analysis import Quiz
from tests.builders import QUIZ

pytestmark = pytest.mark.xdist_group("research")


@pytest.fixture(scope="module")
def report(hub: Hub) -> CohortReport:
    return cohort_report(hub.store, OPERATOR_ACTOR, hub.programme, hub.hub_id, among=hub.export.people)


@pytest.fixture(scope="module")
def recomputed(hub: Hub, tmp_path_factory: pytest.TempPathFactory) -> dict[str, script.Figure]:
    folder = write_files(hub.export, tmp_path_factory.mktemp("research"))
    return script.recompute(script.read(folder))


def _same(figure: ReportFigure, found: script.Figure) -> bool:
    ends = (found.low, found.high)
    interval = (figure.interval.low, figure.interval.high) if figure.interval else (None, None)
    return (
        (figure.value, figure.denominator) == (pytest.approx(found.value, abs=1e-9), found.denominator)
        and figure.numerator in (None, found.numerator)
        and (ends == (None, None) or interval == pytest.approx(ends, abs=1e-9))
    )


def test_the_script_knows_nothing_of_the_product() -> None:
    tree = ast.parse(Path(script.__file__).read_text("utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    ours = {"analytics", "assessments", "curriculum", "people", "store", "web", "tests"}
    assert not {name.partition(".")[0] for name in imported} & ours


def test_every_figure_of_the_report_follows_from_the_files(
    report: CohortReport, recomputed: dict[str, script.Figure]
) -> None:
    computable = [figure for figure in report.figures if figure.value is not None]
    unknown = [figure.key for figure in computable if figure.key not in recomputed]
    assert unknown == []
    differing = [
        (figure.key, figure, recomputed[figure.key])
        for figure in computable
        if not _same(figure, recomputed[figure.key])
    ]
    assert differing == []


def test_every_part_has_a_figure_to_compare(report: CohortReport) -> None:
    """A comparison of nothing would agree with everything."""
    compared = {part: sum(figure.value is not None for figure in report.in_part(part)) for part in ReportPart}
    assert min(compared.values()) > 0, compared
    assert report.left_out == ()


def test_what_the_report_cannot_compute_the_files_do_not_bear_either(
    report: CohortReport, recomputed: dict[str, script.Figure]
) -> None:
    """Where the script finds a figure all the same, too few people stand behind it for the report to show it."""
    for figure in report.figures:
        if figure.value is None:
            assert figure.because is not None
            found = recomputed.get(figure.key)
            assert found is None or found.value is None or found.denominator < 30, figure.key


def test_each_figure_says_how_many_when_which_version_and_from_where(report: CohortReport) -> None:
    for figure in report.figures:
        assert figure.as_of == report.as_of
        assert figure.version == report.version
        assert figure.query
        assert figure.label.text()


def test_the_page_of_raters_says_the_same(hub: Hub) -> None:
    board = see_raters(hub.store, OPERATOR_ACTOR, hub.programme, hub.hub_id, thresholds=RaterThresholds(coefficients=1))
    whole = cohort_report(hub.store, OPERATOR_ACTOR, hub.programme, hub.hub_id)
    figures = whole.in_part(ReportPart.RATERS)
    assert [figure.value for figure in figures if figure.value is not None]
    for figure in figures:
        expected = board.coefficients[figure.key.partition("/")[2]]
        assert (figure.value, figure.denominator, figure.interval) == (expected.value, expected.n, expected.interval)
        assert figure.n_people == board.n_trainees


def test_the_same_people_are_meant(hub: Hub, report: CohortReport) -> None:
    assert report.n == len(hub.export.people)
    assert hub.export.people <= hub.agreed


def test_the_kinds_of_figure_that_people_ask_for_are_there(report: CohortReport) -> None:
    computable = {figure.key for figure in report.figures if figure.value is not None}
    support = {f"support/{name}" for name in ("held", "supervised", "median_gap_days", "median_hours", "answered")}
    assert support <= computable
    assert {"steps/quiz", "raters/exact_agreement", "quizzes/quiz-m1/passed"} <= computable


def test_of_a_form_that_is_the_same_for_all_the_alpha_follows_too(tmp_path: Path) -> None:
    quiz = Quiz()
    answers = [(0, 0, 0), (0, 0, 1), (0, 1, 1), (1, 1, 1), (0, 0, 0), (1, 0, 1), (0, 1, 0)]
    for person, chosen in enumerate(answers, start=11):
        choose(quiz.place.store, quiz.place.enrol(PersonId(person)), agrees=True)
        quiz.answer(person, chosen)
    quiz.place.enrol(PersonId(40))
    quiz.answer(40, (1, 1, 1))
    export = export_research(quiz.place.store, OPERATOR_ACTOR, quiz.programme, HUB, PSEUDONYMS)
    found = script.recompute(script.read(write_files(export, tmp_path)))
    report = cohort_report(quiz.place.store, OPERATOR_ACTOR, quiz.programme, HUB, among=export.people)
    figures = {figure.key: figure for figure in report.in_part(ReportPart.ITEMS)}
    alpha = figures[f"items/{QUIZ}/alpha"]
    assert alpha.value is not None
    assert alpha.denominator == len(answers)
    assert all(_same(figure, found[key]) for key, figure in figures.items())
