"""What the jobs of one transaction share: the rows they gather, and the numbers they give."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

import duckdb

from people.facts import Fact
from store.duckdb_engine import Engine
from store.errors import DuplicateFactError
from store.recording import Org, Prepared
from store.rows import Value, table_of
from store.terms import FactNumbers, Terms

log = logging.getLogger(__name__)


class Register:
    """The numbers given so far, kept by the writer."""

    def __init__(self, engine: Engine, org: Org, terms: Terms, numbers: FactNumbers) -> None:
        """Continue after the last fact of the file."""
        self.engine = engine
        self.org = org
        self.terms = terms
        self.numbers = numbers
        row = engine.fetch("SELECT coalesce(max(fact_no), 0) FROM fact_key")[0]
        self.position: int = row[0]
        self.listeners: list[Callable[[Sequence[Fact]], None]] = []

    def tell(self, facts: Sequence[Fact]) -> None:
        """Hand the facts just made durable to each listener; one that fails is logged and changes nothing."""
        for listener in self.listeners:
            try:
                listener(facts)
            except Exception:
                log.exception("A listener of the store failed")

    def new_batch(self) -> "FactBatch":
        """Return the shared part of one transaction."""
        return FactBatch(self)


class FactBatch:
    """The rows of one transaction, gathered by table."""

    def __init__(self, register: Register) -> None:
        """Start after the last number that was committed."""
        self._register = register
        self._last_no = register.position
        self._rows: dict[tuple[str, tuple[str, ...]], list[list[Value]]] = defaultdict(list)
        self._facts: list[Fact] = []
        self._given: list[tuple[UUID, int]] = []
        self._terms: dict[int, str] = {}

    def add(self, prepared: Prepared, *, is_alone: bool) -> bool:
        """Return whether the append is new; gather its rows.

        The first time nothing is looked up: a doubled id breaks the key, and each append is tried again alone.

        Raises:
            DuplicateFactError: A later fact was recorded before, the first was not.
        """
        if is_alone and self._register.numbers.find(prepared.fact_ids[0]) is not None:
            return False
        first_no = self._last_no + 1
        self._last_no += len(prepared.facts)
        for key, rows in prepared.tables.items():
            # Numbers are written into the rows themselves: when an append is tried again, it gets others there.
            for values, later in rows:
                for index, place in later:
                    values[index] = first_no + place
            self._rows[key] += [values for values, _ in rows]
        keys = self._rows["fact_key", ("org_id", "fact_id", "fact_no", "kind", "digest")]
        for place, (fact, digest) in enumerate(zip(prepared.facts, prepared.digests, strict=True)):
            keys.append([self._register.org.org_id, fact.fact_id, first_no + place, table_of(type(fact)).name, digest])
            self._given.append((fact.fact_id, first_no + place))
        self._facts += prepared.facts
        if is_alone:
            self._flush_alone(prepared)
        return True

    def _flush_alone(self, prepared: Prepared) -> None:
        try:
            self.flush()
        except duckdb.ConstraintException as error:
            if "Duplicate key" not in str(error):
                raise
            raise DuplicateFactError(prepared.fact_ids) from error

    def flush(self) -> None:
        """Write the rows gathered so far, new terms first."""
        new_terms = {no: term for no, term in self._register.terms.unwritten().items() if no not in self._terms}
        if new_terms:
            self._terms |= new_terms
            self.insert("term", ("term_no", "term"), [[number, term] for number, term in new_terms.items()])
        for (table, columns), rows in self._rows.items():
            if rows:
                self.insert(table, columns, rows)
        self._rows.clear()

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
        """Write rows at once."""
        self._register.engine.insert(table, tuple(columns), rows)

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> list[tuple[Value, ...]]:
        """Return the rows of a statement within the transaction, after what was gathered before it."""
        self.flush()
        return self._register.engine.writing.execute(sql, list(parameters)).fetchall()

    def committed(self) -> None:
        """Remember what is durable now, and tell who waits for it."""
        self._register.terms.mark_written(self._terms)
        for fact_id, number in self._given:
            self._register.numbers.keep(fact_id, number)
        self._register.position = self._last_no
        self._register.tell(self._facts)
