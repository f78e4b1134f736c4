"""A store in the making: one thread fills it through the services, and commits are few."""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from people.facts import Fact
from people.models import PersonName
from store.batches import FactBatch
from store.duckdb_engine import Engine
from store.ledger import Clock, NewOrg, Store
from store.recent import Recent
from store.recording import Dated, Prepared

T = TypeVar("T")

LARGEST: Final = 2_000
"""So many facts wait at the most."""

_IN_MEMORY: Final = 2_000_000


class GatheringStore(Store):
    """A new store that one thread fills, as the demonstration does: an append returns before it is durable.

    Facts wait until something has to be read from the tables, or until they are many, and are then written together.
    All that services read about a person is in memory. For making a store, never for an app: other threads would miss
    facts.
    """

    def __init__(self, engine: Engine, org: NewOrg, clock: Clock) -> None:
        """Begin with an empty database.

        Raises:
            ValueError: Something is recorded in it.
        """
        super().__init__(engine, org, clock)
        if self._register.position:
            raise ValueError("a store that gathers begins empty")
        self._waiting: list[Prepared] = []
        self._last_no = 0
        self.fact_numbers.capacity = _IN_MEMORY
        self.fact_numbers.has_all = True
        self.reader.recent = Recent(_IN_MEMORY, has_all=True)
        self._register.listeners.clear()
        engine.before_reading = self._before_reading

    @property
    def position(self) -> int:
        """Return the number of the last fact, once it is durable."""
        self.flush()
        return self._register.position

    def append_history(self, records: Sequence[Dated]) -> bool:
        """Take the facts up; they are written later. See `Store.append_history`."""
        if not records or self.fact_numbers.is_known(records[0][1].fact_id):
            return False
        self._waiting.append(self._preparer.prepare(records))
        for _, fact in records:
            self._last_no += 1
            self.fact_numbers.keep(fact.fact_id, self._last_no)
        self.reader.recent.note([fact for _, fact in records])
        if self._last_no - self._register.position >= LARGEST:
            self.flush()
        return True

    def append_named(self, names: Sequence[PersonName], *facts: Fact) -> bool:
        """Record facts about new people with their names, at once. See `Store.append_named`."""
        self.flush()
        is_new = super().append_named(names, *facts)
        if is_new:
            self._note_written(facts)
        return is_new

    def append_and(self, apply: Callable[[FactBatch], T], *facts: Fact) -> T:
        """Record facts and do something else, at once. See `Store.append_and`."""
        self.flush()
        done = super().append_and(apply, *facts)
        if self._register.position > self._last_no:
            self._note_written(facts)
        return done

    def _note_written(self, facts: Sequence[Fact]) -> None:
        self._last_no = self._register.position
        self.reader.recent.note(list(facts))

    def flush(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._writer.write(lambda batch, _: [batch.add(prepared, is_alone=False) for prepared in waiting])

    def close(self) -> None:
        """Write what waits, then close the file."""
        self.flush()
        super().close()

    def _before_reading(self) -> None:
        if not self._writer.is_this_thread:
            self.flush()
