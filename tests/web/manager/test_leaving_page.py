"""A trainer leaves: their page leads to one list; everything finds somebody, and one click does it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessments.facts import Relation, Stage
from assessments.service.observations import open_observation, request_observation
from curriculum.ids import ChecklistId
from curriculum.models import Setting
from people.facts import FactId, WorkKind
from people.models import Office
from people.service import assign_trainer, start_session
from people.service.reach import list_grants
from people.service.sessions import find_actor
from tests.builders import PROGRAMME
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from web.views.manager.people import VIEW

FORM: dict[str, Any] = {
    "setting": Setting.LIVE,
    "stage": Stage.LEAD_PART,
    "scenario_id": None,
    "session_code": "G1",
    "relation": Relation.TRAINER,
    "counts": True,
    "has_co_leader": True,
}


@pytest.fixture
def busy(town: Town) -> Town:
    """Ruth trains Amina and Ben; Amina has asked her, and she has begun a form about Ben."""
    for login in ("amina", "ben"):
        assign_trainer(town.store, town.actor("mona"), town.ids[login], town.ids["ruth"], town.clock())
    asked = {"asked_id": town.ids["ruth"], "now": town.clock()}
    request_observation(town.store, town.actor("amina"), PROGRAMME, ChecklistId("C2"), Setting.ROLEPLAY, **asked)
    ruth = town.actor("ruth")
    open_observation(town.store, ruth, town.ids["ben"], PROGRAMME, ChecklistId("C7"), now=town.clock(), **FORM)
    return town


def _grant_id(town: Town, login: str = "ruth") -> FactId:
    grants = list_grants(town.store, town.ids[login], town.clock())
    return next(one.fact_id for one in grants if one.office == Office.TRAINER)


def _open(town: Town, login: str = "ruth", **query: str) -> AppTest:
    return draw(VIEW, town.context("mona"), person=str(town.ids[login]), **query)


def _text(page: AppTest) -> str:
    return shown(page).replace("\\", "")


def test_the_office_cannot_simply_be_ended(busy: Town) -> None:
    page = _open(busy)
    assert "4 things wait for them." in _text(page)
    assert f"end-{_grant_id(busy)}" not in {button.key for button in page.button}
    page.button(key=f"leave-{_grant_id(busy)}").click().run()
    assert "Ruth leaves" in _text(page)


def test_who_leaves_nothing_behind_ends_at_once(town: Town) -> None:
    page = _open(town, "tess")
    page.button(key=f"end-{_grant_id(town, 'tess')}").click().run()
    assert list_grants(town.store, town.ids["tess"], town.clock()) == []


def test_everything_is_listed_by_person_and_one_click_hands_it_over(busy: Town) -> None:
    token = start_session(busy.store, busy.ids["ruth"], busy.clock()).token
    page = _open(busy, leaving=str(_grant_id(busy)))
    labels = [box.label for box in page.selectbox]
    assert labels == [
        "Everything goes to",
        "Trainer, since 23 Nov 2026",
        "Has asked to be watched, since 23 Nov 2026",
        "Trainer, since 23 Nov 2026",
    ]
    assert "nobody else can finish what one person saw" in _text(page)
    page.button(key="hand-over").click().run()
    assert page.session_state["flash"].text == "Handed over. Ruth is no trainer here any more."
    for login in ("amina", "ben"):
        assert busy.store.subject(busy.ids[login]).trainer_ids == {busy.ids["tess"]}
    assert busy.store.open_work(busy.ids["ruth"]) == []
    assert [one.kind for one in busy.store.open_work(busy.ids["tess"])].count(WorkKind.REQUEST) == 1
    assert find_actor(busy.store, token, busy.clock()) is None
    assert "leaving" not in page.query_params


def test_one_choice_at_the_top_chooses_for_all(busy: Town) -> None:
    busy.add("tara", Office.TRAINER)
    page = _open(busy, leaving=str(_grant_id(busy)))
    page.selectbox(key="all-to").set_value(busy.ids["tara"]).run()
    assert {box.value for box in page.selectbox} == {busy.ids["tara"]}


def test_without_another_trainer_it_says_what_to_do_and_changes_nothing(busy: Town) -> None:
    tess = _open(busy, "tess")
    tess.button(key=f"end-{_grant_id(busy, 'tess')}").click().run()
    page = _open(busy, leaving=str(_grant_id(busy)))
    assert "There is no other trainer here." in page.error[0].value
    position = busy.store.position
    page.button(key="hand-over").click().run()
    assert "there is nobody who could" in page.error[-1].value
    assert busy.store.position == position


def test_back_leads_to_the_person(busy: Town) -> None:
    page = _open(busy, leaving=str(_grant_id(busy)))
    page.button(key="stop-leaving").click().run()
    assert "What they do here" in _text(page)


@pytest.mark.parametrize("leaving", ["", "no-such", "0" * 36])
def test_an_address_of_nothing_shows_the_person(busy: Town, leaving: str) -> None:
    assert "What they do here" in _text(_open(busy, leaving=leaving))
