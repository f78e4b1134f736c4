"""`python -m store`: exit codes, what is printed, and never a traceback for a mistake."""

import json
from pathlib import Path

import pytest

from people.facts import OperatorAct, PersonAdded
from store.__main__ import main
from store.ledger import Store
from store.seals import make_seal
from tests.store.making import person_added

COMMANDS = ["verify", "backup", "restore", "seal", "migrate", "rebuild", "retention", "compact"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one fact."""
    store = Store.open(tmp_path / "hub.duckdb")
    store.append(person_added())
    store.close()
    return tmp_path / "hub.duckdb"


def test_a_proof_is_printed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", "--store", str(path)]) == 0
    told = capsys.readouterr()
    assert told.out == "1 facts, 0 erased texts: everything is what was recorded.\n"
    assert told.err == "person_added: 1 read\n"


def test_problems_are_printed_and_exit_with_one(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = Store.open(path)
    store.write(lambda batch: batch.execute("UPDATE person_added SET via = 'import'"))
    store.close()
    assert main(["verify", "--store", str(path)]) == 1
    assert capsys.readouterr().out.endswith("1 facts, 0 erased texts: 1 problem.\n")
    assert main(["verify", "--store", str(path), "--format", "json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert [problem["where"].split(" (")[0] for problem in problems] == ["person_added 1"]


def test_a_backup_is_restored_and_verified(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, restored = tmp_path / "copy.duckdb", tmp_path / "restored.duckdb"
    assert main(["backup", "--store", str(path), "--to", str(copy), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "file": str(copy),
        "bytes": copy.stat().st_size,
        "encrypted": False,
        "facts_up_to": 2,
        "seal": _seal_of(copy),
    }
    assert main(["restore", "--from", str(copy), "--store", str(restored)]) == 0
    assert "2 facts, 0 erased texts: everything" in capsys.readouterr().out
    store = Store.open(restored)
    assert (len(store.list_facts(PersonAdded)), len(store.list_facts(OperatorAct))) == (1, 1)
    store.close()


def _seal_of(path: Path) -> str:
    store = Store.open(path)
    seal = make_seal(store).sha256
    store.close()
    return seal


def test_a_backup_goes_where_the_caller_stands(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["backup", "--store", str(path), "--to", "here.duckdb"]) == 0
    assert (tmp_path / "here.duckdb").is_file()
    assert main(["backup", "--store", str(path), "--to", "here.duckdb"]) == 1
    assert "exists already" in capsys.readouterr().err


def test_migrating_says_what_it_did(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate", "--store", str(path)]) == 0
    assert capsys.readouterr().out == "The store is up to date.\n"


def test_rebuilding_is_recorded(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rebuild", "--store", str(path)]) == 0
    assert "Rebuilt person_gate, person_status" in capsys.readouterr().out
    store = Store.open(path)
    assert [act.command for act in store.list_facts(OperatorAct)] == ["store rebuild"]
    store.close()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_missing_store_is_told(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = {
        "backup": ["--to", str(tmp_path / "x")],
        "restore": ["--from", str(tmp_path / "none")],
        "seal": ["--into", str(tmp_path / "x")],
    }
    more = given.get(command, [])
    assert main([command, "--store", str(tmp_path / "none.duckdb"), *more]) == 1
    told = capsys.readouterr()
    assert (told.out, told.err.startswith("There is no store at")) == ("", True)
    assert not (tmp_path / "none.duckdb").exists()


@pytest.mark.parametrize("given", [[], ["verify"], ["backup", "--store", "x"], ["polish", "--store", "x"]])
def test_wrong_use_exits_with_two(given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(given)
    assert caught.value.code == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["key"], *([name] for name in COMMANDS)])
def test_help_has_an_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])
    assert caught.value.code == 0
    assert "python -m store" in capsys.readouterr().out.split("example", 1)[1]
