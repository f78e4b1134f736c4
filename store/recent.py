"""What was read lately, kept in memory: a page asks for the same few facts of one person again and again.

Facts never change, so a list of them only grows: each commit adds to the lists it touches, before anybody hears that
it is durable. What was being read while a commit touched it is not kept.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC
from threading import Lock
from typing import Final, TypeVar, cast

from people.facts import Amendment, Assignment, CohortOpened, Enrolment, Fact, FactId, Grant
from people.models import PersonId, SessionRow

F = TypeVar("F", bound=Fact)
T = TypeVar("T")

CAPACITY: Final = 150_000
"""Facts kept at the most; about 500 bytes each."""

SESSIONS: Final = 5_000
"""Login sessions kept at the most."""

_MOVES_PEOPLE: Final = (Enrolment, Assignment, Grant, Amendment)
"""Kinds that change in which hub a person is, and who trains them."""

Key = tuple[type[Fact] | str, PersonId]


class Recent:
    """A bounded memory of facts by kind and person, of single facts by id, and of what follows from them."""

    def __init__(self, capacity: int = CAPACITY, *, has_all: bool = False) -> None:
        """Start empty.

        Args:
            capacity: Facts kept at the most.
            has_all: Nothing was recorded before, so that all there will be is in memory until something is dropped.
        """
        self._capacity = capacity
        self._has_all = has_all
        self._lock = Lock()
        self._lists: OrderedDict[Key, list[Fact]] = OrderedDict()
        self._read_at: dict[Key, int] = {}
        self._single: OrderedDict[FactId, Fact] = OrderedDict()
        self._absent: set[tuple[type[Fact], FactId]] = set()
        self._derived: dict[Key, object] = {}
        self._sessions: OrderedDict[str, SessionRow] = OrderedDict()
        self._session_changes = 0
        self._n_facts = 0
        self._commit = 0
        self._touched: dict[Key, int] = {}
        self._forgotten_at = 0
        self._regrouped_at = 0

    def facts(self, kind: type[F], person_id: PersonId, load: Callable[[], list[F]]) -> Sequence[F]:
        """Return all facts of the kind about the person, as `load` reads them."""
        key: Key = (kind, person_id)
        with self._lock:
            known = self._lists.get(key)
            if known is not None:
                self._lists.move_to_end(key)
                return cast("Sequence[F]", tuple(known))
            if self._has_all:
                return ()
            begun = self._commit
        found = load()
        with self._lock:
            if self._is_untouched(key, begun) and key not in self._lists:
                self._lists[key] = list(found)
                self._read_at[key] = self._commit
                self._n_facts += len(found)
                self._make_room()
        return found

    def fact(self, kind: type[F], fact_id: FactId, load: Callable[[], F | None]) -> F | None:
        """Return the fact of the id, as `load` reads it; that there is none is kept too, until there is one."""
        with self._lock:
            known = self._single.get(fact_id)
            if known is not None or (kind, fact_id) in self._absent:
                return known if isinstance(known, kind) else None
            begun = self._commit
        found = load()
        with self._lock:
            if found is not None and self._forgotten_at <= begun:
                self._keep(found)
            elif found is None and begun == self._commit:
                if len(self._absent) >= self._capacity // 4:
                    self._absent.clear()
                self._absent.add((kind, fact_id))
        return found

    def known(self, fact_id: FactId) -> Fact | None:
        """Return the fact of the id if it is kept."""
        with self._lock:
            return self._single.get(fact_id)

    def derived(self, name: str, person_id: PersonId, load: Callable[[], T]) -> T:
        """Return what follows from where a person belongs, as `load` works it out."""
        key: Key = (name, person_id)
        with self._lock:
            if key in self._derived:
                return cast("T", self._derived[key])
            begun = self._commit
        found = load()
        with self._lock:
            is_same = self._is_untouched(key, begun) and self._is_untouched(_moved(person_id), begun)
            if is_same and self._regrouped_at <= begun:
                self._derived[key] = found
        return found

    def session(self, token_hash: str, load: Callable[[], SessionRow | None]) -> SessionRow | None:
        """Return the login session, as `load` reads it: every run of a page asks for one."""
        with self._lock:
            known = self._sessions.get(token_hash)
            begun = self._session_changes
        found = known or load()
        with self._lock:
            if found is not None and begun == self._session_changes:
                self._sessions[token_hash] = found
                if len(self._sessions) > SESSIONS:
                    self._sessions.popitem(last=False)
        return found

    def forget_sessions(self) -> None:
        """Forget all login sessions: one of them has changed."""
        with self._lock:
            self._session_changes += 1
            self._sessions.clear()

    def note(self, facts: Sequence[Fact]) -> None:
        """Take up what was committed. The writer calls this before it tells who waits."""
        with self._lock:
            self._commit += 1
            for fact in facts:
                self._take_up(fact, len(facts))
            self._make_room()

    def forget(self) -> None:
        """Forget everything: after private texts or people were erased."""
        with self._lock:
            self._commit += 1
            self._session_changes += 1
            self._sessions.clear()
            self._clear()

    def _take_up(self, fact: Fact, n_committed: int) -> None:
        kept = fact if fact.occurred_at.tzinfo is UTC else replace(fact, occurred_at=fact.occurred_at.astimezone(UTC))
        key: Key = (type(fact), fact.person_id)
        self._touched[key] = self._commit
        self._absent.discard((type(fact), fact.fact_id))
        if self._has_all:
            self._begin(key, kept)
        if key in self._lists and not self._has_newest(key, fact, n_committed):
            self._lists[key].append(kept)
            self._n_facts += 1
        if isinstance(fact, _MOVES_PEOPLE):
            self._touched[_moved(fact.person_id)] = self._commit
            for derived in [one for one in self._derived if one[1] == fact.person_id]:
                del self._derived[derived]
        if isinstance(fact, CohortOpened):
            self._derived.clear()
            self._regrouped_at = self._commit

    def _begin(self, key: Key, fact: Fact) -> None:
        self._keep(fact)
        if key not in self._lists:
            self._lists[key], self._read_at[key] = [], self._commit

    def _has_newest(self, key: Key, fact: Fact, n_committed: int) -> bool:
        # A list read between the commit and this note holds the fact already, among the last.
        is_new = self._read_at[key] == self._commit - 1
        return is_new and any(one.fact_id == fact.fact_id for one in self._lists[key][-n_committed:])

    def _is_untouched(self, key: Key, begun: int) -> bool:
        return self._forgotten_at <= begun and self._touched.get(key, 0) <= begun

    def _keep(self, fact: Fact) -> None:
        self._single[fact.fact_id] = fact
        if len(self._single) > self._capacity // 4:
            self._single.popitem(last=False)

    def _make_room(self) -> None:
        while self._n_facts > self._capacity and self._lists:
            key, dropped = self._lists.popitem(last=False)
            del self._read_at[key]
            self._n_facts -= len(dropped)
            self._has_all = False
        if len(self._touched) > self._capacity or len(self._derived) > self._capacity // 4:
            self._clear()

    def _clear(self) -> None:
        self._lists.clear()
        self._read_at.clear()
        self._single.clear()
        self._absent.clear()
        self._derived.clear()
        self._touched.clear()
        self._n_facts = 0
        self._has_all = False
        self._forgotten_at = self._commit


def _moved(person_id: PersonId) -> Key:
    return ("moved", person_id)
