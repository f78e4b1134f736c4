"""The board in the browser and the command line beside the running app say the same of everybody."""

import json
import subprocess
import sys

import pytest

from analytics.demonstration.cast import PASSWORD
from tests.browser.conftest import Arrive
from tests.browser.server import ROOT, RunningApp

pytestmark = pytest.mark.xdist_group("pages and tabs")

_WORDS = {
    "not_started": "not started",
    "in_training": "in training",
    "practising": "practising",
    "ready_for_decision": "ready for decision",
    "signed_off": "signed off until",
    "due_soon": "signed off until",
    "on_hold": "on hold since",
    "paused": "paused",
}


def test_the_board_says_what_the_command_line_says(demonstration: RunningApp, arrive: Arrive) -> None:
    manager = arrive(demonstration)
    manager.sign_in("manager", PASSWORD)
    manager.open("/readiness")
    manager.pick("By person")
    folds = manager.page.locator('[class*="st-key-fold-"]').all_inner_texts()
    asked = [sys.executable, "-m", "analytics", "readiness", "--programme", "alongside"]
    asked += ["--store", str(demonstration.store)]
    said = json.loads(subprocess.run([*asked, "--format", "json"], cwd=ROOT, capture_output=True, check=True).stdout)
    named = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    verdicts = said["verdicts"]
    assert len(folds) == len(verdicts)
    for verdict in verdicts:
        name = next(line.split(" (")[0] for line in named.splitlines() if f"({verdict['person']}), " in line)
        fold = next(text for text in folds if name in text)
        assert _WORDS[verdict["status"]] in fold
        blocks = [gate for gate in verdict["gates"] if gate["severity"] == "block"]
        n_open = sum(gate["state"] in {"not_met", "not_computable"} for gate in blocks)
        if verdict["status"] in {"in_training", "practising", "not_started", "paused"}:
            assert f"{n_open} gate" in fold
