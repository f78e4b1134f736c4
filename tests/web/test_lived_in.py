"""The demonstration that people try, with what happened before and beside its cast: every page draws for everybody."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from analytics.demonstration.__main__ import make_store
from analytics.demonstration.background import SECOND_HUB
from analytics.demonstration.cast import ADMINISTRATOR, EXTERNAL, HUB, STAFF, TRAINEES
from assessments.verdicts import Status
from curriculum.ids import ProgrammeId
from people.facts import CohortOpened
from people.models import Office
from store.readiness import verdicts
from tests.first_part import write_first_part
from tests.web.drawing import draw
from tests.web.scene import ALONGSIDE, NOW, Scene, open_scene
from web.arrival import list_choices
from web.demonstration import list_accounts
from web.views import VIEWS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lived_in")]

BESIDE = ProgrammeId("carers-table")
AT_A_STAGE_OF_THEIR_OWN = ("priya", "amina", "luis", "erik")
"""The other trainees see the same pages."""

ALIKE = ("trainer2", "deputy")
"""They see what somebody else of the staff sees."""

OFFICES = {m.login: m.offices for m in (*STAFF, ADMINISTRATOR, EXTERNAL) if m.login not in ALIKE}
OFFICES |= dict.fromkeys(AT_A_STAGE_OF_THEIR_OWN, (Office.TRAINEE,))


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("lived-in")
    path = folder / "made.duckdb"
    make_store(path, NOW, folder=write_first_part(folder), has_background=True)
    with open_scene(path, folder) as opened:
        yield opened


@pytest.mark.parametrize("login", OFFICES)
def test_every_page_draws_for(scene, login):
    actor = scene.actor(login)
    choices = list_choices(scene.store, actor)
    assert choices
    for choice in choices:
        ordered = (choice, *(other for other in choices if other is not choice))
        context = replace(scene.context(login), choices=ordered)
        for view in VIEWS:
            if not view.offices or any(actor.holds(office) for office in view.offices):
                assert draw(view, context).main, view.url_path


def test_each_view_is_drawn_for_each_office_that_finds_it():
    drawn = {office for offices in OFFICES.values() for office in offices} | {Office.SAFEGUARDING_DEPUTY}
    assert {office for view in VIEWS for office in view.offices} <= drawn


def test_every_office_but_the_countersigner_has_a_first_page():
    for office in set(Office) - {Office.COUNTERSIGNER}:
        assert any(view.is_listed and (office in view.offices or not view.offices) for view in VIEWS)


def test_everybody_of_the_cast_is_listed_at_the_door_and_nobody_else(scene, monkeypatch):
    monkeypatch.setattr("web.demonstration.now", scene.clock)
    logins = {account.login for account in list_accounts(scene.store)}
    assert logins == {member.login for member in (*STAFF, ADMINISTRATOR, EXTERNAL)} | {login for login, _ in TRAINEES}


def test_two_programmes_run_and_a_second_hub(scene):
    opened = scene.store.list_facts(CohortOpened)
    assert {(one.hub_id, one.programme_id) for one in opened} == {
        (HUB, ALONGSIDE),
        (HUB, BESIDE),
        (SECOND_HUB, ALONGSIDE),
    }
    assert len(opened) >= 5
    manager = scene.actor("manager")
    assert {choice.programme_id for choice in list_choices(scene.store, manager)} == {ALONGSIDE, BESIDE}


def test_people_stand_at_every_stage(scene):
    found = verdicts(scene.store, ALONGSIDE, as_of=scene.now, known_at=scene.now)
    statuses = {verdict.status for verdict in found}
    assert set(Status) - {Status.REVOKED, Status.DUE_SOON} <= statuses
