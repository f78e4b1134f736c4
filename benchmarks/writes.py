"""Durable facts from 32 threads: the store's append beside the bare engine's group commit, in the same run."""

import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Thread
from typing import Final

import duckdb

from assessments.facts import ModuleProgress
from benchmarks.results import Result
from curriculum.ids import ModuleId, ProgrammeId
from people.ids import new_fact_id
from people.models import PersonId
from store.ledger import Store

THREADS: Final = 32
EACH: Final = 60
SHARE: Final = 0.8
"""Of the bare engine's rate; the design asks for this."""


def measure() -> list[Result]:
    """Return one line: durable appends a second, beside the bare engine's."""
    with tempfile.TemporaryDirectory() as folder:
        ours = _measure_store(Path(folder) / "store.duckdb")
        bare = _measure_bare(Path(folder) / "bare.duckdb")
    return [
        Result(
            f"durable appends a second, {THREADS} threads",
            f"{ours:,.0f} /s",
            f"bare group commit {bare:,.0f} /s",
            ours / bare,
            f">= {SHARE} x",
            ours / bare >= SHARE,
        )
    ]


def _rate(write: Callable[[int], object]) -> float:
    """Return how often a second `write` is done by all threads together; each call returns once it is durable."""
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))
        begun = time.perf_counter()
        list(pool.map(write, range(THREADS * EACH)))
    return THREADS * EACH / (time.perf_counter() - begun)


def _measure_store(path: Path) -> float:
    store = Store.open(path)
    try:
        return _rate(lambda number: store.append(_fact(number)))
    finally:
        store.close()


def _fact(number: int) -> ModuleProgress:
    person_id = PersonId(number % THREADS + 1)
    return ModuleProgress(
        fact_id=new_fact_id(),
        person_id=person_id,
        actor_id=person_id,
        occurred_at=datetime.now(UTC),
        programme_id=ProgrammeId("alongside"),
        module_id=ModuleId("M1"),
        step=number % 100,
    )


def _measure_bare(path: Path) -> float:
    """Write the same two rows (the fact and its key) with one thread that commits what is waiting."""
    connection = duckdb.connect(path)
    connection.execute(
        "CREATE TABLE fact (number BIGINT, person INTEGER, happened TIMESTAMP, module TEXT, step INTEGER)"
    )
    connection.execute("CREATE TABLE fact_key (fact_id UUID PRIMARY KEY, number BIGINT)")
    waiting: SimpleQueue[tuple[int, Event] | None] = SimpleQueue()
    writer = Thread(target=_commit_together, args=(connection, waiting))
    writer.start()

    def write(number: int) -> None:
        is_durable = Event()
        waiting.put((number, is_durable))
        is_durable.wait()

    try:
        return _rate(write)
    finally:
        waiting.put(None)
        writer.join()
        connection.close()


def _commit_together(connection: duckdb.DuckDBPyConnection, waiting: "SimpleQueue[tuple[int, Event] | None]") -> None:
    while (first := waiting.get()) is not None:
        batch = [first]
        while not waiting.empty() and (more := waiting.get()) is not None:
            batch.append(more)
        connection.execute("BEGIN")
        for number, _ in batch:
            at = datetime.now(UTC).replace(tzinfo=None)
            connection.execute("INSERT INTO fact VALUES (?, ?, ?, ?, ?)", [number, number % THREADS, at, "M1", number])
            connection.execute("INSERT INTO fact_key VALUES (?, ?)", [new_fact_id(), number])
        connection.execute("COMMIT")
        for _, is_durable in batch:
            is_durable.set()
