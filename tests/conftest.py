"""What tests of several rooms share: the demonstration store, built once for all workers."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from importlib import import_module
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from analytics.demonstration.__main__ import make_store
from curriculum.loading import load_programme
from curriculum.models import Programme
from people import passwords
from store import duckdb_engine, ledger
from tests import emptied, golden_files
from tests.first_part import write_first_part

HERE = Path(__file__).parent

DEMONSTRATION_NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""The day on which the demonstration of the tests was made."""

_PATIENCE_S = 300


LONG = ("lived_in", "readiness_reference", "research", "simulation", "one source")
"""Groups of tests that take long: they begin early, so that no worker is busy with one while the others are done."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one worker, which then makes the file's fixtures once, unless they say otherwise.

    This comes before a worker writes the groups into the names of the tests: groups that are named later are none.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(_group_of(item.path))
    items.sort(key=_turn)


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Let each worker begin with other files than its fellows: what one has compiled, the others need not.

    Only where all tests are run; to import what will not be run would only take time.
    """
    worker, n_workers = os.environ.get("PYTEST_XDIST_WORKER"), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    if worker is None or not isinstance(collector, pytest.Session) or not _runs_everything(collector.config):
        return
    names = [path.relative_to(HERE.parent).with_suffix("").parts for path in sorted(HERE.rglob("test_*.py"))]
    for name in names[int(worker.removeprefix("gw")) :: n_workers]:
        with suppress(Exception):  # it is told when the file's turn comes
            import_module(".".join(name))


def _runs_everything(config: pytest.Config) -> bool:
    return [config.invocation_params.dir.joinpath(each).resolve() for each in config.args] == [HERE]


@cache
def _group_of(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.xdist_group(path.relative_to(HERE).as_posix())


def _turn(item: pytest.Item) -> int:
    group = item.get_closest_marker("xdist_group")
    return LONG.index(group.args[0]) if group and group.args[0] in LONG else len(LONG)


@pytest.fixture(scope="session", autouse=True)
def _empty_stores_are_used_again() -> Iterator[None]:
    """Give a new store in memory the tables of one that was closed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "Engine", emptied.EmptiedEngine)
        yield
    emptied.let_go()


@pytest.fixture(scope="session", autouse=True)
def _databases_have_one_thread() -> Iterator[None]:
    """Let a database work in the thread that asks: the workers of the tests fill the cores."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(duckdb_engine._SETTINGS, "threads", 1)
        yield


@pytest.fixture(scope="session", autouse=True)
def _passwords_are_hashed_quickly() -> Iterator[None]:
    """Hash passwords with the least work: what the app's own hasher costs is asserted in the tests of passwords."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def _no_search_for_components() -> Iterator[None]:
    """Spare each drawn page the search of all installed packages for widgets of others: the app has none."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_, **__: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _pages_are_waited_for() -> Iterator[None]:
    """Sleep until a drawn page is ready, instead of asking each millisecond while it is being drawn."""
    ask_until_ready = local_script_runner.require_widgets_deltas

    def wait(runner: LocalScriptRunner, timeout: float) -> None:
        assert runner._script_thread is not None
        runner._script_thread.join(timeout)
        ask_until_ready(runner, timeout)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local_script_runner, "require_widgets_deltas", wait)
        yield


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration store as a file. It is built by the first worker that asks: copy it before you write to it."""
    return _made_once("demonstration", DEMONSTRATION_NOW, tmp_path_factory)


@pytest.fixture(scope="session")
def demonstration_of_today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for an app that runs by the real clock."""
    return _made_once("today", datetime.now(UTC), tmp_path_factory)


@pytest.fixture(scope="session")
def first_part_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small programme."""
    return write_first_part(tmp_path_factory.mktemp("programmes"))


@pytest.fixture(scope="session")
def first_part(first_part_folder: Path) -> Programme:
    """The small programme."""
    programme, problems = load_programme(first_part_folder)
    assert programme is not None, problems
    return programme


def _made_once(name: str, now: datetime, tmp_path_factory: pytest.TempPathFactory) -> Path:
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    folder, claim = shared / name, shared / f"{name}.claim"
    path = folder / "practicum.duckdb"
    try:
        claim.mkdir()
    except FileExistsError:
        return _wait_for(path)
    folder.mkdir()
    make_store(path, now, folder=write_first_part(folder))
    return path


def _wait_for(path: Path) -> Path:
    until = time.monotonic() + _PATIENCE_S
    while not path.exists():
        assert time.monotonic() < until, "another worker did not finish the demonstration store"
        time.sleep(0.2)
    return path


# ---------------------------------------------------------------- golden files


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`, which writes what tests found into tests/golden/."""
    parser.addoption(
        "--update-golden", action="store_true", help="write golden files anew; read them before you commit"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Return a function that compares a text with a golden file of a name."""
    return partial(golden_files.compare, is_updated=bool(request.config.getoption("--update-golden")))
