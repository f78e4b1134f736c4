"""A stage to which nobody has written is kept for the next test: most tests of pages only look."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from people.facts import Fact
from store.ledger import Store
from web import memory


class Stage(Protocol):
    """What a test works on: a store, and whatever stands around it."""

    store: Store


S = TypeVar("S", bound=Stage)


@dataclass
class Stages(Generic[S]):
    """Lends a stage to one test after the other. `begin_anew` sets back what tests change beside the store."""

    make: Callable[[], S]
    begin_anew: Callable[[S], None]
    _unwritten: list[S] = field(default_factory=list)
    _is_written: bool = False

    @contextmanager
    def lend(self) -> Iterator[S]:
        """Lend a stage that no test has written to; keep it for the next unless this one has.

        What pages have kept in memory of its store is forgotten.
        """
        stage = self._unwritten.pop() if self._unwritten else self._make()
        store = stage.store
        self._is_written = False
        yield stage
        if self._is_written or stage.store is not store:
            store.close()
            return
        self.begin_anew(stage)
        memory._memories.pop(store, None)
        self._unwritten.append(stage)

    def close(self) -> None:
        """Close what is kept."""
        while self._unwritten:
            self._unwritten.pop().store.close()

    def _make(self) -> S:
        stage = self.make()
        # It is thrown away: to write it tidily when it is closed would take as long as to open it.
        stage.store.engine.writing.execute("PRAGMA disable_checkpoint_on_shutdown")
        stage.store.on_commit(self._note)
        return stage

    def _note(self, _: Sequence[Fact]) -> None:
        """Note a commit, of facts or of anything else."""
        self._is_written = True
