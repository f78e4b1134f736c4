"""One trainee's readiness in a small store and in a large one: from what is kept, and opened from the facts.

Both stores are simulated; the same is asked of the same number of people in each, and the ratio says what growth costs.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Final

from analytics.simulation.making import Request, make_store
from benchmarks.results import Result, at_most, within
from curriculum.gates import Gate
from curriculum.ids import ProgrammeId
from curriculum.loading import load_programme
from people.facts import Enrolment
from people.models import PersonId
from store.ledger import Store
from store.readiness import proof, verdicts
from store.standing import standing_of

SMALL: Final = 32
"""Trainees: about 10,000 facts."""

MIDDLE: Final = 300
LARGE: Final = 2_000

_PROGRAMME: Final = Path(__file__).parents[1] / "programmes" / "alongside"
_UNTIL: Final = date(2026, 11, 23)
ALONGSIDE: Final = ProgrammeId("alongside")
_PEOPLE: Final = 9
_GROWTH: Final = 2.0
"""A person's figures may cost so many times as much in the large store, by the design."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Milliseconds for one person, medians, and of how many facts."""

    n_facts: int
    kept: float
    one_gate: float
    all_gates: float


def measure() -> list[Result]:
    """Return the lines of a small store beside one of about 100,000 facts."""
    return _measure(MIDDLE)


def measure_large() -> list[Result]:
    """Return the lines of a small store beside one of more than half a million facts."""
    return _measure(LARGE)


def _measure(n_trainees: int) -> list[Result]:
    return compare(costs_in_simulated(SMALL), costs_in_simulated(n_trainees))


def compare(small: Costs, large: Costs) -> list[Result]:
    """Return two lines a question: what it costs in the large store, and beside the small one."""
    lines: list[Result] = []
    for what, limit, of_small, of_large in (
        ("verdicts from what is kept", 5, small.kept, large.kept),
        ("proof of one gate, from the facts", 50, small.one_gate, large.one_gate),
        ("proof of all gates, from the facts", 130, small.all_gates, large.all_gates),
    ):
        lines.append(within(f"one person, {what}, {large.n_facts:,} facts", of_large, limit, unit="ms"))
        beside = f"{small.n_facts:,} facts"
        lines.append(at_most("  the same", of_large, of_small, unit="ms", beside=beside, limit=_GROWTH))
    return lines


def costs_in_simulated(n_trainees: int) -> Costs:
    """Return what one person costs in a store of so many simulated trainees."""
    with tempfile.TemporaryDirectory(prefix="practicum-bench-") as folder:
        path = Path(folder) / "simulated.duckdb"
        programme, _ = load_programme(_PROGRAMME)
        if programme is None:
            raise ValueError(f"{_PROGRAMME} cannot be read")
        request = Request(n_trainees, 7, _UNTIL, (programme,), keeps_all_answers=False, is_bulk=True)
        make_store(path, request, lambda _done, _all, _facts: None)
        store = Store.open(path)
        try:
            return ask_about_people(store, programme.gates[0])
        finally:
            store.close()


def ask_about_people(store: Store, gate: Gate) -> Costs:
    """Return what one person costs, asked of several in turn as of the store's present."""
    enrolled = [one.person_id for one in store.list_facts(Enrolment, programme_id=ALONGSIDE)]
    people = enrolled[:: max(1, len(enrolled) // _PEOPLE)][:_PEOPLE]
    now = store.clock()

    def prove_one(person_id: PersonId) -> None:
        proof(store, ALONGSIDE, person_id, gate, as_of=now, known_at=now)

    def prove_all(person_id: PersonId) -> None:
        verdicts(store, ALONGSIDE, person_id=person_id, as_of=now, known_at=now, with_evidence=True)

    return Costs(
        n_facts=store.engine.fetch("SELECT count(*) FROM fact_key")[0][0],
        kept=_median_ms(people, lambda person_id: standing_of(store, ALONGSIDE, person_id)),
        one_gate=_median_ms(people, prove_one),
        all_gates=_median_ms(people, prove_all),
    )


def _median_ms(people: Sequence[PersonId], action: Callable[[PersonId], object]) -> float:
    action(people[0])
    times: list[float] = []
    for person_id in people:
        begun = time.perf_counter()
        action(person_id)
        times.append((time.perf_counter() - begun) * 1_000)
    return median(times)
