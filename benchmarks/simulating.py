"""How fast cohorts are simulated, through the same append as the app."""

import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Final

from analytics.simulation.making import Made, Request, make_store
from benchmarks.results import Result, within
from curriculum.loading import load_programme

N_TRAINEES: Final = 1_000
LIMIT_S: Final = 60

_PROGRAMME: Final = Path(__file__).parents[1] / "programmes" / "alongside"
_UNTIL: Final = date(2026, 11, 23)


def measure() -> list[Result]:
    """Return two lines: a thousand trainees, and how many facts a second when they are written in bulk."""
    made, seconds = _simulate(is_bulk=False)
    in_bulk, bulk_seconds = _simulate(is_bulk=True)
    return [
        within(f"{N_TRAINEES:,} trainees simulated, {made.n_facts:,} facts", seconds, LIMIT_S, unit="s"),
        Result("the same in bulk", f"{in_bulk.n_facts / bulk_seconds:,.0f} facts/s"),
    ]


def _simulate(*, is_bulk: bool) -> tuple[Made, float]:
    programme, _ = load_programme(_PROGRAMME)
    if programme is None:
        raise ValueError(f"{_PROGRAMME} cannot be read")
    request = Request(N_TRAINEES, 7, _UNTIL, (programme,), keeps_all_answers=False, is_bulk=is_bulk)
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        made = make_store(Path(folder) / "simulated.duckdb", request, lambda _done, _all, _facts: None)
        return made, time.perf_counter() - begun
