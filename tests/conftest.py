"""What tests of several rooms share: the demonstration store, built once for all workers."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from analytics.demonstration.__main__ import make_store

DEMONSTRATION_NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""The day on which the demonstration of the tests was made."""

_PATIENCE_S = 300


@pytest.fixture(scope="session")
def demonstration_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration store as a file. It is built by the first worker that asks: copy it before you write to it."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    path, claim = shared / "demonstration.duckdb", shared / "demonstration.claim"
    try:
        claim.mkdir()
    except FileExistsError:
        return _wait_for(path)
    make_store(path, DEMONSTRATION_NOW)
    return path


def _wait_for(path: Path) -> Path:
    until = time.monotonic() + _PATIENCE_S
    while not path.exists():
        assert time.monotonic() < until, "another worker did not finish the demonstration store"
        time.sleep(0.2)
    return path
