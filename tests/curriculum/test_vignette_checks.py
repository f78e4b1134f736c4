"""Vignettes: every fault of a scene to rate, to the line."""

import pytest

SCENE = "vignettes/first.yaml"
GOOD = """\
id: first
title: First
checklist: C1
setting: live
gold_source: illustrative
text: Ann asks, and she waits.
gold:
  - line: C1-asks
    seen: [D1.1-B1]
    why: She asks.
"""


def said(line: int, text: str) -> str:
    return f"{SCENE}:{line}: error: vignette `first`: {text}"


@pytest.fixture
def scene(small):
    small.write(SCENE, GOOD)
    return small


def test_a_whole_scene_is_fine_and_loaded(scene):
    small = scene
    assert small.messages() == []
    programme = small.load()
    assert [vignette.id for vignette in programme.vignettes] == ["first"]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("checklist: C1", "checklist: C2", 3, "unknown checklist `C2`. There is `C1`."),
        (
            "setting: live",
            "setting: supervision",
            4,
            "is set in `supervision`, where checklist `C1` is not used. Choose one of the checklist's settings.",
        ),
    ],
)
def test_what_a_scene_lacks_is_named(scene, old, new, line, message):
    small = scene
    small.change(SCENE, old, new)
    assert small.messages() == [said(line, message)]


def test_it_is_rated_with_levels(scene):
    small = scene
    small.change("checklists/c1.yaml", "scale: behaviour4", "scale: fidelity")
    small.change("checklists/c1.yaml", "min_level: 3", "pct: 80")
    message = "is rated with checklist `C1`, by which trainers give no levels. "
    assert small.messages() == [said(3, message + "Name a trainer's checklist on a scale of behaviours.")]


def test_each_line_is_rated_once(scene):
    small = scene
    small.append(SCENE, "  - {line: C1-asks, seen: [], why: Again.}\n")
    assert small.messages() == [said(11, "rates line `C1-asks` twice. Keep one of the two.")]


def test_each_line_of_the_setting_is_rated(scene):
    small = scene
    line = "  - {id: C1-waits, text: Waits, competency: D1.1, section: M1.1}\n"
    small.append("checklists/c1.yaml", line)
    assert small.messages() == [said(7, "does not say what is to be seen on `C1-waits`. Add it under `gold`.")]


def test_a_line_of_another_setting_is_not_rated(scene):
    small = scene
    line = "  - {id: C1-waits, text: Waits, competency: D1.1, section: M1.1, settings: [roleplay]}\n"
    small.append("checklists/c1.yaml", line)
    small.append(SCENE, "  - {line: C1-waits, seen: [], why: So.}\n")
    message = "rates line `C1-waits`, which checklist `C1` does not have in this setting. Its lines are `C1-asks`."
    assert small.messages() == [said(11, message)]


def test_a_behaviour_belongs_to_its_line(scene):
    small = scene
    small.change("checklists/c1.yaml", "section: M1.1}", "section: M1.1, behaviours: [D1.1-U1, D1.1-B1]}")
    small.append("competencies.yaml", "          - {id: D1.1-B2, kind: basic, text: Waits}\n")
    small.change(SCENE, "seen: [D1.1-B1]", "seen: [D1.1-B2]")
    message = "has behaviour `D1.1-B2` seen, which line `C1-asks` does not watch for. "
    assert small.messages() == [said(9, message + "It watches for `D1.1-U1` and `D1.1-B1`.")]
