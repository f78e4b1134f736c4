"""Copies hold one consistent state, and never take another file's place."""

import stat
from pathlib import Path
from threading import Event, Thread

import pytest

from assessments.facts import ModuleProgress
from people.facts import PersonAdded
from people.models import PersonId
from store.backup import copy_to, restore_file
from store.errors import StoreExistsError, StoreMissingError
from store.ledger import Store
from store.verify import verify
from tests.store.making import person_added, progress


def test_a_copy_made_while_writing_goes_on_is_whole(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "hub.duckdb")
    before = person_added()
    store.append(before)
    stop = Event()

    def write() -> None:
        number = 2
        while not stop.is_set():
            store.append(person_added(PersonId(number)), progress(person_id=PersonId(number)))
            number += 1

    writer = Thread(target=write)
    writer.start()
    for copy_no in range(3):
        copy_to(store.engine, tmp_path / f"copy-{copy_no}.duckdb")
    stop.set()
    writer.join()
    n_people = len(store.list_facts(PersonAdded))
    assert verify(store).faults == ()
    store.close()
    for copy_no in range(3):
        copy = Store.open(tmp_path / f"copy-{copy_no}.duckdb")
        people, steps = copy.list_facts(PersonAdded), copy.list_facts(ModuleProgress)
        assert verify(copy).faults == ()
        assert before in people
        assert len(steps) == len(people) - 1
        assert len(people) <= n_people
        copy.close()


def test_a_copy_is_one_file_for_its_owner_alone(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "hub.duckdb")
    folder = tmp_path / "backups's"
    copy_to(store.engine, folder / "copy.duckdb")
    store.close()
    assert [path.name for path in folder.iterdir()] == ["copy.duckdb"]
    assert stat.S_IMODE((folder / "copy.duckdb").stat().st_mode) == 0o600


def test_a_copy_of_a_store_in_memory_is_a_store(tmp_path: Path, store: Store) -> None:
    fact = person_added()
    store.append(fact)
    copy_to(store.engine, tmp_path / "copy.duckdb")
    copy = Store.open(tmp_path / "copy.duckdb")
    assert copy.find(PersonAdded, fact.fact_id) == fact
    assert copy.append(fact) is False
    copy.close()


def test_a_copy_takes_no_other_files_place(tmp_path: Path, store: Store) -> None:
    (tmp_path / "copy.duckdb").write_text("precious")
    with pytest.raises(StoreExistsError):
        copy_to(store.engine, tmp_path / "copy.duckdb")
    assert (tmp_path / "copy.duckdb").read_text() == "precious"


def test_a_restored_store_is_the_store_of_the_copy(tmp_path: Path, store: Store) -> None:
    fact = person_added()
    store.append(fact)
    copy_to(store.engine, tmp_path / "copy.duckdb")
    store.append(person_added(PersonId(2)))
    restored = Store.open(restore_file(tmp_path / "copy.duckdb", tmp_path / "new" / "hub.duckdb"))
    assert restored.list_facts(PersonAdded) == [fact]
    assert verify(restored).faults == ()
    restored.close()


def test_restoring_overwrites_nothing_and_needs_a_copy(tmp_path: Path) -> None:
    (tmp_path / "hub.duckdb").write_text("precious")
    with pytest.raises(StoreMissingError):
        restore_file(tmp_path / "none.duckdb", tmp_path / "new.duckdb")
    with pytest.raises(StoreExistsError):
        restore_file(tmp_path / "hub.duckdb", tmp_path / "hub.duckdb")
