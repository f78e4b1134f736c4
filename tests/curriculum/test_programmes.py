"""The programmes that ship."""

from pathlib import Path

import pytest

from curriculum.bundle import from_bundle, to_bundle
from curriculum.loading import load_programme

HOME = Path(__file__).parents[2] / "programmes"
FOLDERS = sorted(path.parent for path in HOME.glob("*/programme.yaml"))


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


def test_alongside_ships():
    assert "alongside" in [folder.name for folder in FOLDERS]
