"""What each page of a programme manager's costs to run again: nothing new, and after a write; beside an empty page.

Between two runs of the second kind a trainee answers a question, so that all that hangs on the ledger's position is
worked out anew. The empty bare page runs in turn with them.
"""

import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from analytics.demonstration.__main__ import make_store
from analytics.demonstration.cast import PASSWORD
from benchmarks.client import Tab, open_tab, sign_in
from benchmarks.rerun import Cost, find_question, open_quiz
from benchmarks.results import Result, at_most
from benchmarks.servers import Server, serve

PAGES: Final = ("readiness", "competencies", "support", "forecast", "quality", "cohorts")
RUNS: Final = 10
_LIMIT: Final = 3.0
_SETTLE_S: Final = 1.5
"""After a write, until what is derived from it has been brought up to date beside the pages."""


def measure() -> list[Result]:
    """Return two lines a page: a hit beside the empty page, and a miss."""
    with TemporaryDirectory(prefix="practicum-bench-") as folder:
        path = Path(folder) / "store.duckdb"
        make_store(path, datetime.now(UTC), has_background=True)
        quiz = open_quiz(path)
        with (
            serve("app.py", {"PRACTICUM_STORE": str(path)}) as ours,
            serve("benchmarks/bare/app.py", {}) as bare,
            open_tab(ours.url, sign_in(ours.url, quiz.login, PASSWORD)) as trainee,
            open_tab(ours.url, sign_in(ours.url, "manager", PASSWORD)) as manager,
            open_tab(bare.url) as empty,
        ):
            trainee.open("quiz", f"form={quiz.form}&question={quiz.questions[0]}")
            empty.open("", "page=empty")
            return [line for page in PAGES for line in _measure(page, (ours, manager), (bare, empty), trainee)]


def _measure(page: str, ours: tuple[Server, Tab], bare: tuple[Server, Tab], trainee: Tab) -> list[Result]:
    ours[1].open(page)
    time.sleep(_SETTLE_S)
    hit, miss, empty = Cost(), Cost(), Cost()
    for _ in range(3):
        ours[1].rerun()
        bare[1].rerun()
    for _ in range(RUNS):
        _spend(*ours, hit)
        _spend(*bare, empty)
    options = find_question(trainee)
    for number in range(RUNS // 2):
        trainee.choose(options, options.proto.options[number % len(options.proto.options)])
        time.sleep(_SETTLE_S)
        _spend(*ours, miss)
    return [
        at_most(f"{page}: run again, server CPU", hit.cpu_ms, empty.cpu_ms, unit="ms", beside="empty", limit=_LIMIT),
        at_most("  the same after a write", miss.cpu_ms, hit.cpu_ms, unit="ms", beside="nothing new"),
    ]


def _spend(server: Server, tab: Tab, cost: Cost) -> None:
    before = server.cpu_s()
    cost.wall_s.append(tab.rerun())
    cost.cpu_s += server.cpu_s() - before
