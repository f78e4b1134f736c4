"""A backup put back is the store that was copied, without whoever was erased since."""

import json
import random
import shutil
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from curriculum.ids import ProgrammeId
from people.facts import PersonAdded, PersonErased
from people.models import OPERATOR, Actor, PersonId
from people.service import erase_person
from store.__main__ import main
from store.backup import back_up, copy_to
from store.encryption import KeyFile, Recipients, make_key
from store.erasures import ErasedPerson, RetentionRun, add_entries, log_path, read_entries
from store.errors import (
    BadArgumentError,
    BadKeyError,
    LogLeftError,
    NoKeyError,
    NoRoomError,
    StoreExistsError,
    StoreMissingError,
    WrongKeyError,
)
from store.ledger import Store
from store.readiness import verdicts
from store.restoring import restore
from store.seals import broken_seals, make_seal
from tests.store.making import NOW, person_added

ROOT = Path(__file__).parents[2]
OPERATOR_ACTOR = Actor(OPERATOR, "root", is_operator=True)
ANN, TOM = PersonId(1), PersonId(2)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of two people, in a folder of its own."""
    path = tmp_path / "hub" / "hub.duckdb"
    with closing(Store.open(path, clock=lambda: NOW)) as store:
        store.append(person_added(ANN), person_added(TOM))
        store.put_private(ANN, "Ann Unmistakable", "ann")
        store.put_private(TOM, "Tom", "tom")
    return path


@pytest.fixture
def backup(path: Path, tmp_path: Path) -> Path:
    """An open backup of it."""
    with closing(Store.open(path)) as store:
        return copy_to(store.engine, tmp_path / "backups" / "copy.duckdb")


def _erase(path: Path, person_id: PersonId, at: datetime = LATER) -> None:
    with closing(Store.open(path, clock=lambda: at)) as store:
        erase_person(store, OPERATOR_ACTOR, person_id, at)


def _names(path: Path) -> list[str]:
    with closing(Store.open(path)) as store:
        return [store.name_of(person_id) for person_id in (ANN, TOM)]


def _lose(path: Path) -> None:
    """Let the store go; what lies beside it stays."""
    path.unlink()


# ---------------------------------------------------------------- the rehearsal


def test_a_lived_in_hub_comes_back_with_every_count_digest_and_verdict(
    demonstration_file: Path, tmp_path: Path
) -> None:
    original = tmp_path / "hub.duckdb"
    shutil.copy(demonstration_file, original)
    public = make_key(tmp_path / "key")
    with closing(Store.open(original)) as store:
        told = _everything(store)
        seal = make_seal(store)
        back_up(store.engine, tmp_path / "copy.age", Recipients((public,)))
    done = restore(tmp_path / "copy.age", tmp_path / "new" / "hub.duckdb", key=KeyFile(tmp_path / "key"))
    assert (done.proof.faults, done.n_erased, done.had_log) == ((), 0, False)
    with closing(Store.open(tmp_path / "new" / "hub.duckdb")) as store:
        assert _everything(store) == told
        assert broken_seals(store, [seal]) == []
        assert done.proof.n_facts == seal.facts_up_to


def _everything(store: Store) -> tuple[object, ...]:
    tables = sorted(row[0] for row in store.engine.fetch("SELECT table_name FROM information_schema.tables"))
    counts = {name: store.engine.fetch(f"SELECT count(*) FROM {name}") for name in tables}
    digests = store.engine.fetch("SELECT fact_no, digest FROM fact_key ORDER BY fact_no")
    at = datetime.fromisoformat("2026-11-23T08:00+00:00")
    return counts, digests, verdicts(store, ProgrammeId("alongside"), as_of=at, known_at=at, with_evidence=True)


# ---------------------------------------------------------------- what was erased since


def test_who_was_erased_since_the_backup_is_erased_again(path: Path, backup: Path) -> None:
    _erase(path, ANN)
    _lose(path)
    done = restore(backup, path)
    assert (done.n_erased, done.had_log, done.proof.faults) == (1, True, ())
    assert _names(path) == ["Person 1", "Tom"]
    with closing(Store.open(path)) as store:
        assert [fact.occurred_at for fact in store.list_facts(PersonErased, ANN)] == [LATER]
    assert not [file.name for file in path.parent.iterdir() if b"Unmistakable" in file.read_bytes()]


def test_a_log_that_was_kept_elsewhere_is_heeded_and_kept_beside_the_new_store(
    path: Path, backup: Path, tmp_path: Path
) -> None:
    _erase(path, ANN)
    kept = tmp_path / "stick" / "log"
    kept.parent.mkdir()
    log_path(path).rename(kept)
    new = tmp_path / "elsewhere" / "hub.duckdb"
    assert restore(backup, new, log=kept).n_erased == 1
    assert _names(new) == ["Person 1", "Tom"]
    assert isinstance(read_entries(new)[0], ErasedPerson)
    new.unlink()
    assert restore(backup, new).n_erased == 1


def test_without_a_log_the_operator_is_told(path: Path, backup: Path, tmp_path: Path, capsys) -> None:
    assert main(["restore", "--from", str(backup), "--store", str(tmp_path / "new.duckdb")]) == 0
    assert "There was no erasure log beside the new store." in capsys.readouterr().out
    _erase(path, ANN)
    _lose(path)
    assert main(["restore", "--from", str(backup), "--store", str(path)]) == 0
    told = capsys.readouterr().out
    assert "Erased again: 1 person; destroyed again: 0 rows." in told
    assert "no erasure log" not in told


def test_somebody_else_with_the_same_number_is_left_alone(path: Path, backup: Path) -> None:
    add_entries(path, [ErasedPerson(1, TOM, NOW + timedelta(days=1), LATER)])
    _lose(path)
    assert restore(backup, path).n_erased == 0
    assert _names(path) == ["Ann Unmistakable", "Tom"]


def test_the_number_of_somebody_whom_the_backup_does_not_know_is_not_given_again(path: Path, backup: Path) -> None:
    add_entries(path, [ErasedPerson(1, PersonId(9), NOW, LATER)])
    _lose(path)
    assert restore(backup, path).proof.faults == ()
    with closing(Store.open(path)) as store:
        assert store.next_person_id() == 10


def test_lines_of_another_organisation_are_not_played_into_this_one(path: Path, backup: Path) -> None:
    add_entries(path, [ErasedPerson(2, ANN, NOW, LATER), RetentionRun(2, LATER)])
    _lose(path)
    assert restore(backup, path).n_erased == 0
    assert _names(path) == ["Ann Unmistakable", "Tom"]


def test_a_backup_that_was_made_after_the_erasure_needs_no_second_one(path: Path, tmp_path: Path) -> None:
    _erase(path, ANN)
    with closing(Store.open(path)) as store:
        copy_to(store.engine, tmp_path / "late.duckdb")
        n_facts = store.position
    _lose(path)
    done = restore(tmp_path / "late.duckdb", path)
    assert (done.n_erased, done.proof.n_facts) == (0, n_facts)


# ---------------------------------------------------------------- locked


def test_a_locked_backup_opens_with_its_key_and_with_no_other(path: Path, tmp_path: Path) -> None:
    public, other = make_key(tmp_path / "key"), make_key(tmp_path / "other")
    assert public != other
    locked, new = tmp_path / "copy.age", tmp_path / "new" / "hub.duckdb"
    with closing(Store.open(path)) as store:
        back_up(store.engine, locked, Recipients((public,)))
    with pytest.raises(WrongKeyError, match="this key or passphrase"):
        restore(locked, new, key=KeyFile(tmp_path / "other"))
    with pytest.raises(NoKeyError, match="is encrypted"):
        restore(locked, new)
    assert list(new.parent.iterdir()) == []
    assert restore(locked, new, key=KeyFile(tmp_path / "key")).proof.faults == ()
    assert _names(new) == ["Ann Unmistakable", "Tom"]


def test_a_damaged_locked_backup_is_told(path: Path, tmp_path: Path) -> None:
    public = make_key(tmp_path / "key")
    locked = tmp_path / "copy.age"
    with closing(Store.open(path)) as store:
        back_up(store.engine, locked, Recipients((public,)))
    locked.write_bytes(locked.read_bytes()[:-50])
    with pytest.raises(WrongKeyError, match="or the file is damaged"):
        restore(locked, tmp_path / "new.duckdb", key=KeyFile(tmp_path / "key"))


@pytest.mark.parametrize("text", [None, "", "AGE-SECRET-KEY-1NONSENSE"])
def test_a_file_without_a_key_is_told(path: Path, tmp_path: Path, text: str | None) -> None:
    public = make_key(tmp_path / "key")
    with closing(Store.open(path)) as store:
        back_up(store.engine, tmp_path / "copy.age", Recipients((public,)))
    if text is not None:
        (tmp_path / "empty").write_text(text)
    with pytest.raises(BadKeyError, match="--key"):
        restore(tmp_path / "copy.age", tmp_path / "new.duckdb", key=KeyFile(tmp_path / "empty"))


def test_a_passphrase_locks_and_opens_and_no_other_does(path: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    """On the command line: to lock and to open takes a second of calculation each, on purpose."""
    (tmp_path / "words").write_text("blue kettle on a hill\nnot this line\n")
    locked, new = tmp_path / "copy.age", tmp_path / "new" / "hub.duckdb"
    given = ["backup", "--store", str(path), "--to", str(locked), "--passphrase-file", str(tmp_path / "words")]
    assert main(given) == 0
    assert "NOT encrypted" not in capsys.readouterr().out
    given = ["restore", "--from", str(locked), "--store", str(new)]
    assert main(given) == 1
    assert "is encrypted" in capsys.readouterr().err
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: "red kettle on a hill")
    assert main([*given, "--passphrase"]) == 1
    assert "this key or passphrase" in capsys.readouterr().err
    assert list(new.parent.iterdir()) == []
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: "blue kettle on a hill")
    assert main([*given, "--passphrase"]) == 0
    assert _names(new) == ["Ann Unmistakable", "Tom"]


def test_the_command_line_locks_and_opens(path: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    locked, new = str(tmp_path / "copy.age"), str(tmp_path / "new.duckdb")
    told = iter(["one", "two"])
    monkeypatch.setattr("getpass.getpass", lambda *_, **__: next(told))
    assert main(["backup", "--store", str(path), "--to", locked, "--passphrase"]) == 1
    assert "typed in two ways" in capsys.readouterr().err
    assert main(["backup", "--store", str(path), "--to", locked]) == 0
    assert "The file is NOT encrypted" in capsys.readouterr().out
    assert main(["key", "--into", str(tmp_path / "key")]) == 0
    public = capsys.readouterr().out.split()[-1]
    assert main(["backup", "--store", str(path), "--to", f"{locked}2", "--recipient", public]) == 0
    assert main(["restore", "--from", f"{locked}2", "--store", new, "--key", str(tmp_path / "key")]) == 0


# ---------------------------------------------------------------- what is refused


def test_nothing_is_overwritten_and_a_backup_is_needed(path: Path, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreExistsError):
        restore(backup, path)
    with pytest.raises(StoreMissingError):
        restore(tmp_path / "none", tmp_path / "new.duckdb")
    with pytest.raises(BadArgumentError, match="--erasures"):
        restore(backup, tmp_path / "new.duckdb", log=tmp_path / "none")


def test_the_log_of_a_store_that_is_gone_is_not_played_into_the_new_one(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "new.duckdb.wal").write_bytes(b"older")
    with pytest.raises(LogLeftError, match="Move it"):
        restore(backup, tmp_path / "new.duckdb")
    assert not (tmp_path / "new.duckdb").exists()


# ---------------------------------------------------------------- killed, and without room


@pytest.mark.slow
def test_a_process_killed_while_it_restores_leaves_no_store_or_the_whole_one(
    demonstration_file: Path, tmp_path: Path
) -> None:
    """What was erased since is erased in whatever stands there."""
    rng = random.Random(6)
    new = tmp_path / "hub.duckdb"
    with closing(Store.open(_copied(demonstration_file, tmp_path / "known.duckdb"))) as store:
        person = store.list_facts(PersonAdded)[5]
    add_entries(new, [ErasedPerson(1, person.person_id, person.occurred_at, LATER)])
    found: list[bool] = []
    for _ in range(6):
        _restore_and_kill(demonstration_file, new, rng.uniform(0, 0.6))
        found.append(new.exists())
        if new.exists():
            with closing(Store.open(new)) as store:
                assert store.account_of(person.person_id) is None
                assert make_seal(store).facts_up_to > 100
            new.unlink()
    restore(demonstration_file, new)
    assert sorted(file.name for file in tmp_path.iterdir() if file.name.startswith((".hub", "hub"))) == [
        "hub.duckdb",
        "hub.duckdb.erasures",
    ]


def _copied(source: Path, target: Path) -> Path:
    shutil.copy(source, target)
    return target


def _restore_and_kill(source: Path, new: Path, seconds: float) -> None:
    """Kill a restoring process a moment after its first file appeared."""
    given = [sys.executable, "-m", "store", "restore", "--from", str(source), "--store", str(new)]
    process = subprocess.Popen(given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    unfinished = new.with_name(f".{new.name}.unfinished")
    while process.poll() is None and not unfinished.exists():
        time.sleep(0.005)
    time.sleep(seconds)
    process.kill()
    process.wait()


@pytest.mark.slow
def test_a_disk_that_gets_full_is_told_and_nothing_is_left_behind(demonstration_file: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk, in a process of its own."""
    store = _copied(demonstration_file, tmp_path / "hub.duckdb")
    given = [sys.executable, "-m", "tests.store.without_room", str(store), str(tmp_path / "out")]
    done = subprocess.run(given, capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    told: dict[str, str] = json.loads(done.stdout)
    for what in ("backup", "restore", "locked"):
        assert told[what].startswith("There is not enough room for"), what
    assert told["left"] == ""
    assert told["still"] == "works"


def test_a_disk_without_room_is_told_before_anything_is_begun(backup: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("store.room.shutil.disk_usage", lambda _: type("Usage", (), {"free": 5}))
    with pytest.raises(NoRoomError):
        restore(backup, tmp_path / "new.duckdb")
    assert not (tmp_path / "new.duckdb").exists()
