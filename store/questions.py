"""Asking the statement of readiness: whom and when a question is about, and what it binds."""

import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Protocol, TypeVar

import pyarrow
import pyarrow.compute

from curriculum.ids import ProgrammeId, RoleId
from people.models import CohortId, HubId, PersonId
from store.batches import FactBatch
from store.duckdb_engine import Engine, parsed
from store.gates import Ending, compose, text_of, used_by
from store.recording import Org
from store.rows import ArrowTable, stored_instant
from store.terms import FactNumbers, Terms

T = TypeVar("T")

_ARROW: Final[Any] = pyarrow
_COMPUTE: Final[Any] = pyarrow.compute
"""Which come without types."""

# What is advised instead, a relation, plans the statement twice: 40 ms for one person. The copy costs nothing like it.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)

ANY: Final = -1
"""Stands for "whichever" in the parameters of the statement."""

_KINDS: Final = "SELECT DISTINCT kind FROM gate WHERE org_id = $1 AND programme_no = $2 AND n_parts > 0"

_UNKNOWN: Final = 0
"""No term has this number: what was never named anywhere is asked for in vain."""


class FactStore(Protocol):
    """What readiness needs of a store."""

    engine: Engine
    org: Org
    terms: Terms
    fact_numbers: FactNumbers
    clock: Callable[[], datetime]

    @property
    def position(self) -> int:
        """Return the number of the last durable fact."""
        ...

    def day_of(self, instant: datetime) -> date:
        """Return the day at the organisation's place."""
        ...

    def write(self, apply: Callable[[FactBatch], T]) -> T:
        """Return what `apply` returns, once it is durable."""
        ...


@dataclass(frozen=True, slots=True)
class Question:
    """Whom and when a statement asks about; `person_range` None means everybody who fits the rest, `among` too."""

    programme_no: int
    as_of: datetime
    known_at: datetime
    person_range: tuple[int, int] | None = None
    cohort_no: int = ANY
    hub_no: int = ANY
    role_no: int = ANY
    among: tuple[int, ...] | None = None


def question_about(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    as_of: datetime,
    known_at: datetime,
    person_id: PersonId | None = None,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    role_id: RoleId | None = None,
    among: Collection[PersonId] | None = None,
) -> Question:
    """Return the question about everybody enrolled in a programme who fits; ids that were never named fit nobody."""
    return Question(
        number_of(store, programme_id),
        as_of,
        known_at,
        person_range=None if person_id is None else (person_id, person_id),
        cohort_no=number_of(store, cohort_id),
        hub_no=number_of(store, hub_id),
        role_no=number_of(store, role_id),
        among=None if among is None else tuple(sorted(among)),
    )


def number_of(store: FactStore, term: str | None) -> int:
    """Return the number of a term for a parameter: `ANY` for None, 0 for a term that was never named."""
    return ANY if term is None else store.terms.find(term) or _UNKNOWN


def ask(store: FactStore, question: Question, ending: Ending) -> list[tuple[Any, ...]]:
    """Return the rows of the statement for a question; none when nobody can fit it."""
    bound = bind(store, question)
    if bound is None:
        return []
    sql = statement(store, question.programme_no, ending)
    return store.engine.fetch(sql, used_by(sql, bound))


def ask_beside_gates(store: FactStore, question: Question, ending: Ending) -> list[tuple[Any, ...]]:
    """Return the rows of an ending that no gate is needed for; none when nobody can fit the question."""
    bound = bind(store, question)
    if bound is None:
        return []
    sql = compose(frozenset[str](), ending)
    return store.engine.fetch(sql, used_by(sql, bound))


def ask_table(store: FactStore, question: Question, ending: Ending) -> ArrowTable:
    """Return the same rows as columns, which move as a whole without becoming Python objects."""
    sql = statement(store, question.programme_no, ending)
    bound = bind(store, question) or {}
    with store.engine.reading() as cursor:
        answer: Any = cursor.execute(parsed(sql), used_by(sql, bound))
        return answer.to_arrow_table()


def ask_among(store: FactStore, question: Question, ending: Ending) -> list[tuple[Any, ...]]:
    """Return the rows about those of `among`: all whose numbers lie between are read, the rest stays columns."""
    if not question.among:
        return []
    people = list(question.among)
    table = ask_table(store, replace(question, person_range=(people[0], people[-1]), among=None), ending)
    wanted = _ARROW.array(people, type=table.column("person_no").type)
    chosen = table.filter(_COMPUTE.is_in(table.column("person_no"), value_set=wanted))
    return list(zip(*(column.to_pylist() for column in chosen.columns), strict=True))


def statement(store: FactStore, programme_no: int, ending: Ending) -> str:
    """Return the statement that holds the kinds of gate the programme's versions use."""
    kinds = store.engine.fetch(_KINDS, [store.org.org_id, programme_no])
    return compose(frozenset(kind for (kind,) in kinds), ending)


def bind(store: FactStore, question: Question) -> dict[str, Any] | None:
    """Return the parameters of the statement, or None when nobody was ever enrolled there."""
    person_range = question.person_range or person_range_of(store, question)
    if person_range is None:
        return None
    return {
        "org_no": store.org.org_id,
        "programme_no": question.programme_no,
        "person_from": person_range[0],
        "person_to": person_range[1],
        "cohort_no": question.cohort_no,
        "role_no": question.role_no,
        "hub_no": question.hub_no,
        "as_of": stored_instant(question.as_of, "as_of"),
        "known_at": stored_instant(question.known_at, "known_at"),
        "among": None if question.among is None else list(question.among),
        "as_of_day": store.day_of(question.as_of),
    }


def person_range_of(store: FactStore, question: Question) -> tuple[int, int] | None:
    """Return the least and the greatest number of the people ever enrolled in what is asked about, or None."""
    asked = {
        "org_no": store.org.org_id,
        "programme_no": question.programme_no,
        "cohort_no": question.cohort_no,
        "hub_no": question.hub_no,
    }
    person_from, person_to = store.engine.fetch(text_of("person_range"), asked)[0]
    return None if person_from is None else (person_from, person_to)
