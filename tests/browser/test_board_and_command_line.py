"""The board in the browser and the command line beside the running app say the same of everybody."""

import json

import pytest

from analytics.__main__ import main as analytics
from analytics.demonstration.cast import PASSWORD
from tests.browser.pages import Visitor
from tests.browser.server import RunningApp

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


def test_the_board_says_what_the_command_line_says(
    demonstration: RunningApp, desk: Visitor, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.sign_in("manager", PASSWORD)
    desk.open("/readiness")
    desk.pick("By person")
    folds = desk.page.locator('[class*="st-key-fold-"]').all_inner_texts()
    asked = ["readiness", "--programme", "alongside", "--store", str(demonstration.store)]
    assert analytics([*asked, "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert analytics(asked) == 0
    named = capsys.readouterr().out
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
