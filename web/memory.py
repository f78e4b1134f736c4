"""What is kept between runs: nothing is read twice while all that it follows from is the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from assessments.facts import ProgrammeActivated, ProgrammePublished
from people.facts import (
    Amendment,
    CohortOpened,
    Enrolment,
    Fact,
    Grant,
    HubContact,
    Pause,
    PersonErased,
    RecordOpened,
)
from store.ledger import Store
from web.context import Context

T = TypeVar("T")
Row = dict[str, Any]

_SHAPING: Final = (
    Amendment,
    CohortOpened,
    Enrolment,
    Grant,
    HubContact,
    Pause,
    PersonErased,
    ProgrammeActivated,
    ProgrammePublished,
)
"""The facts from which offices, programmes and contacts follow: every run needs those, and few writes change them."""

_LIFETIME: Final = timedelta(seconds=30)
"""For names, which are no facts, and for facts written by another process on a shared database."""

_MOST_STANDING: Final = 5_000
_MOST_READ: Final = 128


class _Shelf:
    """Values by key, none older than half a minute; the longest unused goes when there are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, tuple[object, datetime]] = OrderedDict()
        self._n_cleared = 0
        self._lock = Lock()

    def recall(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        with self._lock:
            found, n_cleared = self._kept.get(key), self._n_cleared
            if found is not None and timedelta(0) <= now - found[1] < _LIFETIME:
                self._kept.move_to_end(key)
                return cast("T", found[0])
        value = make()
        with self._lock:
            # What was committed while the value was made may not be in it: then it serves this run only.
            if n_cleared == self._n_cleared:
                self._kept[key] = (value, now)
                self._kept.move_to_end(key)
                if len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return value

    def clear(self) -> None:
        with self._lock:
            self._n_cleared += 1
            self._kept.clear()


class Memory:
    """Values kept of one store. A key must hold the id of the person whose data it keeps.

    `n_news` rises with each commit of facts, but for looks: to open a record changes nothing that is read in it.
    """

    def __init__(self, store: Store) -> None:
        """Start empty, and hear of the store's commits."""
        self._standing = _Shelf(_MOST_STANDING)
        self._read = _Shelf(_MOST_READ)
        self.n_news = 0
        store.on_commit(self._hear)

    def recall_standing(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """Return what follows from offices, programmes and contacts alone: kept until one of those facts is added."""
        return self._standing.recall(key, now, make)

    def recall(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """Return what follows from facts: the key names how much news there was."""
        return self._read.recall(key, now, make)

    def _hear(self, facts: Sequence[Fact]) -> None:
        if any(not isinstance(fact, RecordOpened) for fact in facts):
            self.n_news += 1
        if any(isinstance(fact, _SHAPING) for fact in facts):
            self._standing.clear()


_memories: WeakKeyDictionary[Store, Memory] = WeakKeyDictionary()


def memory_of(store: Store) -> Memory:
    """Return what is kept of this store."""
    found = _memories.get(store)
    return found if found is not None else _memories.setdefault(store, Memory(store))


def recall(context: Context, name: str, asked: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` returns, or what it returned for the same person with the same offices, facts and day.

    The rights are checked by `make`. They cannot have changed for as long as no fact was added. Who has opened which
    record is not to be kept: what is kept outlives those facts.

    Args:
        context: Of the page.
        name: What is kept, so that two things asked alike are told apart.
        asked: All that the value depends on, besides the facts, the day and who asks.
        make: Reads and checks.
    """
    store, now = context.store, context.now()
    memory = memory_of(store)
    key = (name, asked, context.actor, memory.n_news, store.day_of(now))
    return memory.recall(key, now, make)


def ask(context: Context, query: str, **params: Hashable) -> list[Row]:
    """Return the rows of a named query, or those it gave to the same person before; not to be changed.

    Only for what follows from facts, and names: what else is written is to be read anew.
    """
    asked = tuple(sorted(params.items()))
    return recall(context, f"query {query}", asked, lambda: context.store.query(query, context.actor, **params))
