"""`python -m people`: exit codes, what is printed, the app running or not."""

import json
import os
import pwd
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

import store.ledger
import store.socket
from analytics.commands import COMMANDS
from people.__main__ import main
from people.errors import NotKnownError
from people.facts import OperatorAct
from people.models import Office
from people.service import enrol, get_invitee, give_grant, open_cohort, open_hub
from people.service.persons import add_person
from store.errors import StoreBusyError
from store.ledger import Store
from store.socket import serve_store
from tests.people.building import ALONGSIDE, HERE, LEADER, OPERATOR_ACTOR, TODAY

pytestmark = pytest.mark.slow

ROOT = str(Path(__file__).parents[2])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a store with a hub, a trainee `ann` and a trainer `tom`; no process has it open."""
    path, now = tmp_path / "hub.duckdb", datetime.now(UTC)
    store = Store.open(path)
    open_hub(store, OPERATOR_ACTOR, HERE, "Riverside", now)
    cohort = open_cohort(
        store, OPERATOR_ACTOR, HERE, ALONGSIDE, "Autumn", starts_on=TODAY, active_version_no=1, now=now
    )
    ann = add_person(store, OPERATOR_ACTOR, "Ann", "ann", now)
    enrol(store, OPERATOR_ACTOR, ann, cohort_id=cohort.cohort_id, role_id=LEADER, version_no=1, now=now)
    tom = add_person(store, OPERATOR_ACTOR, "Tom", "tom", now)
    give_grant(store, OPERATOR_ACTOR, tom, Office.TRAINER, now, hub_id=HERE)
    store.close()
    return path


def test_add_prints_an_invitation_that_works(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = [
        "add",
        "Zoë Ünal",
        "zoe",
        "--office",
        "coordinator",
        "--hub",
        HERE,
        "--address",
        "https://train.example.org",
    ]
    assert main([*given, "--format", "json", "--store", str(path)]) == 0
    result = json.loads(capsys.readouterr().out)
    assert (result["name"], result["login"]) == ("Zoë Ünal", "zoe")
    store = Store.open(path)
    try:
        assert get_invitee(store, result["code"], datetime.now(UTC)).login == "zoe"
        assert store.list_facts(OperatorAct)[0].system_user
    finally:
        store.close()


def test_reset_prints_a_slip(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reset", "ann", "--address", "https://train.example.org", "--store", str(path)]) == 0
    text = capsys.readouterr().out
    assert "For: Ann" in text
    assert "Sign-in name: ann" in text
    assert "https://train.example.org/account/welcome/" in text


def test_assign_says_who_trains_whom(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assign", "ann", "tom", "--store", str(path)]) == 0
    assert capsys.readouterr().out == "Tom now trains Ann.\n"


@pytest.mark.parametrize("given", [["reset", "nobody"], ["add", "Ann", "ann"], ["assign", "tom", "ann"]])
def test_a_refusal_is_a_sentence_and_exit_1(path: Path, given: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*given, "--store", str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.rstrip().endswith(".")
    assert "Traceback" not in printed.err


def test_a_missing_store_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reset", "ann", "--store", str(tmp_path / "none.duckdb")]) == 1
    assert "no store" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [[], ["reset"], ["reset", "ann"], ["sing"], ["add", "A", "abc", "--office", "king"]])
def test_wrong_use_is_exit_2(given: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(given)
    assert caught.value.code == 2


@pytest.mark.parametrize("command", [[], ["add"], ["assign"], ["reset"], ["export"], ["erase"]])
def test_help_has_an_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])
    assert caught.value.code == 0
    assert "python -m people" in capsys.readouterr().out.split("example", 1)[1]


def _busy(path: Path, **_: object) -> Store:
    raise StoreBusyError(path)


Call = Callable[[Path, str, Mapping[str, str]], dict[str, str | int]]


def _pretend_app_runs(monkeypatch: pytest.MonkeyPatch, call_running: Call) -> None:
    monkeypatch.setattr(store.socket, "call_running", call_running)
    monkeypatch.setattr(store.ledger.Store, "open", _busy)


def test_a_running_app_does_the_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    calls: list[tuple[Path, str, dict[str, str]]] = []

    def call_running(path: Path, command: str, args: Mapping[str, str]) -> dict[str, str | int]:
        calls.append((path, command, dict(args)))
        return {"trainee": 1, "trainee_name": "Ann", "trainer": 2, "trainer_name": "Tom"}

    _pretend_app_runs(monkeypatch, call_running)
    assert main(["assign", "ann", "tom", "--store", "hub.duckdb"]) == 0
    assert calls == [(Path("hub.duckdb"), "people assign", {"trainee": "ann", "trainer": "tom"})]
    assert capsys.readouterr().out == "Tom now trains Ann.\n"


def test_a_running_app_may_refuse(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def call_running(path: Path, command: str, args: Mapping[str, str]) -> dict[str, str | int]:
        raise NotKnownError("person", args["person"])

    _pretend_app_runs(monkeypatch, call_running)
    assert main(["reset", "nobody", "--store", "hub.duckdb"]) == 1
    assert "There is no person `nobody`" in capsys.readouterr().err


def test_command_line_against_a_running_app(path: Path) -> None:
    store = Store.open(path)
    try:
        with serve_store(store, path):
            given = [sys.executable, "-m", "people", "reset", "ann", "--format", "json", "--store", str(path)]
            done = subprocess.run(given, capture_output=True, text=True, check=False)
            assert (done.returncode, done.stderr) == (0, "")
            assert get_invitee(store, json.loads(done.stdout)["code"], datetime.now(UTC)).login == "ann"
            refused = subprocess.run([*given[:4], "nobody", *given[5:]], capture_output=True, text=True, check=False)
            assert (refused.returncode, refused.stdout) == (1, "")
            assert "There is no person `nobody`" in refused.stderr
        acts = store.list_facts(OperatorAct)
        assert [act.command for act in acts] == ["people reset"]
        assert acts[0].system_user == pwd.getpwuid(os.getuid()).pw_name
    finally:
        store.close()


def test_a_running_app_hands_out_and_erases(path: Path, tmp_path: Path) -> None:
    store = Store.open(path)
    try:
        with serve_store(store, path, COMMANDS):
            given = [sys.executable, "-m", "people", "export", "ann", "--into", "ann.zip", "--store", str(path)]
            done = subprocess.run(
                given, capture_output=True, text=True, check=False, cwd=tmp_path, env=os.environ | {"PYTHONPATH": ROOT}
            )
            assert (done.returncode, done.stderr) == (0, "")
            assert (tmp_path / "ann.zip").is_file()
            given = [sys.executable, "-m", "people", "erase", "ann", "--store", str(path)]
            done = subprocess.run(given, capture_output=True, text=True, check=False, input="1\n", cwd=ROOT)
            assert (done.returncode, "This cannot be undone. Type 1 to erase:" in done.stderr) == (0, True)
            assert "Person 1 is erased. Deleted: 1 name" in done.stdout
        assert store.find_account("ann") is None
    finally:
        store.close()


def test_it_runs_as_a_module(path: Path) -> None:
    given = [sys.executable, "-m", "people", "reset", "ann", "--format", "json", "--store", str(path)]
    done = subprocess.run(given, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["login"] == "ann"
