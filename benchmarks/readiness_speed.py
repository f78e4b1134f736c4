"""One person's readiness on the demonstration store: from what is kept, and opened from the facts."""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from analytics.demonstration.__main__ import make_store
from benchmarks.results import Result, within
from curriculum.ids import ProgrammeId
from store.ledger import Store
from store.readiness import verdicts
from store.standing import standing_of

ROUNDS: Final = 15
ALONGSIDE: Final = ProgrammeId("alongside")


def measure() -> list[Result]:
    """Return two lines, medians in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration.duckdb"
        make_store(path, datetime.now(UTC))
        store = Store.open(path)
        try:
            return _measure(store)
        finally:
            store.close()


def _measure(store: Store) -> list[Result]:
    account = store.find_account("priya")
    if account is None:
        return []
    person_id, now = account.person_id, store.clock()
    standing_of(store, ALONGSIDE, person_id)
    kept = _median_ms(lambda: standing_of(store, ALONGSIDE, person_id))
    opened = _median_ms(
        lambda: verdicts(store, ALONGSIDE, person_id=person_id, as_of=now, known_at=now, with_evidence=True)
    )
    return [
        within("one person's verdicts from what is kept", kept, 5, unit="ms"),
        within("one person, all gates with evidence, from the facts", opened, 130, unit="ms"),
    ]


def _median_ms(action: Callable[[], object]) -> float:
    times: list[float] = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        action()
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)
