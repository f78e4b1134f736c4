"""Forecast: whom the figures are about, the tables behind the charts, and their files."""

from collections.abc import Iterator

import pytest

from people.facts import ClockChange, ClockReason
from people.service.clock import change_clock
from people.service.cohorts import open_cohort
from tests.builders import PROGRAMME
from tests.web.drawing import draw, shown, unfold
from tests.web.manager.conftest import HUB, Town
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
    page = unfold(draw(VIEW, scene.context(login)))
    charts = [chart.proto.alt for chart in page.get("vega_lite_chart")]
    assert len(charts) == 3
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


@pytest.fixture(scope="module")
def forecast(scene: Scene):
    return unfold(draw(VIEW, scene.context("manager")))


def test_what_ends_by_itself_is_told_by_gate(forecast) -> None:
    rows = next(table.value.to_dict("records") for table in forecast.table if "What" in table.value.columns)
    assert rows[0]["What"] == "They would lapse, for any reason"
    assert "Regular supervision" in [row["What"] for row in rows]
    assert set(rows[0]) == {"What", "Within 30 days", "Within 60 days", "Within 90 days"}


def test_more_time_brings_people_through_sooner(scene: Scene, forecast) -> None:
    text = _text(forecast)
    assert "contacts with a trainer, at least" in text
    assert "Arithmetic of time, not a forecast" in text
    weeks = [row["Week, as now"] for row in _rows(forecast, "Week, as now")]
    forecast.slider(key="more-contacts").set_value(10).run()
    sooner = [row["Week, with more time"] for row in _rows(forecast, "Week, with more time")]
    assert len(sooner) == len(weeks)
    assert _weeks(sooner) <= _weeks(weeks)
    assert _weeks(sooner) != _weeks(weeks)


def _rows(page, column: str) -> list[dict[str, str]]:
    return next(table.value.to_dict("records") for table in page.table if column in table.value.columns)


def _weeks(shown_weeks: list[str]) -> list[int]:
    return [99 if week == "later" else int(week) for week in shown_weeks]


def test_cohorts_stand_side_by_side_only_when_there_are_two(town: Town) -> None:
    assert "Cohorts side by side" not in _text(draw(VIEW, town.context("mona")))
    town.clock.move(days=100)
    day = town.clock().date()
    open_cohort(
        town.store, town.actor("mona"), HUB, PROGRAMME, "Later", starts_on=day, active_version_no=1, now=town.clock()
    )
    page = unfold(draw(VIEW, town.context("mona")))
    rows = _rows(page, "Too early to say")
    assert [(row["Cohort"], row["Too early to say"]) for row in rows] == [("Spring", "2"), ("Later", "0")]
    page.segmented_control(key="compare-weeks").set_value(12).run()
    assert [row["Signed off in time"] for row in _rows(page, "Too early to say")] == ["0 of 2", "0 of 0"]
    assert "Not drawn towards each other, because 8 cohorts are needed" in _text(page)


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
    page = unfold(draw(VIEW, town.context("mona")))
    assert "2 people enrolled · 1 of them has left" in _text(page)
    steps = page.table[0].value.to_dict("records")
    assert [(row["Left before"], row["May still come"]) for row in steps] == [("1", "1")] * len(steps)


def test_a_file_has_no_formulas_and_all_rows() -> None:
    rows = [{"Name": "=1+1", "Figure": "-0.5"}, {"Name": "@x, y", "Figure": "–"}]
    text = to_csv(rows).decode("utf-8-sig")
    assert text.splitlines() == ["Name,Figure", "'=1+1,-0.5", '"\'@x, y",–']
