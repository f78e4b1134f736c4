"""Forecast: whom the figures are about, the tables behind the charts, and their files."""

from collections.abc import Iterator

import pytest

from people.facts import ClockChange, ClockReason
from people.service.clock import change_clock
from tests.builders import PROGRAMME
from tests.web.drawing import draw, shown
from tests.web.manager.conftest import Town
from tests.web.scene import Scene, open_scene
from web.tables import to_csv
from web.views.manager.forecast import VIEW


@pytest.fixture(scope="module")
def scene(demonstration_file, tmp_path_factory) -> Iterator[Scene]:
    with open_scene(demonstration_file, tmp_path_factory.mktemp("forecast")) as opened:
        yield opened


def _text(page) -> str:
    return shown(page).replace("\\", "")


@pytest.mark.parametrize("login", ["manager", "lead"])
def test_each_chart_has_words_and_a_table(scene: Scene, login: str) -> None:
    page = draw(VIEW, scene.context(login))
    charts = [chart.proto.alt for chart in page.get("vega_lite_chart")]
    assert len(charts) == 2
    assert all(charts)
    steps = page.table[0].value.to_dict("records")
    assert {"Step", "Came so far", "Share, 95 % interval", "Left before", "May still come"} == set(steps[0])
    assert steps[-1]["Step"] == "Signed off"
    assert " to " in steps[0]["Share, 95 % interval"]
    assert "as of 23 Nov 2026" in _text(page)


def test_what_few_people_do_not_bear_is_said(scene: Scene) -> None:
    text = _text(draw(VIEW, scene.context("manager")))
    assert "Half are signed off by week**: not computable, because fewer than half are ready yet" in text
    assert "New sign-offs: not computable, because it takes 2 cohorts to tell how much they differ; there is 1." in text


def test_a_first_day_is_no_zero(town: Town) -> None:
    text = _text(draw(VIEW, town.context("mona")))
    assert "2 people enrolled" in text
    assert "not computable, because nobody was watched for a whole week" in text


def test_who_left_is_counted_and_named_beside(town: Town) -> None:
    town.clock.move(days=20)
    change_clock(
        town.store,
        town.actor("mona"),
        town.ids["ben"],
        PROGRAMME,
        change=ClockChange.WITHDRAWN,
        reason=ClockReason.NO_TIME,
        now=town.clock(),
    )
    page = draw(VIEW, town.context("mona"))
    assert "2 people enrolled · 1 of them has left" in _text(page)
    steps = page.table[0].value.to_dict("records")
    assert [(row["Left before"], row["May still come"]) for row in steps] == [("1", "1")] * len(steps)


def test_a_file_has_no_formulas_and_all_rows() -> None:
    rows = [{"Name": "=1+1", "Figure": "-0.5"}, {"Name": "@x, y", "Figure": "–"}]
    text = to_csv(rows).decode("utf-8-sig")
    assert text.splitlines() == ["Name,Figure", "'=1+1,-0.5", '"\'@x, y",–']
