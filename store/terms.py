"""Numbers for text ids and for fact ids, kept in memory so that most writes and reads need no lookup."""

from collections.abc import Collection, Iterable, Sequence
from threading import Lock
from typing import Final
from uuid import UUID

from store.duckdb_engine import Engine
from store.errors import UnknownFactError

_KEPT: Final = 50_000
_ASKED_AT_ONCE: Final = 50_000


class Terms:
    """All terms of the store. A new one gets its number at once and is written with the commit that needs it."""

    def __init__(self, engine: Engine) -> None:
        """Read what is there."""
        rows = engine.fetch("SELECT term_no, term FROM term")
        self._terms: dict[int, str] = {row[0]: row[1] for row in rows}
        self._numbers: dict[str, int] = {term: number for number, term in self._terms.items()}
        self._unwritten: dict[int, str] = {}
        self._next = max(self._terms, default=0) + 1
        self._lock = Lock()

    def number(self, term: str) -> int:
        """Return the term's number; a new one is given to a new term."""
        found = self._numbers.get(term)
        return found if found is not None else self._add(term)

    def _add(self, term: str) -> int:
        with self._lock:
            found = self._numbers.get(term)
            if found is not None:
                return found
            number = self._next
            self._next += 1
            self._terms[number] = self._unwritten[number] = term
            self._numbers[term] = number
            return number

    def find(self, term: str) -> int | None:
        """Return the term's number, or None."""
        return self._numbers.get(term)

    def text(self, number: int) -> str:
        """Return the term of a number.

        Raises:
            KeyError: The number was never given.
        """
        return self._terms[number]

    def unwritten(self) -> dict[int, str]:
        """Return the terms that no commit has written yet."""
        with self._lock:
            return dict(self._unwritten)

    def mark_written(self, numbers: Iterable[int]) -> None:
        """Forget that these terms wait."""
        with self._lock:
            for number in numbers:
                self._unwritten.pop(number, None)


class FactNumbers:
    """The numbers of facts by id, and the ids by number; the most recent are kept in memory.

    Attributes:
        capacity: How many are kept at the most.
        has_all: Whether every recorded fact is in memory, so that what is not there was never recorded.
    """

    def __init__(self, engine: Engine, org_id: int) -> None:
        """Start with nothing in memory."""
        self._engine = engine
        self._org_id = org_id
        self._numbers: dict[UUID, int] = {}
        self._ids: dict[int, UUID] = {}
        self.capacity = _KEPT
        self.has_all = False

    def keep(self, fact_id: UUID, number: int) -> None:
        """Remember a recorded fact."""
        if len(self._numbers) >= self.capacity:
            self._numbers, self._ids, self.has_all = {}, {}, False
        self._numbers[fact_id] = number
        self._ids[number] = fact_id

    def is_known(self, fact_id: UUID) -> bool:
        """Return whether the fact is remembered as recorded."""
        return fact_id in self._numbers

    def find(self, fact_id: UUID) -> int | None:
        """Return the number of a recorded fact, or None."""
        known = self._numbers.get(fact_id)
        if known is not None or self.has_all:
            return known
        sql = "SELECT fact_no FROM fact_key WHERE org_id = $1 AND fact_id = $2"
        row = next(iter(self._engine.fetch(sql, [self._org_id, fact_id])), None)
        if row is None:
            return None
        number: int = row[0]
        self.keep(fact_id, number)
        return number

    def learn(self, fact_ids: Collection[UUID]) -> None:
        """Remember those of the facts that are recorded, asking for many at once."""
        missing = [fact_id for fact_id in fact_ids if fact_id not in self._numbers]
        if self.has_all or len(missing) < 2:
            return
        sql = "SELECT fact_id, fact_no FROM fact_key WHERE org_id = $1 AND fact_id IN (SELECT unnest($2::UUID[]))"
        for start in range(0, len(missing), _ASKED_AT_ONCE):
            for fact_id, number in self._engine.fetch(sql, [self._org_id, missing[start : start + _ASKED_AT_ONCE]]):
                self.keep(fact_id, number)

    def get(self, fact_id: UUID) -> int:
        """Return the number of a recorded fact.

        Raises:
            UnknownFactError: There is none.
        """
        number = self.find(fact_id)
        if number is None:
            raise UnknownFactError(fact_id)
        return number

    def ids(self, numbers: Sequence[int]) -> dict[int, UUID]:
        """Return the ids of the numbers that exist."""
        known = {number: self._ids[number] for number in numbers if number in self._ids}
        missing = [number for number in set(numbers) if number not in known]
        if missing and not self.has_all:
            sql = "SELECT fact_no, fact_id FROM fact_key WHERE org_id = $1 AND fact_no IN (SELECT unnest($2::BIGINT[]))"
            for number, fact_id in self._engine.fetch(sql, [self._org_id, missing]):
                known[number] = fact_id
                self.keep(fact_id, number)
        return known
