"""The programmes that ship."""

from pathlib import Path
from typing import get_args

import pytest

from curriculum.bundle import from_bundle, to_bundle
from curriculum.gates import Gate, Severity
from curriculum.items import Pool
from curriculum.loading import load_programme

pytestmark = pytest.mark.slow

HOME = Path(__file__).parents[2] / "programmes"
FOLDERS = sorted(path.parent for path in HOME.glob("*/programme.yaml"))
GATE_MODELS = get_args(get_args(Gate)[0])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_shipped_programme_has_no_problems(folder):
    assert [str(problem) for problem in load_programme(folder)[1]] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_shipped_programme_survives_publication(folder):
    programme, _ = load_programme(folder)
    assert programme is not None
    assert from_bundle(to_bundle(programme)) == programme


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_shipped_programme_says_that_it_is_invented(folder):
    programme, _ = load_programme(folder)
    assert programme is not None
    for words in ("invented", "not evidence-based", "not for use with families", "safeguarding reviewer"):
        assert words in programme.head.notice


def test_both_programmes_ship():
    assert [folder.name for folder in FOLDERS] == ["alongside", "carers-table"]


@pytest.fixture(scope="module")
def shipped():
    """Return the shipped programmes by id."""
    loaded = [load_programme(folder)[0] for folder in FOLDERS]
    return {programme.head.id: programme for programme in loaded if programme is not None}


def test_the_second_programme_has_other_roles_and_no_quiz(shipped):
    table = shipped["carers-table"]
    assert [role.id for role in table.head.roles] == ["lead", "assistant"]
    assert table.blueprints == ()
    assert {item.pool for item in table.items} == {Pool.PRACTICE}
    assert not {gate.kind for gate in table.gates} & {"quiz", "critical"}


def test_each_role_of_the_second_programme_has_its_own_dose(shipped):
    table = shipped["carers-table"]
    doses = {
        role.id: [
            (part.sessions, part.min) for gate in table.gates_of(role.id) if gate.kind == "dose" for part in gate.parts
        ]
        for role in table.head.roles
    }
    assert doses == {
        "lead": [(("T1", "T2", "T3", "T4", "T5", "T6", "T7"), 7)],
        "assistant": [(("T4", "T5", "T6", "T7"), 4)],
    }


def test_shipped_programmes_use_every_kind_of_gate_and_every_severity(shipped):
    gates = [gate for programme in shipped.values() for gate in programme.gates]
    assert {gate.kind for gate in gates} == {get_args(kind.model_fields["kind"].annotation)[0] for kind in GATE_MODELS}
    assert {gate.severity for gate in gates} == set(Severity)


def test_shipped_programmes_share_the_safeguarding_certificate(shipped):
    kinds = [{kind.id for kind in programme.head.certificates} for programme in shipped.values()]
    assert set.intersection(*kinds) == {"safeguarding"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_activity_on_safety_stays_below_independence(folder):
    programme, _ = load_programme(folder)
    assert programme is not None
    assert [a.ceiling for a in programme.head.activities if a.expires_with == "safeguarding"] == [3]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_chapter_on_safety_says_that_it_is_to_be_reviewed(folder):
    programme, _ = load_programme(folder)
    assert programme is not None
    chapters = [s for s in programme.sections if s.id == s.chapter and s.title.startswith("Keeping")]
    assert chapters
    for chapter in chapters:
        for words in ("invented demonstration", "review", "your organisation's procedure"):
            assert words in chapter.markdown
