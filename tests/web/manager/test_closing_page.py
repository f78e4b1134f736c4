"""Closing a cohort: one list, one confirmation; afterwards the board as it was, and who sees it."""

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import CohortOutcome, Outcome
from assessments.service.closing import close_cohort
from people.facts import ClockChange, CohortClosed, Pause
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from web.views.manager.cohorts import VIEW
from web.views.manager.people import VIEW as PEOPLE


def _open(town: Town, login: str = "mona", **query: str) -> AppTest:
    return draw(VIEW, town.context(login), cohort=str(town.cohort_id), **query)


def _text(page: AppTest) -> str:
    return shown(page).replace("\\", "")


def _keys(page: AppTest) -> set[str]:
    return {button.key for button in page.button}


def _close(town: Town) -> None:
    outcomes = {town.ids["amina"]: Outcome.STOPPED, town.ids["ben"]: Outcome.NOT_YET}
    close_cohort(town.store, town.actor("mona"), town.cohort_id, outcomes, now=town.clock())
    town.clock.move(hours=1)


def test_the_cohort_leads_to_the_list_and_the_list_back(town: Town) -> None:
    page = _open(town)
    page.button(key="begin-closing").click().run()
    assert "Close Spring" in _text(page)
    assert page.query_params["do"] == ["close"] or page.query_params["do"] == "close"
    page.button(key="stop-closing").click().run()
    assert "Close Spring" not in _text(page)
    assert town.store.list_facts(CohortClosed) == []


def test_everybody_is_listed_with_where_they_stand_and_one_click_closes(town: Town) -> None:
    page = _open(town, do="close")
    assert "Amina" in _text(page)
    box = page.selectbox(key=f"outcome-{town.ids['amina']}")
    assert box.options == ["Not yet", "Goes on elsewhere", "Stopped"]
    box.select("Stopped")
    page.button(key="close-now").click().run()
    kept = {one.person_id: one.outcome for one in town.store.list_facts(CohortOutcome)}
    assert kept == {town.ids["amina"]: Outcome.STOPPED, town.ids["ben"]: Outcome.NOT_YET}
    assert [one.change for one in town.store.list_facts(Pause, town.ids["amina"])] == [ClockChange.WITHDRAWN]
    assert page.session_state["flash"].text == "Spring is closed."


@pytest.mark.parametrize("login", ["cora", "admin", "lena"])
def test_who_does_not_see_where_people_stand_closes_nothing(town: Town, login: str) -> None:
    page = _open(town, login, do="close")
    assert "begin-closing" not in _keys(page)
    assert "close-now" not in _keys(page)


def test_a_closed_cohort_shows_how_everybody_left_and_takes_nobody_in(town: Town) -> None:
    _close(town)
    page = _open(town)
    text = _text(page)
    assert "Closed on 23 Nov 2026. Nobody can join it any more." in text
    assert "**2 people**: 1 stopped · 1 not yet" in text
    assert "This is the board as it was: SHA-256" in text
    assert not page.file_uploader
    assert not page.button
    assert f"/print/completion/alongside/{town.ids['amina']}" in "".join(one.proto.body for one in page.get("html"))


def test_a_closed_cohort_stands_apart_and_is_offered_nowhere(town: Town) -> None:
    _close(town)
    page = draw(VIEW, town.context("mona"))
    assert "1 closed cohort" in [one.label for one in page.expander]
    people = draw(PEOPLE, town.context("mona"))
    assert "Trainee in Spring" not in people.selectbox(key="task-new").options


@pytest.mark.parametrize("login", ["cora", "admin"])
def test_who_sees_no_results_sees_who_was_in_it_and_no_more(town: Town, login: str) -> None:
    _close(town)
    text = _text(_open(town, login))
    assert "Closed on 23 Nov 2026" in text
    assert "Amina" in text
    assert "stopped" not in text.lower()
    assert "gates met" not in text


def test_the_board_stays_as_it_was(town: Town) -> None:
    _close(town)
    before = _text(_open(town))
    town.clock.move(days=30)
    assert _text(_open(town)) == before
