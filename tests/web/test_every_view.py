"""Every view in VIEWS draws on the demonstration store, for each office that finds it in its navigation."""

from collections.abc import Iterator

import pytest

from people.models import Office
from tests.web.drawing import draw
from tests.web.scene import Scene, open_scene
from web.views import VIEWS

LOGINS = {
    Office.TRAINEE: "priya",
    Office.TRAINER: "trainer",
    Office.TRAINING_LEAD: "lead",
    Office.SAFEGUARDING_LEAD: "safeguarding",
    Office.SAFEGUARDING_DEPUTY: "deputy",
    Office.COORDINATOR: "coordinator",
    Office.MANAGER: "manager",
    Office.FUNDER: "funder",
    Office.ADMINISTRATOR: "admin",
}
CASES = [
    (view, login) for view in VIEWS for office, login in LOGINS.items() if office in view.offices or not view.offices
]


@pytest.fixture(scope="module")
def scene(demonstration_file, tmp_path_factory) -> Iterator[Scene]:
    with open_scene(demonstration_file, tmp_path_factory.mktemp("scene")) as opened:
        yield opened


@pytest.mark.parametrize(("view", "login"), CASES, ids=[f"{view.url_path}-{login}" for view, login in CASES])
def test_a_view_draws_for_who_finds_it(scene, view, login):
    page = draw(view, scene.context(login))
    assert page.main


def test_url_paths_are_unique():
    paths = [view.url_path for view in VIEWS]
    assert len(paths) == len(set(paths))


def test_every_office_but_the_countersigner_has_a_first_page():
    for office in set(Office) - {Office.COUNTERSIGNER}:
        assert any(view.is_listed and (office in view.offices or not view.offices) for view in VIEWS)
