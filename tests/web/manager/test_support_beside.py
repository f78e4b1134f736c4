"""Support beside readiness: the same figures as on the page of support, for the same people, in every form."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from analytics.supervision import list_due, see_access
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from tests.web.scene import ALONGSIDE, HUB, Scene, open_scene
from web.views.manager.readiness import VIEW

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def scene(demonstration_file, tmp_path_factory) -> Iterator[Scene]:
    with open_scene(demonstration_file, tmp_path_factory.mktemp("beside")) as opened:
        yield opened


def _text(page) -> str:
    return shown(page).replace("\\", "")


@pytest.mark.parametrize("show", ["By gate", "By person", "Matrix"])
def test_support_stands_above_every_form_of_the_board(scene: Scene, show: str) -> None:
    context = scene.context("manager")
    text = _text(draw(VIEW, context, show=show))
    programme = scene.store.programme(ALONGSIDE, 1)
    first_day = TODAY - timedelta(days=89)
    access = see_access(scene.store, context.actor, programme, HUB, first_day=first_day, last_day=TODAY)
    assert access.n_offered
    assert f"Held, of offered: **{access.n_held} of {access.n_offered}**" in text
    assert f"In time today: **{access.n_in_time} of {access.n_owed}**" in text
    assert f"median of {access.n_gaps} gaps" in text
    assert "What the hub gave" in text


def test_who_waits_too_long_is_said_first(scene: Scene) -> None:
    scene.wait(days=40)
    try:
        context = scene.context("manager")
        dues = list_due(scene.store, ALONGSIDE, HUB)
        n_late = len({due.person_id for due in dues if due.is_late})
        assert n_late > 1
        text = _text(draw(VIEW, context))
        assert f"{n_late} of {len(dues)} who practise have waited too long for supervision. Look at this first." in text
    finally:
        scene.wait(days=-40)


def test_an_earlier_day_says_nothing_about_today(scene: Scene) -> None:
    page = draw(VIEW, scene.context("manager"))
    assert "In time today" in _text(page)
    page.date_input[0].set_value(date(2026, 10, 1)).run()
    text = _text(page)
    assert "4 Jul 2026 – 1 Oct 2026" in text
    assert "In time today" not in text
    assert "Answered late" not in text


def test_where_nothing_was_offered_it_is_said(town: Town) -> None:
    text = _text(draw(VIEW, town.context("mona")))
    assert "Held, of offered: **none**" in text
    assert "waited too long" not in text
