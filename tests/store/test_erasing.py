"""A person who is erased is gone for good: from the tables, from the file, from the app; what happened stays proved."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from assessments.facts import Milestone, MilestoneKind, SignOff
from assessments.sign_off import evidence_hash
from assessments.verdicts import Status
from people.__main__ import main
from people.facts import OperatorAct, PasswordSet, PersonErased
from people.models import OPERATOR, Actor, Office, PersonId, PrivateRows
from people.service import assign_trainer, erase_person, find_actor, held_grants, start_session
from store.backup import copy_to
from store.compaction import compact, compact_if_due
from store.erasures import (
    Compacted,
    ErasedPerson,
    RetentionRun,
    add_entries,
    is_compaction_due,
    log_path,
    read_entries,
)
from store.errors import ChangedMeanwhileError, ErasureLogError, StoreMissingError
from store.ledger import Store
from store.seals import broken_seals, make_seal
from store.verify import verify
from tests.builders import NOW, PROGRAMME
from tests.rights.house import HERE, House, Stage, make_house
from tests.rights.recorded import SECRET, make_recorded
from tests.store.making import person_added

ROOT = Actor(OPERATOR, "root", is_operator=True)
LATER = NOW + timedelta(hours=1)
WORDS = ("Unmistakable Name", "unmistakable-login", "An unmistakable thought.")


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = make_house()
    yield made
    made.store.close()


@pytest.fixture
def stage(house: House) -> Stage:
    """A trainee with something of every kind, signed off by the trainer."""
    return make_recorded(house)


def _rows_about(store: Store, person_id: PersonId) -> dict[str, int]:
    tables = ("person_private", "private_text", "wellbeing", "login_session")
    counts = {
        table: store.engine.fetch(f"SELECT count(*) FROM {table} WHERE person_no = $1", [person_id]) for table in tables
    }
    return {table: found[0][0] for table, found in counts.items() if found[0][0]}


def _check_in(store: Store, person_id: PersonId) -> None:
    row = "INSERT INTO wellbeing VALUES (1, $1, uuidv7(), now()::TIMESTAMP, current_date, 3, 'tired')"
    store.write(lambda batch: batch.execute(row, [person_id]))


# ---------------------------------------------------------------- the tables


def test_all_four_tables_lose_the_persons_rows_and_nobody_elses(stage: Stage) -> None:
    store, fellow = stage.store, stage.person_of("fellow")
    _check_in(store, stage.person_id)
    _check_in(store, fellow)
    start_session(store, stage.person_id, NOW)
    before = store.count_private(stage.person_id)
    assert before == PrivateRows(1, before.n_texts, 3, 1)
    assert before.n_texts > 3
    others = _rows_about(store, fellow)
    assert erase_person(store, ROOT, stage.person_id, LATER) == before
    assert _rows_about(store, stage.person_id) == {}
    assert _rows_about(store, fellow) == others


def test_every_proof_stays_valid(stage: Stage) -> None:
    store = stage.store
    seal = make_seal(store)
    decided = store.list_facts(SignOff, stage.person_id)
    signed = decided[0]
    erase_person(store, ROOT, stage.person_id, LATER)
    proof = verify(store)
    assert proof.faults == ()
    assert proof.n_erased > 3
    assert evidence_hash(store.digests(signed.evidence)) == signed.evidence_hash
    assert broken_seals(store, [seal]) == []
    assert store.list_facts(SignOff, stage.person_id) == [replace(one, note="") for one in decided]


def test_the_verdicts_of_the_past_stay_and_today_the_person_has_left(stage: Stage) -> None:
    store = stage.store
    before = store.verdict(stage.person_id, PROGRAMME, NOW, NOW)
    erase_person(store, ROOT, stage.person_id, LATER)
    assert store.verdict(stage.person_id, PROGRAMME, NOW, NOW) == before
    now = store.verdict(stage.person_id, PROGRAMME, LATER, LATER)
    assert now is not None and before is not None
    assert (now.status, now.gates) == (Status.WITHDRAWN, before.gates)


def test_the_fact_says_that_it_was_done_and_no_more(stage: Stage) -> None:
    erase_person(stage.store, ROOT, stage.person_id, LATER)
    found = stage.store.list_facts(PersonErased, stage.person_id)
    assert [(one.actor_id, one.occurred_at) for one in found] == [(OPERATOR, LATER)]


def test_erasing_twice_is_harmless(stage: Stage) -> None:
    store = stage.store
    erase_person(store, ROOT, stage.person_id, LATER)
    position = store.position
    assert erase_person(store, ROOT, stage.person_id, LATER) == PrivateRows()
    assert store.position == position
    assert len(store.list_facts(PersonErased, stage.person_id)) == 1


# ---------------------------------------------------------------- the app


def test_sessions_end_at_once_and_the_sign_in_name_is_free(stage: Stage) -> None:
    store = stage.store
    token = start_session(store, stage.person_id, NOW).token
    login = store.account_of(stage.person_id).login
    assert find_actor(store, token, LATER) is not None
    erase_person(store, ROOT, stage.person_id, LATER)
    assert find_actor(store, token, LATER) is None
    assert (store.account_of(stage.person_id), store.find_account(login)) == (None, None)
    assert store.put_private(stage.person_of("nobody"), "Somebody else", login)


def test_offices_trainers_and_trainees_are_let_go(stage: Stage) -> None:
    store, trainer = stage.store, stage.house.hire(f"leaver_{stage.house.n_trainees}", Office.TRAINER, HERE)
    assign_trainer(store, ROOT, stage.person_id, trainer.person_id, NOW)
    erase_person(store, ROOT, trainer.person_id, LATER)
    assert held_grants(store, trainer.person_id, LATER) == ()
    assert store.subject(stage.person_id).trainer_ids == {stage.person_of("trainer")}
    erase_person(store, ROOT, stage.person_id, LATER)
    assert store.subject(stage.person_id).trainer_ids == set()


def test_everybody_reads_the_number_in_place_of_the_name(stage: Stage) -> None:
    store, cast, name = stage.store, stage.cast, stage.trainee.name
    erase_person(store, ROOT, stage.person_id, LATER)
    assert store.name_of(stage.person_id) == f"Person {stage.person_id}"
    for query, who in (("cohorts_people", "coordinator"), ("hub_holds", "safeguarding")):
        rows = store.query(query, cast[who], hub=HERE)
        about = [row for row in rows if row["person_no"] == stage.person_id]
        assert about, query
        assert {row["name"] for row in about} == {f"Person {stage.person_id}"}, query
        assert name not in str(rows), query


def test_what_others_wrote_about_others_stays(stage: Stage) -> None:
    """The trainer is erased: the trainee's record keeps what the trainer wrote, without the name."""
    store = stage.store
    trainer = stage.person_of("trainer")
    texts = store.engine.fetch("SELECT count(*) FROM private_text WHERE person_no = $1", [stage.person_id])
    assert texts[0][0] > 0
    name = store.name_of(trainer)
    erase_person(store, ROOT, trainer, LATER)
    assert store.engine.fetch("SELECT count(*) FROM private_text WHERE person_no = $1", [stage.person_id]) == texts
    rows = store.query("person_observations", stage.trainee, person_id=stage.person_id, programme_id=PROGRAMME)
    assert SECRET in str(rows)
    assert f"'{name}'" not in str(rows)
    assert f"Person {trainer}" in str(rows)
    store.put_private(trainer, name, "trainer")  # the house goes on


def test_a_number_is_never_given_again(store: Store) -> None:
    store.append(person_added(PersonId(7)))
    erase_person(store, ROOT, PersonId(7), LATER)
    assert store.next_person_id() == 8


# ---------------------------------------------------------------- the log beside the store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store's file with a person whose words would be known among thousands."""
    path = tmp_path / "hub.duckdb"
    store = Store.open(path)
    store.append(person_added(), person_added(PersonId(2)))
    store.put_private(PersonId(1), WORDS[0], WORDS[1])
    note = Milestone(
        fact_id=person_added().fact_id,
        person_id=PersonId(1),
        actor_id=PersonId(1),
        occurred_at=NOW,
        programme_id=PROGRAMME,
        kind=MilestoneKind.REFLECTION,
        what="M1",
        note=WORDS[2],
    )
    store.append(note)
    store.close()
    return path


def _erase(path: Path) -> None:
    store = Store.open(path, clock=lambda: LATER)
    erase_person(store, ROOT, PersonId(1), LATER)
    store.close()


def _found(folder: Path) -> dict[str, list[str]]:
    """Return in which files of a folder, the log of the database among them, the words stand."""
    files = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    hits = {name: [word for word in WORDS if word.encode() in content] for name, content in files.items()}
    return {name: words for name, words in hits.items() if words}


def test_the_log_holds_numbers_and_times_and_is_its_owners_alone(path: Path) -> None:
    _erase(path)
    log = log_path(path)
    known_since = person_added().occurred_at
    assert read_entries(path) == [ErasedPerson(1, PersonId(1), known_since, LATER)]
    assert log.stat().st_mode & 0o777 == 0o600
    assert not any(word in log.read_text() for word in WORDS)


def test_half_a_line_of_the_log_is_left_out_and_written_over(tmp_path: Path) -> None:
    path = tmp_path / "hub.duckdb"
    add_entries(path, [Compacted(NOW)])
    with log_path(path).open("a") as log:
        log.write('{"compacted_at": "20')
    assert read_entries(path) == [Compacted(NOW)]
    add_entries(path, [RetentionRun(1, LATER)])
    assert read_entries(path) == [Compacted(NOW), RetentionRun(1, LATER)]


@pytest.mark.parametrize("line", ["nonsense", "{}", '{"person": 1}', '{"compacted_at": "never"}', "[1]"])
def test_a_line_that_cannot_be_read_is_told(tmp_path: Path, line: str) -> None:
    path = tmp_path / "hub.duckdb"
    log_path(path).write_text(f"{line}\n")
    with pytest.raises(ErasureLogError, match="Line 1 of"):
        read_entries(path)


# ---------------------------------------------------------------- the file


def test_deleted_words_are_in_no_file_after_compacting(path: Path) -> None:
    assert _found(path.parent) == {"hub.duckdb": list(WORDS)}
    _erase(path)
    assert is_compaction_due(read_entries(path))
    assert list(_found(path.parent)) == ["hub.duckdb"]  # the engine leaves them in unused parts
    assert compact_if_due(path, LATER)
    assert _found(path.parent) == {}
    assert not compact_if_due(path, LATER)
    store = Store.open(path)
    assert verify(store).faults == ()
    assert "Unused parts" not in " ".join(store.leftovers())
    store.close()


def test_a_copy_made_after_the_erasure_holds_no_deleted_word(path: Path, tmp_path: Path) -> None:
    _erase(path)
    store = Store.open(path)
    copy_to(store.engine, tmp_path / "new" / "copy.duckdb")
    store.close()
    assert _found(tmp_path / "new") == {}


def test_the_operator_is_told_where_deleted_words_still_stand(path: Path) -> None:
    old = path.with_name("hub.duckdb.before-0002-20260101T000000")
    old.write_bytes(b"older copy")
    _erase(path)
    store = Store.open(path)
    told = " ".join(store.leftovers())
    store.close()
    assert "store compact" in told
    assert old.name in told
    assert "erasure log" in told


def test_compacting_keeps_every_fact_and_the_file_is_its_owners_alone(path: Path) -> None:
    _erase(path)
    before = _everything(path)
    compact(path, LATER)
    assert _everything(path) == before
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in sorted(path.parent.iterdir())] == ["hub.duckdb", "hub.duckdb.erasures"]


def _everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    store = Store.open(path)
    names = [row[0] for row in store.engine.fetch("SELECT table_name FROM information_schema.tables")]
    found = {name: sorted(store.engine.fetch(f"SELECT * FROM {name}"), key=str) for name in names}
    store.close()
    return found


def test_a_store_in_use_is_not_compacted(path: Path) -> None:
    with pytest.raises(StoreMissingError):
        compact(path.with_name("none.duckdb"), NOW)
    store = Store.open(path)
    try:
        given = [sys.executable, "-m", "store", "compact", "--store", str(path)]
        done = subprocess.run(given, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "Stop the app first" in done.stderr
    finally:
        store.close()


def test_a_process_killed_before_the_rows_went_is_found_by_the_proof(path: Path) -> None:
    add_entries(path, [ErasedPerson(1, PersonId(1), person_added().occurred_at, LATER)])
    store = Store.open(path, clock=lambda: LATER)
    assert [fault.where for fault in verify(store).faults] == ["person 1"]
    erase_person(store, ROOT, PersonId(1), LATER)
    assert verify(store).faults == ()
    store.close()


def test_a_compacting_that_is_cut_off_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _erase(path)
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr("store.compaction._held", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            compact(path, LATER)
    assert path.read_bytes() == before
    assert is_compaction_due(read_entries(path))
    compact(path, LATER)
    assert _found(path.parent) == {}
    assert not list(path.parent.glob(".*"))


@contextmanager
def _interrupted(_path: Path) -> Iterator[None]:
    raise KeyboardInterrupt
    yield


def test_a_store_that_was_opened_meanwhile_is_left_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _erase(path)

    def copy_and_let_others_write(engine, target: Path) -> Path:
        copied = copy_to(engine, target)
        path.with_name(f"{path.name}.wal").write_bytes(b"somebody else")
        return copied

    monkeypatch.setattr("store.compaction.copy_to", copy_and_let_others_write)
    with pytest.raises(ChangedMeanwhileError):
        compact(path, LATER)
    assert not list(path.parent.glob(".*"))


def test_the_operator_erases_on_the_command_line(path: Path, capsys, monkeypatch) -> None:
    store = ["--store", str(path)]
    assert main(["erase", "1", "--dry-run", *store]) == 0
    told = capsys.readouterr().out
    assert "Would be deleted for good: 1 name, 1 private texts, 0 check-ins, 0 sessions." in told
    assert WORDS[0] in told
    monkeypatch.setattr("sys.stdin", StringIO("2\n"))
    assert main(["erase", WORDS[1], *store]) == 1
    assert "Nothing was erased." in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", StringIO("1\n"))
    assert main(["erase", WORDS[1], *store]) == 0
    told = capsys.readouterr().out
    assert "Person 1 is erased. Deleted: 1 name, 1 private texts" in told
    assert WORDS[0] not in told
    assert main(["erase", "1", "--yes", *store]) == 0
    again = Store.open(path)
    assert [act.command for act in again.list_facts(OperatorAct)] == ["people erase", "people erase"]
    assert again.list_facts(PasswordSet) == []
    again.close()
