"""The reviewer's sheet for safeguarding text leaves out nothing critical, and names nothing that does not exist."""

import re
from pathlib import Path

import pytest

from curriculum.loading import load_programme
from curriculum.models import Checklist, Programme, Relation

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def alongside() -> Programme:
    """Return the programme that the sheet is about."""
    programme, problems = load_programme(ROOT / "programmes" / "alongside")
    assert programme is not None, problems
    return programme


@pytest.fixture(scope="module")
def rows() -> set[str]:
    """Return what the rows with boxes are about."""
    sheet = (ROOT / "docs" / "safeguarding-review.md").read_text("utf-8")
    return set(re.findall(r"^\| `([\w.-]+)` \|.*☐.*☐", sheet, flags=re.M))


def _stop_practice(programme: Programme) -> list[Checklist]:
    """Return the checklists on which an unhelpful behaviour may stop practice."""
    watched = [one for one in programme.forms_of(Relation.TRAINER) if programme.scale_of(one).n_levels]
    return [one for one in watched if any(line.critical for line in one.lines)]


def _critical_sections(programme: Programme) -> set[str]:
    """Return the sections on which anything critical rests; of critical questions the whole chapter."""
    competencies = [one for domain in programme.domains for one in domain.competencies]
    lines = [line for checklist in _stop_practice(programme) for line in checklist.lines]
    cited = {str(one.section) for one in (*competencies, *lines) if one.critical}
    asked = {programme.section_by_id[item.section].chapter for item in programme.items if item.critical}
    return cited | {str(section.id) for section in programme.sections if section.chapter in asked}


def test_every_section_on_which_something_critical_rests_is_on_the_sheet(alongside, rows):
    assert sorted(_critical_sections(alongside) - rows) == []


def test_every_critical_theme_is_on_the_sheet(alongside, rows):
    assert sorted({str(item.critical) for item in alongside.items if item.critical} - rows) == []


def test_every_checklist_that_may_stop_practice_is_on_the_sheet(alongside, rows):
    assert sorted({str(checklist.id) for checklist in _stop_practice(alongside)} - rows) == []


def test_every_role_play_is_on_the_sheet(alongside, rows):
    assert sorted({str(scenario.id) for scenario in alongside.scenarios} - rows) == []


def test_nothing_stands_on_the_sheet_that_the_programme_does_not_have(alongside, rows):
    there = {str(one.id) for one in (*alongside.sections, *alongside.checklists, *alongside.scenarios)}
    there |= {str(item.critical) for item in alongside.items if item.critical} | {"emergency"}
    assert sorted(rows - there) == []
