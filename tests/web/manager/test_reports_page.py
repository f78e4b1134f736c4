"""Reports: the manager drafts and issues; the funder sees what was issued, and nothing else."""

import pytest

from people.facts import RecordOpened, ReportIssued
from people.models import Office
from people.service import choose_research
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
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
    assert [button.proto.label for button in page.get("download_button")] == ["Get it as CSV"]
    assert not {"prepare-report", "issue-report", "make-research"} & {button.key for button in page.button}
    assert "File for research" not in text


def test_the_numbers_of_a_report_stay_when_people_leave_and_join(town: Town) -> None:
    _issue(town)
    before = [table.value.to_dict("records") for table in draw(VIEW, town.context("fran")).table]
    town.clock.move(days=3)
    town.enrol("hal")
    assert [table.value.to_dict("records") for table in draw(VIEW, town.context("fran")).table] == before


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
