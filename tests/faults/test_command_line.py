"""The command line beside a running app says the same as when the app is stopped, and keeps out of its way."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.server import ROOT, run_app

INSTANT = "2026-11-23T08:00+00:00"

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


def run(*given: str, store: Path) -> subprocess.CompletedProcess[str]:
    """Run `python -m …` with a store."""
    command = [sys.executable, "-m", *given, "--store", str(store)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_readiness_is_the_same_with_the_app_running_and_stopped(demonstration_file: Path, tmp_path: Path) -> None:
    store = tmp_path / "hub.duckdb"
    shutil.copy(demonstration_file, store)
    given = ["analytics", "readiness", "--programme", "alongside", "--as-of", INSTANT, "--known-at", INSTANT]
    styles = (["--format", "json"], ["--format", "json", "--explain"], ["--explain"], ["--person", "priya"])
    stopped = [run(*given, *style, store=store) for style in styles]
    with run_app(store):
        running = [run(*given, *style, store=store) for style in styles]
        assert run("analytics", "readiness", "--programme", "no-such", store=store).returncode == 1
        assert json.loads(run("store", "verify", "--format", "json", store=store).stdout)["problems"] == []
        assert "stop the app first" in run("store", "migrate", store=store).stderr.lower()
    assert [(one.returncode, one.stderr) for one in stopped + running] == [(0, "")] * len(stopped + running)
    assert [one.stdout for one in running] == [one.stdout for one in stopped]
    verdicts = json.loads(stopped[0].stdout)["verdicts"]
    assert {one["status"] for one in verdicts} >= {"signed_off", "ready_for_decision", "on_hold", "not_started"}
    assert all(one["gates"] for one in verdicts)
