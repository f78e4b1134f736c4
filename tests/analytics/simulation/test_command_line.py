"""`python -m analytics simulate`."""

import json
import re
from pathlib import Path

import pytest

from analytics.__main__ import main
from analytics.simulation.truth import read_truth, truth_path
from store.ledger import Store

pytestmark = pytest.mark.xdist_group("simulation")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "new.duckdb"


def simulate(target: Path, *given: str) -> int:
    return main(["simulate", "--trainees", "6", "--seed", "3", "--until", "2026-11-23", "--store", str(target), *given])


def test_a_store_is_made_with_its_truth_beside_it(target, first_part_folder, capsys):
    assert simulate(target, "--programme", str(first_part_folder), "--format", "json") == 0
    printed = capsys.readouterr()
    report = json.loads(printed.out)
    truth = read_truth(truth_path(target))
    assert report["faults"] == [fault.kind for fault in truth.faults]
    assert sum(report["by_status"].values()) == truth.n_trainees == 6
    assert re.search(r"week (\d+) of \1: [\d,]+ facts\n$", printed.err)
    store = Store.open(target, must_exist=True)
    try:
        assert store.is_synthetic
        assert store.position == report["facts"]
    finally:
        store.close()
    assert sorted(path.name for path in target.parent.iterdir()) == ["new.duckdb", "new.duckdb.truth.json"]


def test_a_file_that_exists_is_never_written_to(target, first_part_folder, capsys):
    target.write_text("kept")
    assert simulate(target, "--programme", str(first_part_folder)) == 1
    assert target.name in capsys.readouterr().err
    assert target.read_text() == "kept"


def test_a_programme_that_is_not_known_is_refused_with_those_that_are(target, capsys):
    assert simulate(target, "--programme", "elsewhere") == 1
    message = capsys.readouterr().err
    assert "`elsewhere`" in message
    assert "`carers-table`" in message


def test_a_programme_with_errors_is_refused(target, tmp_path, capsys):
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "programme.yaml").write_text("id: broken\n")
    assert simulate(target, "--programme", str(folder)) == 1
    assert "cannot be simulated" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize("given", [("--trainees", "5"), ("--trainees", "many"), ("--until", "tomorrow")])
def test_wrong_numbers_and_days_are_refused(target, given, capsys):
    with pytest.raises(SystemExit) as left:
        simulate(target, *given)
    assert left.value.code == 2
    assert given[1] in capsys.readouterr().err
