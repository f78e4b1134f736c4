"""A disk that gets full: what was acknowledged stays readable, and work goes on once there is room."""

import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest

from assessments.facts import Milestone
from store.ledger import Store
from store.verify import verify
from tests.faults.house import build_house, first_part

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
@pytest.mark.parametrize("pause", ["", "idle"], ids=["at once", "after the writer had time to tidy up"])
def test_what_was_acknowledged_outlives_a_full_disk(tmp_path: Path, pause: str) -> None:
    path = tmp_path / "hub.duckdb"
    store = Store.open(path)
    build_house(store, first_part(tmp_path), ["trainee0"])
    store.close()
    given = [sys.executable, "-m", "tests.faults.filling", str(path), *pause.split()]
    done = subprocess.run(given, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["sentence"].startswith("This could not be saved and nothing of it was kept.")
    assert told["unreadable"] == []
    store = Store.open(path, must_exist=True)
    try:
        assert [store.find(Milestone, UUID(id_)) is not None for id_ in told["kept"]] == [True] * len(told["kept"])
        assert {one.fact_id for one in store.list_facts(Milestone)} == {UUID(id_) for id_ in told["kept"]}
        assert verify(store).faults == ()
    finally:
        store.close()
