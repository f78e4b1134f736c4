"""A process killed while it imports a roster: what is there is whole, and a second import does the rest."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from people.facts import Assignment, CohortOpened, Enrolment, Grant, PersonAdded
from people.models import Office
from people.service.importing.roster import BATCH
from store.ledger import Store
from store.verify import verify
from tests.faults.house import build_house, first_part

ROOT = Path(__file__).parents[2]
N_PEOPLE = 20 * BATCH


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a hub that is live with a programme."""
    path = tmp_path / "hub.duckdb"
    store = Store.open(path)
    build_house(store, first_part(tmp_path), [])
    store.close()
    return path


def _command(path: Path) -> list[str]:
    store = Store.open(path, must_exist=True)
    (cohort,) = store.list_facts(CohortOpened)
    store.close()
    roster = path.with_name("roster.csv")
    rows = "".join(f"Person {n},person-{n},trainer\n" for n in range(N_PEOPLE))
    roster.write_text("name,login,trainer\n" + rows)
    given = [sys.executable, "-m", "people", "import", str(roster), "--cohort", cohort.cohort_id]
    return [*given, "--format", "json", "--store", str(path)]


def _kill_half_way(command: list[str]) -> int:
    """Start the import, kill it a little after the third line of its progress, and return how far it said it was."""
    process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=ROOT, text=True)
    assert process.stderr is not None
    told = [process.stderr.readline() for _ in range(3)]
    time.sleep(0.05)
    is_running = process.poll() is None
    process.kill()
    process.communicate()
    assert is_running
    return int(told[-1].split()[0])


def _half_there(store: Store) -> list[str]:
    """Return those who have a name without the rest, or the rest without a name."""
    added = {one.person_id for one in store.list_facts(PersonAdded) if one.via == "roster"}
    enrolled = {one.person_id for one in store.list_facts(Enrolment)}
    trainees = {one.person_id for one in store.list_facts(Grant, office=Office.TRAINEE)}
    trained = {one.person_id for one in store.list_facts(Assignment)}
    named = {one.person_id for one in store.list_logins(f"person-{n}" for n in range(N_PEOPLE))}
    everybody = added | enrolled | trainees | trained | named
    return [str(id_) for id_ in everybody if not all(id_ in one for one in (added, enrolled, trainees, trained, named))]


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
def test_a_killed_import_leaves_nothing_that_a_second_one_does_not_finish(path: Path) -> None:
    command = _command(path)
    said = _kill_half_way(command)
    store = Store.open(path, must_exist=True)
    n_there = len(store.list_facts(Enrolment))
    assert said <= n_there < N_PEOPLE
    assert _half_there(store) == []
    assert verify(store).faults == ()
    store.close()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert (told["new"], told["same"], told["refused"]) == (N_PEOPLE - n_there, n_there, [])
    store = Store.open(path, must_exist=True)
    assert len(store.list_facts(Enrolment)) == N_PEOPLE
    assert _half_there(store) == []
    store.close()
