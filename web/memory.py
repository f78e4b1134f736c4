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
_MOST_ASKED: Final = 1_000
"""Rows of named queries are many and small: they do not push out what took long to work out."""


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
    """Values kept of one store. A key must hold the id of the person whose data it keeps."""

    def __init__(self, store: Store) -> None:
        """Start empty, and hear of the store's commits."""
        self._standing = _Shelf(_MOST_STANDING)
        self._read = _Shelf(_MOST_READ)
        self._asked = _Shelf(_MOST_ASKED)
        store.on_commit(self._hear)

    def recall_standing(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """Return what follows from offices, programmes and contacts alone: kept until one of those facts is added."""
        return self._standing.recall(key, now, make)

    def recall(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """Return what follows from facts: kept until one is added, but for looks, which change nothing looked at."""
        return self._read.recall(key, now, make)

    def recall_rows(self, key: Hashable, now: datetime, make: Callable[[], T]) -> T:
        """Return the rows of a named query that follow from facts, kept as long."""
        return self._asked.recall(key, now, make)

    def _hear(self, facts: Sequence[Fact]) -> None:
        if any(not isinstance(fact, RecordOpened) for fact in facts):
            self._read.clear()
            self._asked.clear()
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
    return memory_of(context.store).recall(_key(context, name, asked), context.now(), make)


def _key(context: Context, name: str, asked: Hashable) -> Hashable:
    return name, asked, context.actor, context.store.day_of(context.now())


def ask(context: Context, query: str, **params: Hashable) -> list[Row]:
    """Return the rows of a named query, or those it gave to the same person before; not to be changed.

    Only for what follows from facts, and names: what else is written is to be read anew.
    """
    key = _key(context, query, tuple(sorted(params.items())))
    return memory_of(context.store).recall_rows(
        key, context.now(), lambda: context.store.query(query, context.actor, **params)
    )
