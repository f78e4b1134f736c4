"""Reports: the manager drafts and issues; the funder sees what was issued, and nothing else."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

import analytics.cohort_report
from analytics.cohort_report import ReportPart, cohort_report
from analytics.supervision import Access, see_access
from people.facts import RecordOpened, ReportIssued
from people.models import Office
from people.service import choose_research
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import HUB, Town, furnish
from web.documents.cohort_report import Whom, make_report
from web.documents.issued_report import make_issued_report
from web.views.manager.reports import VIEW


@pytest.fixture
def town(town: Town, monkeypatch: pytest.MonkeyPatch, tmp_path) -> Town:
    """Seven trainees, all of whom agree to research, and a funder."""
    monkeypatch.setenv("PRACTICUM_HOME", str(tmp_path))
    for login in ("cara", "dina", "emil", "fay", "gus"):
        town.enrol(login)
    town.add("fran", Office.FUNDER)
    town.clock.move(hours=1)
    return town


def _issue(town: Town) -> None:
    page = draw(VIEW, town.context("mona"))
    page.button(key="prepare-report").click().run()
    page.button(key="issue-report").click().run()
    assert not page.exception


def test_a_draft_is_shown_to_the_manager_alone_and_records_nothing(town: Town) -> None:
    page = draw(VIEW, town.context("mona"))
    page.button(key="prepare-report").click().run()
    text = shown(page)
    assert "Report 1, not yet issued" in text
    assert "It cannot be changed or taken back." in text
    assert town.store.list_facts(ReportIssued) == []
    assert "No report has been issued yet" in shown(draw(VIEW, town.context("fran")))
    page.button(key="drop-report").click().run()
    assert "not yet issued" not in shown(page)


def test_what_is_issued_the_funder_sees_and_can_take_as_a_file(town: Town) -> None:
    _issue(town)
    page = draw(VIEW, town.context("fran"))
    text = shown(page)
    assert "Report 1, issued on 23 Nov 2026" in text
    assert "7 people" in text
    assert "Numbers from 1 to 4 are hidden" in text
    assert [button.proto.label for button in page.get("download_button")] == [
        "Get it as CSV",
        "Get it as PDF",
    ]
    assert not {"prepare-report", "issue-report", "make-research"} & {button.key for button in page.button}
    assert "File for research" not in text


def test_the_numbers_of_a_report_stay_when_people_leave_and_join(town: Town) -> None:
    _issue(town)
    before = [table.value.to_dict("records") for table in draw(VIEW, town.context("fran")).table]
    town.clock.move(days=3)
    town.enrol("hal")
    assert [table.value.to_dict("records") for table in draw(VIEW, town.context("fran")).table] == before


def test_the_paper_of_an_issued_report_is_the_same_each_time_and_has_nothing_else(town: Town) -> None:
    _issue(town)
    [issued] = town.store.list_facts(ReportIssued)
    first = make_issued_report(town.context("fran"), issued)
    town.clock.move(days=40)
    town.enrol("hal")
    assert make_issued_report(town.context("mona"), issued) == first
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(first)).pages).split())
    assert "Report 1 for funders" in text
    assert "Issued on 23 Nov 2026" in text
    assert issued.report_hash in text
    assert "In training 7" in text
    page = draw(VIEW, town.context("fran"))
    for table in page.table:
        for row in table.value.to_dict("records"):
            assert " ".join(row.values()).replace("\\", "") in text
    assert not [login for login in ("Amina", "Cara", "Gus") if login in text]


def test_a_manager_and_a_training_lead_take_the_report_of_a_cohort_and_a_funder_does_not(town: Town) -> None:
    for login, takes_it in (("mona", True), ("lena", True), ("fran", False)):
        page = draw(VIEW, town.context(login))
        labels = [button.proto.label for button in page.get("download_button")]
        assert ("Get it as a workbook (XLSX)" in labels) is takes_it
        assert ("Report of a cohort" in shown(page)) is takes_it
    assert "Left out, because your office does not show you" in shown(draw(VIEW, town.context("mona")))
    assert "Left out" not in shown(draw(VIEW, town.context("lena")))
    assert "Next report" not in shown(draw(VIEW, town.context("lena")))
    assert "No report has been issued yet" not in shown(draw(VIEW, town.context("lena")))


def test_of_a_cohort_of_nobody_each_figure_says_why_there_is_none(empty_town: Town) -> None:
    furnish(empty_town, enrols=())
    context = empty_town.context("lena")
    programme = context.choices[0].programme
    whom = Whom(programme, HUB, empty_town.cohort_id, "Spring, North")
    made = make_report(context, whom)
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages).split())
    assert "0 people enrolled" in text
    assert "Supervision held, of what was offered not computable, because nothing was offered" in text
    assert " 0 %" not in text


def test_what_is_hidden_of_support_is_never_called_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets the report today sees all of it; this is for whom the table of rights lets in later."""

    def see_little(*args: Any, **more: Any) -> Access:
        hidden = dict.fromkeys(("n_offered", "n_held", "n_supervised", "n_gaps", "n_answered", "n_open"))
        return replace(see_access(*args, **more), **hidden, is_suppressed=True, min_cell=5)  # type: ignore[arg-type]

    monkeypatch.setattr(analytics.cohort_report, "see_access", see_little)
    programme = town.context("mona").choices[0].programme
    found = cohort_report(town.store, town.actor("mona"), programme, HUB).in_part(ReportPart.SUPPORT)
    assert [figure.value for figure in found] == [None] * 5
    assert {figure.because.text() for figure in found if figure.because} == {"numbers under 5 are not shown"}


def test_the_file_for_research_is_made_when_asked_and_leaves_a_trace(town: Town) -> None:
    assert "It takes 5 people of one cohort who agree" in shown(draw(VIEW, town.context("mona")))
    for login in ("cara", "dina", "emil", "fay", "gus"):
        choose_research(town.store, town.actor(login), agrees=True, now=town.clock())
    page = draw(VIEW, town.context("mona"))
    assert town.store.list_facts(RecordOpened) == []
    page.button(key="make-research").click().run()
    assert not page.exception
    assert "Get the file (ZIP)" in [button.proto.label for button in page.get("download_button")]
    assert {one.what for one in town.store.list_facts(RecordOpened)} == {"research"}
    assert len(town.store.list_facts(RecordOpened)) == 5
