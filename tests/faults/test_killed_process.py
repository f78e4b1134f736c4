"""A process killed while it writes: nothing acknowledged is lost, nothing is half there."""

import json
import multiprocessing
import random
import signal
import time
from pathlib import Path
from uuid import UUID

import pytest

from assessments.facts import Attempt, AttemptStarted, Attendance, Response
from people.facts import FactId
from store.ledger import Store
from store.verify import verify
from tests.faults import writing
from tests.faults.house import build_house, first_part
from tests.faults.writing import write_until_killed

N_KILLS = 20
PROCESSES = multiprocessing.get_context("forkserver")
"""Each process is a fork of one that has imported everything, so that it begins at once."""
PROCESSES.set_forkserver_preload([writing.__name__])
Acknowledged = dict[FactId, tuple[str, object]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a hub with four trainees."""
    path = tmp_path / "hub.duckdb"
    store = Store.open(path)
    build_house(store, first_part(tmp_path), [f"trainee{n}" for n in range(4)])
    store.close()
    return path


def write_and_kill(path: Path, n_lines: int, seconds: float) -> Acknowledged:
    """Let a process write until so many acknowledgements and a moment more; kill it and return all of them."""
    heard, said = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=write_until_killed, args=(path, said))
    process.start()
    said.close()
    with open(heard.fileno(), "rb", closefd=False) as pipe:
        read = [pipe.readline() for _ in range(n_lines)]
        time.sleep(seconds)
        process.kill()
        rest = pipe.readlines()
    process.join()
    assert process.exitcode == -signal.SIGKILL, "it ended by itself"
    process.close()
    heard.close()
    # A line cut in two is no acknowledgement.
    lines = [line for line in [*read, *rest] if line.endswith(b"\n")]
    told = [json.loads(line) for line in lines]
    return {FactId(UUID(fact_id)): (kind, holds) for kind, fact_id, holds in told}


def lost_or_changed(store: Store, acknowledged: Acknowledged) -> list[str]:
    """Return what is not in the store as it was acknowledged."""
    kept = {
        "Response": lambda id_: (one := store.find(Response, id_)) and [one.position, list(one.chosen)],
        "Attempt": lambda id_: (one := store.find(Attempt, id_)) and [one.score, len(one.items)],
        "AttemptStarted": lambda id_: (one := store.find(AttemptStarted, id_)) and len(one.item_ids),
        "Attendance": lambda id_: (one := store.find(Attendance, id_)) and one.minutes,
    }
    found = {fact_id: kept[kind](fact_id) for fact_id, (kind, _) in acknowledged.items()}
    return [
        f"{kind} {id_}: {found[id_]}, not {holds}" for id_, (kind, holds) in acknowledged.items() if found[id_] != holds
    ]


def half_there(store: Store) -> list[str]:
    """Return the attempts without all their items, and the sessions with several entries in force."""
    started = {one.fact_id: len(one.item_ids) for one in store.list_facts(AttemptStarted)}
    wrong = [f"attempt {one.fact_id}" for one in store.list_facts(Attempt) if len(one.items) != started[one.started_id]]
    entries = store.list_facts(Attendance)
    return wrong if len(entries) <= 1 else [*wrong, f"{len(entries)} entries for one session"]


@pytest.mark.slow
@pytest.mark.xdist_group("faults")
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(path: Path) -> None:
    rng = random.Random(20261123)
    acknowledged: Acknowledged = {}
    for number in range(N_KILLS):
        new = write_and_kill(path, rng.randint(1, 60), rng.uniform(0, 0.03))
        acknowledged |= new
        store = Store.open(path, must_exist=True)
        try:
            assert lost_or_changed(store, new) == []
            assert half_there(store) == []
            # The whole proof reads every fact: now and then while the store grows, and at the end.
            if number % 5 == 4:
                assert lost_or_changed(store, acknowledged) == []
                assert verify(store).faults == ()
        finally:
            store.close()
    kinds = {kind for kind, _ in acknowledged.values()}
    assert kinds == {"AttemptStarted", "Response", "Attempt", "Attendance"}
