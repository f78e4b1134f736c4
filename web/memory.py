"""What every run needs and few writes change, kept between runs: offices, programmes, contacts."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final, TypeVar, cast

from assessments.facts import ProgrammeActivated, ProgrammePublished
from people.facts import Amendment, CohortOpened, Enrolment, Fact, Grant, HubContact, Pause, PersonErased
from store.ledger import Store

T = TypeVar("T")
_MATTERS: Final = (
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
"""The facts from which offices, programmes and contacts follow."""

_LIFETIME: Final = timedelta(seconds=30)
"""For names, which are no facts, and for facts written by another process on a shared database."""

_MANY: Final = 5_000


@dataclass(frozen=True, slots=True)
class _Kept:
    value: object
    made_at: datetime


class Memory:
    """Values kept until a fact is committed that they may follow from, and for half a minute at most.

    A key must hold the id of the person whose data it keeps.
    """

    def __init__(self, store: Store) -> None:
        """Start empty, and hear of the store's commits."""
        self._clock = store.clock
        self._kept: dict[Hashable, _Kept] = {}
        self._n_changes = 0
        self._lock = Lock()
        store.on_commit(self._hear)

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the value kept under the key, made now if need be."""
        at = self._clock()
        with self._lock:
            kept, n_changes = self._kept.get(key), self._n_changes
        if kept is not None and timedelta(0) <= at - kept.made_at < _LIFETIME:
            return cast(T, kept.value)
        value = make()
        with self._lock:
            # A commit while the value was made may not be in it: then it serves this run only.
            if n_changes == self._n_changes:
                if len(self._kept) >= _MANY:
                    self._kept.clear()
                self._kept[key] = _Kept(value, at)
        return value

    def _hear(self, facts: Sequence[Fact]) -> None:
        if any(isinstance(fact, _MATTERS) for fact in facts):
            with self._lock:
                self._n_changes += 1
                self._kept.clear()
