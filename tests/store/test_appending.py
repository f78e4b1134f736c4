"""Acknowledged means durable; what fails leaves nothing behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any
from uuid import UUID

import duckdb
import pytest

from assessments.facts import ModuleProgress, Response
from people.facts import Fact, HubOpened, PersonAdded
from people.ids import new_fact_id
from people.models import HubId, PersonId
from store.errors import DuplicateFactError, NotRecordedError, StoreClosedError, StoreError
from store.ledger import Store
from store.verify import verify
from tests.store.making import ANN, NOW, TOM, amendment, person_added, progress, response

FILLER = Path(__file__).with_name("filler.py")


def test_a_fact_recorded_twice_is_recorded_once(store: Store) -> None:
    fact = person_added()
    assert store.append(fact) is True
    assert store.append(fact, progress()) is False
    assert store.list_facts(PersonAdded) == [fact]
    assert store.list_facts(ModuleProgress) == []


def test_a_fact_recorded_twice_is_noticed_by_a_store_opened_anew(tmp_path: Path) -> None:
    fact = person_added()
    _with_store(tmp_path, lambda store: store.append(fact))
    assert _with_store(tmp_path, lambda store: (store.append(fact), store.append(person_added()))) == (False, True)
    assert _with_store(tmp_path, lambda store: len(store.list_facts(PersonAdded))) == 2


def test_one_fact_from_many_threads_is_recorded_once(store: Store) -> None:
    fact = person_added()
    with ThreadPoolExecutor(16) as threads:
        results = list(threads.map(lambda _: store.append(fact), range(16)))
    assert sorted(results) == [False] * 15 + [True]
    assert store.list_facts(PersonAdded) == [fact]


def test_facts_from_many_threads_all_arrive(store: Store) -> None:
    facts = [progress(step, person_id=PersonId(step % 8)) for step in range(400)]
    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(store.append, facts))
    assert sorted(fact.step for fact in store.list_facts(ModuleProgress)) == list(range(400))


def test_readers_in_many_threads_read_their_own_rows(store: Store) -> None:
    facts = {PersonId(number): progress(number, person_id=PersonId(number)) for number in range(1, 9)}
    store.append(*facts.values())
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: (n, store.list_facts(ModuleProgress, PersonId(n))), [*range(1, 9)] * 25))
    assert [rows for _, rows in found] == [[facts[PersonId(number)]] for number, _ in found]


def test_numbers_rise_with_each_commit(store: Store) -> None:
    assert store.position == 0
    store.append(person_added(), progress())
    assert store.position == 2
    store.append(person_added(TOM))
    assert [row[0] for row in store.engine.fetch("SELECT fact_no FROM fact_key ORDER BY fact_no")] == [1, 2, 3]
    assert store.position == 3


def test_numbers_go_on_after_reopening(tmp_path: Path) -> None:
    _with_store(tmp_path, lambda store: store.append(person_added(), progress()))
    assert _with_store(tmp_path, lambda store: (store.position, store.append(person_added(TOM)), store.position)) == (
        *(2, True, 3),
    )


def test_a_follow_up_recorded_before_refuses_the_whole(store: Store) -> None:
    follow_up = progress()
    store.append(follow_up)
    with pytest.raises(DuplicateFactError, match=str(follow_up.fact_id)):
        store.append(person_added(), follow_up)
    assert store.list_facts(PersonAdded) == []
    assert store.position == 1


def test_one_bad_fact_in_a_batch_fails_alone(store: Store) -> None:
    good = [progress(step) for step in range(5)]
    bad = progress(2**40)  # no SMALLINT
    outcomes = _written_together(store, [*good[:3], bad, *good[3:]])
    assert [type(outcome) for outcome in outcomes] == [bool, bool, bool, NotRecordedError, bool, bool]
    assert store.list_facts(ModuleProgress) == good


def test_one_doubled_fact_in_a_batch_is_told_alone(store: Store) -> None:
    facts = [progress(step) for step in range(4)]
    outcomes = _written_together(store, [*facts, facts[0], facts[3]])
    assert outcomes == [True, True, True, True, False, False]
    assert store.list_facts(ModuleProgress) == facts


def test_new_terms_of_a_failed_append_do_not_get_lost(store: Store) -> None:
    hub = HubOpened(fact_id=new_fact_id(), person_id=ANN, actor_id=ANN, occurred_at=NOW, hub_id=HubId("h"), title="H")
    with pytest.raises(NotRecordedError):
        store.append(progress(2**40), hub)
    store.append(hub)
    assert store.find(HubOpened, hub.fact_id) == hub
    assert store.engine.fetch("SELECT count(*) FROM term WHERE term = 'h'") == [(1,)]


# ---------------------------------------------------------------- engine trouble


def test_a_commit_that_fails_keeps_nothing_and_work_goes_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = person_added()
    store.append(before)

    def full() -> None:
        raise duckdb.IOException("Could not write all bytes to file: No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(store.engine, "commit", full)
        with pytest.raises(NotRecordedError, match="could not be saved") as caught:
            store.append(person_added(TOM))
    assert "No space left" in caught.value.reason
    after = person_added(PersonId(3))
    store.append(after)
    assert store.list_facts(PersonAdded) == [before, after]
    assert verify(store).faults == ()


@pytest.mark.slow
def test_a_full_disk_loses_nothing_acknowledged_and_work_goes_on_with_room(tmp_path: Path) -> None:
    path = tmp_path / "hub.duckdb"
    given = [sys.executable, str(FILLER), str(path), "full"]
    done = subprocess.run(given, capture_output=True, text=True, check=True, env=_environment())
    *acknowledged, refusal, with_room = done.stdout.split()
    assert (refusal, len(acknowledged) > 3) == ("NotRecordedError", True)
    assert _found(path) == {*acknowledged, with_room}


@pytest.mark.slow
def test_a_killed_process_loses_nothing_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "hub.duckdb"
    acknowledged: set[str] = set()
    filling, n_killed = 0, 0
    given = [sys.executable, str(FILLER), str(path), "5"]
    with subprocess.Popen(given, stdout=subprocess.PIPE, text=True, env=_environment()) as starter:
        assert starter.stdout is not None
        for line in starter.stdout:
            if line.startswith("process"):
                filling = int(line.split()[1])
                continue
            acknowledged.add(line.strip())
            if filling and len(acknowledged) >= 60 * (n_killed + 1):
                os.kill(filling, signal.SIGKILL)
                filling, n_killed = 0, n_killed + 1
    assert (starter.returncode, n_killed) == (0, 5)
    assert len(acknowledged) >= 300
    assert _found(path) >= acknowledged


def _found(path: Path) -> set[str]:
    store = Store.open(path)
    try:
        assert verify(store).faults == ()
        facts = store.list_facts(Response)
        # Each append was an answer with a step of a module: never one without the other.
        assert len(store.list_facts(ModuleProgress)) == len(facts)
        return {str(fact.fact_id) for fact in facts}
    finally:
        store.close()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(FILLER.parents[2])}


# ---------------------------------------------------------------- the writer's manners


def test_a_closed_store_refuses() -> None:
    store = Store.memory()
    store.close()
    store.close()
    with pytest.raises(StoreClosedError):
        store.append(person_added())
    with pytest.raises(StoreClosedError):
        store.list_facts(PersonAdded)


def test_closing_writes_what_waits(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "hub.duckdb")
    release = Event()
    facts = [progress(step) for step in range(20)]
    with ThreadPoolExecutor(21) as threads:
        threads.submit(lambda: store.write(lambda _: release.wait(5)))
        waiting = [threads.submit(store.append, fact) for fact in facts]
        closing = threads.submit(store.close)
        release.set()
        closing.result()
        recorded = [fact for fact, future in zip(facts, waiting, strict=True) if future.exception() is None]
        refused = {type(future.exception()) for future in waiting if future.exception() is not None}
    assert refused <= {StoreClosedError}
    assert _with_store(tmp_path, lambda again: len(again.list_facts(ModuleProgress))) == len(recorded)


def test_a_forgotten_store_closes_itself(tmp_path: Path) -> None:
    _with_store(tmp_path, lambda store: store.append(person_added()))
    store = Store.open(tmp_path / "hub.duckdb")
    writer = store._writer
    del store
    assert not writer._thread.is_alive()


def test_the_writers_own_thread_cannot_wait_for_itself(store: Store) -> None:
    with pytest.raises(RuntimeError, match="wait for itself"):
        store.write(lambda _: store.append(person_added()))
    assert store.append(person_added()) is True


def test_listeners_hear_of_durable_facts_and_a_failing_one_harms_nobody(store: Store) -> None:
    heard: list[Fact] = []

    def fail(facts: object) -> None:
        raise ValueError(facts)

    store.on_commit(fail)
    store.on_commit(heard.extend)
    fact = person_added()
    store.append(fact)
    store.append(fact)
    with pytest.raises(StoreError):
        store.append(progress(2**40))
    assert heard == [fact]


def test_the_time_of_recording_is_the_clocks(store: Store) -> None:
    later = NOW + timedelta(days=3)
    store.append(person_added(occurred_at=NOW - timedelta(days=400)))
    store.append_at(later, person_added(TOM))
    sql = "SELECT recorded_at FROM person_added ORDER BY fact_no"
    assert store.engine.fetch(sql) == [(NOW.replace(tzinfo=None),), (later.replace(tzinfo=None),)]


def test_nothing_appended_is_nothing_recorded(store: Store) -> None:
    assert store.append() is False
    assert store.position == 0


def test_an_amendment_of_an_append_that_failed_is_refused(store: Store) -> None:
    lost = progress(2**40)
    with pytest.raises(NotRecordedError):
        store.append(lost)
    with pytest.raises(StoreError, match=str(lost.fact_id)):
        store.append(amendment(lost))


def test_the_log_is_moved_into_the_file_when_nothing_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.writer.IDLE_S", 0.05)
    store = Store.open(tmp_path / "hub.duckdb")
    store.engine.idle_log_bytes = 1_000
    started = person_added()
    store.append(started, *(response(started.fact_id, position) for position in range(300)))
    for _ in range(100):
        if store.engine.log_bytes() == 0:
            break
        Event().wait(0.05)
    assert store.engine.log_bytes() == 0
    store.close()


def _with_store(folder: Path, act: Callable[[Store], Any]) -> Any:
    store = Store.open(folder / "hub.duckdb", clock=lambda: NOW)
    try:
        return act(store)
    finally:
        store.close()


def _written_together(store: Store, facts: list[Any]) -> list[object]:
    """Return what each append gave, when all of them wait for the writer at once."""
    release = Event()
    is_held = Event()

    def hold(_: object) -> None:
        is_held.set()
        release.wait(5)

    holder = Thread(target=lambda: store.write(hold))
    holder.start()
    is_held.wait(5)
    outcomes: dict[int, object] = {}

    def append(place: int) -> None:
        try:
            outcomes[place] = store.append(facts[place])
        except StoreError as error:
            outcomes[place] = error

    threads = [Thread(target=append, args=(place,)) for place in range(len(facts))]
    for place, thread in enumerate(threads):
        thread.start()
        while store._writer._waiting.qsize() <= place:
            Event().wait(0.001)
    release.set()
    for thread in [holder, *threads]:
        thread.join()
    return [outcomes[place] for place in range(len(facts))]


def test_ids_are_told_as_uuids(store: Store) -> None:
    fact = person_added()
    store.append(fact)
    assert store.fact_numbers.ids([1, 99]) == {1: fact.fact_id}
    assert isinstance(store.fact_numbers.ids([1])[1], UUID)
