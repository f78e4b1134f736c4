"""Competencies: the map for each reader, and the group from one assessment to the next for who may see ratings."""

from collections.abc import Iterator

import pytest

from tests.web.drawing import draw, shown, unfold
from tests.web.scene import Scene, open_scene
from web.views.manager.levels import VIEW


@pytest.fixture(scope="module")
def scene(demonstration_file, tmp_path_factory) -> Iterator[Scene]:
    with open_scene(demonstration_file, tmp_path_factory.mktemp("levels-page")) as opened:
        yield opened


def test_who_may_see_ratings_sees_a_group_over_its_assessments(scene: Scene) -> None:
    page = unfold(draw(VIEW, scene.context("lead")))
    text = shown(page)
    assert "From one assessment to the next" in text
    rows = next(table.value.to_dict("records") for table in page.table if "Left before" in table.value.columns)
    people = [int(row["People"]) for row in rows]
    assert people == sorted(people, reverse=True)
    assert all(
        int(row["People"]) + int(row["Left before"]) + int(row["Not watched so often yet"]) == people[0] for row in rows
    )
    page.toggle(key="completers").set_value(True).run()
    same = next(table.value.to_dict("records") for table in page.table if "Assessment" in table.value.columns)
    assert len({row["People"] for row in same}) == 1
    assert same[0]["People"] == str(people[-1])


def test_who_may_not_sees_no_single_person_in_small_numbers(scene: Scene) -> None:
    text = shown(draw(VIEW, scene.context("manager")))
    assert "From one assessment to the next" not in text
    assert "You see numbers of the whole hub" in text
