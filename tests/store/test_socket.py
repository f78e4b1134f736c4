"""The command line reaches the app that has the store open."""

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

from people.errors import NotKnownError
from people.facts import OperatorAct, PersonAdded
from people.models import OPERATOR, Actor
from store.errors import RefusedByAppError, StoreBusyError
from store.ledger import Store
from store.progress import tell, told_to
from store.socket import call_running, serve_store, socket_path
from tests.store.making import person_added

ROOT = Path(__file__).parents[2]


def _echo(store: Store, actor: Actor, args: Mapping[str, str]) -> object:
    return {"facts": store.position, "name": actor.name, "person": actor.person_id, **args}


def _refuse(store: Store, actor: Actor, args: Mapping[str, str]) -> object:
    raise NotKnownError("person", args["person"])


def _fail(store: Store, actor: Actor, args: Mapping[str, str]) -> object:
    raise ZeroDivisionError(args)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the served store lies."""
    return tmp_path / "hub.duckdb"


@pytest.fixture
def served(path: Path) -> Generator[Store]:
    """An open store whose socket answers."""
    store = Store.open(path)
    with serve_store(store, path, {"test echo": _echo, "test refuse": _refuse, "test fail": _fail}):
        yield store
    store.close()


def test_a_command_is_answered_as_the_operator(served: Store, path: Path) -> None:
    served.append(person_added())
    answer = call_running(path, "test echo", {"word": "שלום"})
    assert (answer["facts"], answer["person"], answer["word"]) == (1, OPERATOR, "שלום")
    assert answer["name"]


def test_a_refusal_is_told_in_the_apps_words(served: Store, path: Path) -> None:
    with pytest.raises(RefusedByAppError) as caught:
        call_running(path, "test refuse", {"person": "zoe"})
    assert str(caught.value) == str(NotKnownError("person", "zoe"))


def test_a_fault_of_the_app_is_no_end_of_it(served: Store, path: Path) -> None:
    with pytest.raises(RefusedByAppError, match="its log says why"):
        call_running(path, "test fail", {})
    assert call_running(path, "test echo", {})["facts"] == 0


def test_a_command_that_is_not_known_is_told(served: Store, path: Path) -> None:
    with pytest.raises(RefusedByAppError, match="does not know `test sing`"):
        call_running(path, "test sing", {})


def test_nonsense_is_refused(served: Store, path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(socket_path(path)))
        line.sendall(b"hello\n")
        assert "refused" in json.loads(line.makefile().readline())


def test_the_socket_is_its_owners_alone(served: Store, path: Path) -> None:
    assert stat.S_IMODE(socket_path(path).stat().st_mode) == 0o600


def test_another_system_user_is_refused(served: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_by = os.getuid()
    monkeypatch.setattr("store.socket.TRUSTED_ROOT", asked_by + 1)
    monkeypatch.setattr("store.socket.os.getuid", lambda: asked_by + 2)
    with pytest.raises(RefusedByAppError, match="Only the system user"):
        call_running(path, "test echo", {})


def test_nobody_answers_when_no_app_runs(path: Path) -> None:
    with pytest.raises(StoreBusyError):
        call_running(path, "test echo", {})


def test_the_socket_goes_with_the_app_and_a_left_one_is_replaced(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(socket_path(path)))
    with pytest.raises(StoreBusyError):
        call_running(path, "test echo", {})
    store = Store.open(path)
    with serve_store(store, path, {"test echo": _echo}):
        assert call_running(path, "test echo", {})["facts"] == 0
    store.close()
    assert not socket_path(path).exists()


def test_a_path_may_be_longer_than_the_kernel_takes(tmp_path: Path) -> None:
    path = tmp_path / ("deep" * 20) / ("deeper" * 20) / "hub.duckdb"
    store = Store.open(path)
    with serve_store(store, path, {"test echo": _echo}):
        assert call_running(path, "test echo", {})["facts"] == 0
    store.close()


# ---------------------------------------------------------------- from another process


def _run(*given: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "store", *map(str, given)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.slow
def test_another_process_verifies_through_the_app(served: Store, path: Path) -> None:
    served.append(person_added())
    done = _run("verify", "--store", path, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)) == (0, {"facts": 1, "erased_texts": 0, "problems": []})


@pytest.mark.slow
def test_another_process_makes_a_backup_through_the_app(served: Store, path: Path, tmp_path: Path) -> None:
    fact = person_added()
    served.append(fact)
    done = _run("backup", "--store", path, "--to", tmp_path / "copy.duckdb")
    assert (done.returncode, done.stderr) == (0, "")
    copy = Store.open(tmp_path / "copy.duckdb")
    assert copy.list_facts(PersonAdded) == [fact]
    copy.close()
    acts = served.list_facts(OperatorAct)
    assert [(act.command, bool(act.system_user)) for act in acts] == [("store backup", True)]


@pytest.mark.slow
def test_another_process_cannot_migrate_under_the_app(served: Store, path: Path) -> None:
    done = _run("migrate", "--store", path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "Stop the app first." in done.stderr


def _long(store: Store, actor: Actor, args: Mapping[str, str]) -> object:
    for n in range(3):
        tell(f"{n} of 3")
    return {"done": True}


def test_progress_is_told_while_a_command_runs(path: Path) -> None:
    store = Store.open(path)
    heard: list[str] = []
    try:
        with serve_store(store, path, {"test long": _long}), told_to(heard.append):
            assert call_running(path, "test long", {}) == {"done": True}
    finally:
        store.close()
    assert heard == ["0 of 3", "1 of 3", "2 of 3"]
