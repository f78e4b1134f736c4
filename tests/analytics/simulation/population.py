"""A small simulated population, with everything that was recorded beside the store."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from analytics.simulation.making import Clock, Request, calendar_of, simulate
from analytics.simulation.truth import Fault, Truth
from curriculum.models import Programme
from people.facts import Fact, FactId
from store.ledger import Store
from store.recording import Dated
from tests.readiness.past import Recorded

F = TypeVar("F", bound=Fact)
G = TypeVar("G", bound=Fault)

SEED: Final = 11
UNTIL: Final = date(2026, 11, 23)


@dataclass(slots=True)
class Population:
    """A simulated store, what was made, and all that was recorded, in the order of arrival."""

    store: Store
    programme: Programme
    records: list[Recorded]
    truth: Truth

    def facts(self, kind: type[F]) -> list[F]:
        """Return the facts of a kind."""
        return [record.fact for record in self.records if isinstance(record.fact, kind)]

    def by_id(self, kind: type[F]) -> dict[FactId, F]:
        """Return the facts of a kind by id."""
        return {fact.fact_id: fact for fact in self.facts(kind)}

    def fault(self, kind: type[G]) -> G:
        """Return the planted fault of a kind."""
        (found,) = (fault for fault in self.truth.faults if isinstance(fault, kind))
        return found


@contextmanager
def populate(
    programme: Programme, *, n_trainees: int, seed: int = SEED, keeps_all_answers: bool = True, is_bulk: bool = False
) -> Iterator[Population]:
    """Simulate in memory; the store is open meanwhile."""
    request = Request(n_trainees, seed, UNTIL, (programme,), keeps_all_answers, is_bulk)
    calendar = calendar_of(request)
    clock = Clock(calendar.week(0).starts[0])
    store = _Told.memory(clock=clock, zone=str(calendar.zone), is_synthetic=True)
    try:
        made = simulate(store, clock, calendar, request, lambda _done, _all, _facts: None)
        yield Population(store, programme, store.records, made.truth)
    finally:
        store.close()


class _Told(Store):
    """A store that also keeps in memory what it is told."""

    @property
    def records(self) -> list[Recorded]:
        """Return all that was recorded."""
        return self.__dict__.setdefault("told", [])

    def append_history(self, records: Sequence[Dated]) -> bool:
        """Record facts as if then."""
        self.records.extend(Recorded(fact, at, n) for n, (at, fact) in enumerate(records, len(self.records)))
        return super().append_history(records)
