"""The command line beside a running app says the same as when the app is stopped, and keeps out of its way."""

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from analytics.__main__ import main as analytics
from store.__main__ import main as store_command
from tests.browser.server import ROOT, run_app

INSTANT = "2026-11-23T08:00+00:00"
READINESS = ["readiness", "--programme", "alongside", "--as-of", INSTANT, "--known-at", INSTANT]
ALONE = ["--person", "priya", "--explain"]
STYLES = (["--format", "json"], [], [*ALONE, "--format", "json"], ALONE)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

Said = tuple[int, str, str]
"""The exit status of a command, what it printed, and what it complained about."""


def run(command: Callable[[list[str]], int], *given: str, store: Path) -> Said:
    """Run a command with a store, in this process: it is another one than the app's."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = command([*given, "--store", str(store)])
    return status, out.getvalue(), err.getvalue()


def run_apart(package: str, *given: str, store: Path) -> Said:
    """Run `python -m …` with a store."""
    command = [sys.executable, "-m", package, *given, "--store", str(store)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_readiness_is_the_same_with_the_app_running_and_stopped(demonstration_file: Path, tmp_path: Path) -> None:
    store = tmp_path / "hub.duckdb"
    shutil.copy(demonstration_file, store)
    stopped = [run(analytics, *READINESS, *style, store=store) for style in STYLES]
    with run_app(store):
        running = [run(analytics, *READINESS, *style, store=store) for style in STYLES]
        assert run_apart("analytics", *READINESS, *STYLES[0], store=store) == stopped[0]
        assert run(analytics, "readiness", "--programme", "no-such", store=store)[0] == 1
        assert json.loads(run(store_command, "verify", "--format", "json", store=store)[1])["problems"] == []
        assert "stop the app first" in run(store_command, "migrate", store=store)[2].lower()
    assert [(status, err) for status, _, err in stopped + running] == [(0, "")] * len(stopped + running)
    assert running == stopped
    verdicts = json.loads(stopped[0][1])["verdicts"]
    assert {one["status"] for one in verdicts} >= {"signed_off", "ready_for_decision", "on_hold", "not_started"}
    assert all(one["gates"] for one in verdicts)
