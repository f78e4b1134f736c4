"""Copies hold one consistent state, and never take another file's place."""

import stat
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from assessments.facts import ModuleProgress
from people.facts import PersonAdded
from people.models import PersonId
from store import room
from store.backup import back_up, copy_to
from store.encryption import Lock, Passphrase, Recipients, is_encrypted, make_key
from store.errors import BadKeyError, CannotWriteError, NoRoomError, StoreExistsError
from store.ledger import Store
from store.progress import told_to
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


def test_two_copies_can_be_made_at_once(tmp_path: Path, store: Store) -> None:
    store.append(person_added())
    made = [Thread(target=copy_to, args=(store.engine, tmp_path / f"copy-{n}.duckdb")) for n in range(4)]
    for thread in made:
        thread.start()
    for thread in made:
        thread.join()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"copy-{n}.duckdb" for n in range(4)]


# ---------------------------------------------------------------- locked


def test_a_locked_backup_holds_no_readable_word(tmp_path: Path, store: Store) -> None:
    store.put_private(PersonId(1), "Unmistakable Name", "unmistakable")
    public = make_key(tmp_path / "key")
    back_up(store.engine, tmp_path / "locked.age", Recipients((public,)))
    copy_to(store.engine, tmp_path / "open.duckdb")
    assert b"Unmistakable" in (tmp_path / "open.duckdb").read_bytes()
    assert b"Unmistakable" not in (tmp_path / "locked.age").read_bytes()
    assert is_encrypted(tmp_path / "locked.age")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["key", "locked.age", "open.duckdb"]
    assert [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("key", "locked.age")] == [0o600, 0o600]


def test_the_copy_to_be_locked_lies_beside_the_store_meanwhile_and_nowhere_else(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "hub" / "hub.duckdb")
    seen: list[str] = []
    lock = Recipients((make_key(tmp_path / "key"),))

    def look(words: str) -> None:
        if words == "encrypting":
            seen.extend(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.open"))

    with told_to(look):
        back_up(store.engine, tmp_path / "stick" / "locked.age", lock)
    assert seen == ["hub/.locked.age.open"]
    assert [path.name for path in (tmp_path / "stick").iterdir()] == ["locked.age"]
    assert not list(tmp_path.rglob("*.open"))
    store.close()


@pytest.mark.parametrize("lock", [Passphrase(""), Recipients(("age1nonsense",)), Recipients(("",))])
def test_a_lock_that_is_none_is_refused_before_anything_is_copied(tmp_path: Path, store: Store, lock: Lock) -> None:
    with pytest.raises(BadKeyError):
        back_up(store.engine, tmp_path / "locked.age", lock)
    assert list(tmp_path.iterdir()) == []


def test_a_key_takes_no_other_files_place(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("precious")
    with pytest.raises(StoreExistsError):
        make_key(tmp_path / "key")
    assert (tmp_path / "key").read_text() == "precious"


# ---------------------------------------------------------------- room


def test_a_disk_without_room_is_told_before_anything_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open(tmp_path / "hub.duckdb")
    monkeypatch.setattr(room.shutil, "disk_usage", lambda _: SimpleNamespace(free=5))
    with pytest.raises(NoRoomError, match=r"not enough room for .*copy\.duckdb.* 1 MB are free"):
        copy_to(store.engine, tmp_path / "copy.duckdb")
    assert not (tmp_path / "copy.duckdb").exists()
    store.close()


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "hub.duckdb")
    (tmp_path / "file").write_text("no folder")
    for act in (
        lambda: copy_to(store.engine, tmp_path / "file" / "copy.duckdb"),
        lambda: back_up(store.engine, tmp_path / "file" / "copy.age", Passphrase("blue kettle")),
        lambda: make_key(tmp_path / "file" / "key"),
    ):
        with pytest.raises(CannotWriteError, match="cannot be written: its folder cannot be made"):
            act()
    store.close()
