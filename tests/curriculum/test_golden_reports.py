"""The reports of `python -m curriculum check`, as people and as programs read them, on a programme full of faults."""

from collections.abc import Callable

import pytest

from curriculum.__main__ import main

FAULTS: tuple[tuple[str, str, str], ...] = (
    ("programme.yaml", "licence: MIT", "licence: MIT\ntimezone: Europe/Londn"),
    ("programme.yaml", "roles: [leader]}", "roles: [leader], required_level: 4, ceiling: 3}"),
    ("programme.yaml", "minutes: 60}\n", "minutes: 60}\nscales:\n  - {id: own, kind: behaviours, levels: [Stop]}\n"),
    ("manual/m1.md", "Then wait.", "Then [wait](#M1.2) and look at ![a cup](cup.png)."),
    ("competencies.yaml", "text: Interrupts", "text: Is unkind"),
    ("modules/m1.md", "order: 1", "order: 1\nprerequisites: [M2]"),
    ("modules/m1.md", "::: passage M1.1 1-2", "::: passage M1.1 1-7"),
    ("items/m1.yaml", "correct: true, rationale: It gives time.", "rationale: It gives time."),
    ("items/m1.yaml", "pool: practice", "pol: practice"),
    ("blueprints/quiz-m1.yaml", "draw: 1\npass", "draw: 9\npass"),
    ("checklists/c1.yaml", "{min_level: 3}", "{min_level: 5}"),
    ("scenarios/tea.md", "[Sit down., Sigh., Get up.]", "[Sit down.]"),
    ("readiness.yaml", "setting: live", "setting: supervision"),
)
GROUNDLESS = """\
  - {id: bare, kind: portfolio, title: Bare, why: Why., min: 1}
  - {id: soon, kind: portfolio, title: Soon, why: Why., min: 1, evidence: None., cut_source: Us, chosen_by: Us,
     reviewed: soon}
"""
"""Gates that do not say on what they rest, who chose their numbers, and when they were reviewed."""

STRAY = {"checklists/c8.txt": "notes", "checklists/c8.yaml": "id: C8\nrater: peer\nlines_from: [C1, C1]\n"}


@pytest.fixture
def report(small, monkeypatch, capsys) -> Callable[..., str]:
    """Return what the command prints about `programmes/small`, in which faults are planted."""

    def run(*arguments: str) -> str:
        home = small.path.parent / "programmes"
        home.mkdir()
        small.path.rename(home / "small")
        small.path = home / "small"
        monkeypatch.chdir(home.parent)
        main(["check", *arguments, "programmes/small"])
        return capsys.readouterr().out

    return run


def plant(small) -> None:
    for name, old, new in FAULTS:
        small.change(name, old, new)
    small.append("readiness.yaml", GROUNDLESS)
    for name, text in STRAY.items():
        small.write(name, text)


@pytest.mark.parametrize("kind", ["text", "json"])
def test_report_of_many_faults_is_as_last_read(small, report, golden, kind):
    plant(small)
    golden(f"check-report.{'txt' if kind == 'text' else 'json'}", report("--format", kind))


@pytest.mark.parametrize("kind", ["text", "json"])
def test_report_without_faults_is_as_last_read(small, report, golden, kind):
    golden(f"check-report-clean.{'txt' if kind == 'text' else 'json'}", report("--format", kind))
