"""Readiness from the facts: one statement for one person, a cohort or everybody, as of any instant.

There are no rights here: `analytics.readiness` checks who asks.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

import pyarrow
import pyarrow.compute

from assessments.verdicts import GateState, GateVerdict, PartVerdict, Status, Verdict
from curriculum.gates import Gate, Severity
from curriculum.ids import ChecklistId, CompetencyId, GateId, ProgrammeId, RoleId
from curriculum.models import Setting
from people.facts import FactId
from people.models import CohortId, HubId, PersonId
from store.batches import FactBatch
from store.duckdb_engine import Engine, parsed
from store.gates import Ending, compose, text_of, used_by
from store.recording import Org
from store.rows import stored_instant
from store.terms import FactNumbers, Terms

T = TypeVar("T")

_ARROW: Final[Any] = pyarrow
_COMPUTE: Final[Any] = pyarrow.compute
"""Which come without types."""

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


@dataclass(frozen=True, slots=True)
class Flip:
    """What would open a closed gate: parts that are open, and at least how many facts they miss."""

    person_id: PersonId
    gate_id: GateId
    severity: Severity
    n_parts: int
    n_facts: int


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many people had this level first and have that one now; `is_repeated` when they were rated more than once."""

    competency_id: CompetencyId
    checklist_id: ChecklistId
    setting: Setting
    first_level: int
    newest_level: int
    is_repeated: bool
    n_people: int


def verdicts(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    person_id: PersonId | None = None,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    role_id: RoleId | None = None,
    among: Collection[PersonId] | None = None,
    as_of: datetime,
    known_at: datetime,
    with_evidence: bool = False,
) -> list[Verdict]:
    """Return the verdicts of everybody enrolled who fits, by person.

    Args:
        store: Where the facts are.
        programme_id: The programme asked about.
        person_id: Only this person.
        cohort_id: Only those whose enrolment in force is in this cohort.
        hub_id: Only those whose cohort belongs to this hub.
        role_id: Only those who train for this role.
        among: Only these people.
        as_of: What had happened by then counts.
        known_at: What had been recorded by then is known.
        with_evidence: Fill `parts` and `evidence`.
    """
    question = _question(
        store,
        programme_id,
        person_id=person_id,
        cohort_id=cohort_id,
        hub_id=hub_id,
        role_id=role_id,
        as_of=as_of,
        known_at=known_at,
    )
    ending = Ending.PARTS if with_evidence else Ending.VERDICTS
    rows = ask(store, question, ending) if among is None else _ask_among(store, question, ending, among)
    assembly = _Assembly(store, programme_id, as_of, known_at)
    return assembly.opened(rows) if with_evidence else assembly.closed(rows)


def flips(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    person_id: PersonId | None = None,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[Flip]:
    """Return what would open each closed gate, by person and in the programme's order."""
    question = _question(
        store, programme_id, person_id=person_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at
    )
    rows = ask(store, question, Ending.FLIP)
    return [
        Flip(PersonId(person_no), GateId(store.terms.text(gate_no)), Severity(severity), n_parts, n_facts)
        for person_no, gate_no, _, severity, n_parts, n_facts in rows
    ]


def level_counts(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    among: Collection[PersonId] | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[LevelCount]:
    """Return how many people stand at each level of each competency, from the ratings that the gates count."""
    question = _question(store, programme_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at)
    only = None if among is None else tuple(sorted(among))
    text, rows = store.terms.text, _ask_beside_gates(store, replace(question, among=only), Ending.LEVELS)
    return [
        LevelCount(
            CompetencyId(text(competency)),
            ChecklistId(text(checklist)),
            Setting(setting),
            first,
            newest,
            repeats,
            n,
        )
        for competency, checklist, setting, first, newest, repeats, n in rows
    ]


def counted_observations(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> set[int]:
    """Return the numbers of the observations that the gates count."""
    question = _question(store, programme_id, hub_id=hub_id, as_of=as_of, known_at=known_at)
    return {fact_no for (fact_no,) in _ask_beside_gates(store, question, Ending.COUNTED)}


@dataclass(frozen=True, slots=True)
class TimesCount:
    """How many people stood at this level at their `nth` rating of a competency, of `n_times` in all."""

    competency_id: CompetencyId
    checklist_id: ChecklistId
    setting: Setting
    nth: int
    level: int
    n_times: int
    has_left: bool
    n_people: int


def times_counts(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[TimesCount]:
    """Return how many people stood where at their first, second, … rating of each competency; leavers are counted."""
    question = _question(store, programme_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at)
    text, rows = store.terms.text, _ask_beside_gates(store, question, Ending.PROGRESS)
    return [
        TimesCount(CompetencyId(text(competency)), ChecklistId(text(checklist)), Setting(setting), *counted)
        for competency, checklist, setting, *counted in rows
    ]


@dataclass(frozen=True, slots=True)
class Journey:
    """How far a person has come: the first day of each step, None where they have not come so far.

    `began_on` is the day of the first enrolment in the programme, `left_on` that of leaving for good.
    """

    person_id: PersonId
    role_id: RoleId
    cohort_id: CohortId
    began_on: date
    session_on: date | None
    quiz_on: date | None
    roleplay_on: date | None
    live_on: date | None
    signed_on: date | None
    left_on: date | None


def journeys(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[Journey]:
    """Return how far everybody has come whose enrolment in force is there, by person."""
    question = _question(store, programme_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at)
    text, rows = store.terms.text, _ask_beside_gates(store, question, Ending.JOURNEYS)
    return [
        Journey(PersonId(person_no), RoleId(text(role_no)), CohortId(text(cohort_no)), *days)
        for person_no, role_no, cohort_no, *days in rows
    ]


def proof(
    store: FactStore,
    programme_id: ProgrammeId,
    person_id: PersonId,
    gate: Gate,
    *,
    as_of: datetime,
    known_at: datetime,
) -> GateVerdict | None:
    """Return one gate of one person with its evidence, read alone; None when the person has no such gate."""
    question = _question(store, programme_id, person_id=person_id, as_of=as_of, known_at=known_at)
    bound = bind(store, question)
    if bound is None:
        return None
    sql = compose(frozenset({gate.kind}), Ending.PROOF)
    rows = store.engine.fetch(sql, used_by(sql, bound | {"gate_no": number_of(store, gate.id)}))
    return _Assembly(store, programme_id, as_of, known_at).proved(rows)


@dataclass(frozen=True, slots=True)
class MeetingDue:
    """Until when a person may wait for their next supervision, by one gate.

    `last_day` is that of the last meeting that is long enough, `due_day` the last day on which they are not late; both
    are None for who has met nobody, and is late.
    """

    person_id: PersonId
    role_id: RoleId
    cohort_id: CohortId
    version_no: int
    gate_id: GateId
    severity: Severity
    max_gap_days: int
    last_day: date | None
    due_day: date | None
    is_late: bool


def meetings_due(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    person_id: PersonId | None = None,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    as_of: datetime,
    known_at: datetime,
) -> list[MeetingDue]:
    """Return until when people may wait for supervision, by person, from the statement that judges the gate."""
    question = _question(
        store, programme_id, person_id=person_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at
    )
    bound = bind(store, question)
    if bound is None:
        return []
    sql = compose(frozenset[str](), Ending.DUE)
    text = store.terms.text
    return [
        MeetingDue(
            person_id=PersonId(row[0]),
            role_id=RoleId(text(row[1])),
            cohort_id=CohortId(text(row[2])),
            version_no=row[3],
            gate_id=GateId(text(row[4])),
            severity=Severity(row[5]),
            max_gap_days=row[6],
            last_day=row[7],
            due_day=row[8],
            is_late=not row[9],
        )
        for row in store.engine.fetch(sql, used_by(sql, bound))
    ]


def _question(
    store: FactStore,
    programme_id: ProgrammeId,
    *,
    as_of: datetime,
    known_at: datetime,
    person_id: PersonId | None = None,
    cohort_id: CohortId | None = None,
    hub_id: HubId | None = None,
    role_id: RoleId | None = None,
) -> Question:
    return Question(
        number_of(store, programme_id),
        as_of,
        known_at,
        person_range=None if person_id is None else (person_id, person_id),
        cohort_no=number_of(store, cohort_id),
        hub_no=number_of(store, hub_id),
        role_no=number_of(store, role_id),
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


def _ask_among(store: FactStore, question: Question, ending: Ending, people: Collection[int]) -> list[tuple[Any, ...]]:
    """Return the rows about some people: the statement reads all whose numbers lie between, the rest stays columns."""
    if not people:
        return []
    bound = bind(store, replace(question, person_range=(min(people), max(people)))) or {}
    sql = statement(store, question.programme_no, ending)
    with store.engine.reading() as cursor:
        table: Any = cursor.sql(parsed(sql), params=used_by(sql, bound)).to_arrow_table()
    wanted = _ARROW.array(sorted(people), type=table.column("person_no").type)
    chosen = table.filter(_COMPUTE.is_in(table.column("person_no"), value_set=wanted))
    return list(zip(*(column.to_pylist() for column in chosen.columns), strict=True))


def _ask_beside_gates(store: FactStore, question: Question, ending: Ending) -> list[tuple[Any, ...]]:
    """Return the rows of an ending that no gate is needed for; none when nobody can fit the question."""
    bound = bind(store, question)
    if bound is None:
        return []
    sql = compose(frozenset[str](), ending)
    return store.engine.fetch(sql, used_by(sql, bound))


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


# ---------------------------------------------------------------- from rows to verdicts


@dataclass(frozen=True, slots=True)
class _PersonRow:
    """The first columns of a row: the same in all rows of a person."""

    person_no: int
    role_no: int
    cohort_no: int
    version_no: int
    status: str
    valid_until: date | None
    hold_since: date | None


@dataclass(frozen=True, slots=True)
class _GateRow:
    """The columns after those: the same in all rows of a person's gate. `gate_no` is None for who has no gates."""

    gate_no: int
    position: int
    severity: str
    state: str
    have: int
    need: int
    next_part: int | None


_PERSON: Final = slice(0, 7)
_GATE: Final = slice(7, 14)
_PART: Final = slice(14, 20)

_Rows = list[Sequence[Any]]


class _Assembly:
    """Makes verdicts of rows: numbers become ids again, the rows of one person one verdict."""

    def __init__(self, store: FactStore, programme_id: ProgrammeId, as_of: datetime, known_at: datetime) -> None:
        self._text = store.terms.text
        self._ids = store.fact_numbers.ids
        self._programme_id = programme_id
        self._as_of = as_of
        self._known_at = known_at

    def closed(self, rows: Iterable[Sequence[Any]]) -> list[Verdict]:
        """Return the verdicts without evidence, from one row a gate."""
        return [
            self._verdict(_PersonRow(*of_person[0][_PERSON]), [self._gate(row, ()) for row in of_person])
            for of_person in _grouped(sorted(rows, key=_by_person_and_position), 0)
        ]

    def opened(self, rows: Sequence[Sequence[Any]]) -> list[Verdict]:
        """Return the verdicts with parts and evidence, from one row a part."""
        ids = self._named(rows)
        return [
            self._verdict(
                _PersonRow(*of_person[0][_PERSON]),
                [self._gate(of_gate[0], _parts(of_gate, ids)) for of_gate in _grouped(of_person, _GATE.start)],
            )
            for of_person in _grouped(rows, 0)
        ]

    def proved(self, rows: Sequence[Sequence[Any]]) -> GateVerdict | None:
        """Return the one gate of one person, from one row a part."""
        return self._gate(rows[0], _parts(rows, self._named(rows))) if rows else None

    def _named(self, rows: Sequence[Sequence[Any]]) -> dict[int, UUID]:
        return self._ids(sorted({fact_no for row in rows for fact_no in row[-1] or ()}))

    def _gate(self, row: Sequence[Any], parts: Sequence[PartVerdict]) -> GateVerdict | None:
        if row[_GATE.start] is None:
            return None
        gate = _GateRow(*row[_GATE])
        return GateVerdict(
            gate_id=GateId(self._text(gate.gate_no)),
            severity=Severity(gate.severity),
            state=GateState(gate.state),
            have=gate.have,
            need=gate.need,
            next_part=gate.next_part,
            parts=tuple(parts),
            evidence=tuple(dict.fromkeys(fact_id for part in parts for fact_id in part.evidence)),
        )

    def _verdict(self, row: _PersonRow, gates: Iterable[GateVerdict | None]) -> Verdict:
        return Verdict(
            person_id=PersonId(row.person_no),
            programme_id=self._programme_id,
            role_id=RoleId(self._text(row.role_no)),
            cohort_id=CohortId(self._text(row.cohort_no)),
            version_no=row.version_no,
            status=Status(row.status),
            gates=tuple(gate for gate in gates if gate is not None),
            as_of=self._as_of,
            known_at=self._known_at,
            valid_until=row.valid_until,
            hold_since=row.hold_since,
        )


def _by_person_and_position(row: Sequence[Any]) -> tuple[int, int]:
    return row[0], row[_GATE.start + 1] or 0


def _grouped(rows: Iterable[Sequence[Any]], column: int) -> list[_Rows]:
    groups: dict[Any, _Rows] = {}
    for row in rows:
        groups.setdefault(row[column], []).append(row)
    return list(groups.values())


def _parts(rows: Sequence[Sequence[Any]], ids: dict[int, UUID]) -> list[PartVerdict]:
    parts: list[PartVerdict] = []
    for row in rows:
        part_no, need, have, is_met, is_computable, evidence = row[_PART]
        if part_no is not None:
            facts = tuple(FactId(ids[fact_no]) for fact_no in dict.fromkeys(evidence or ()))
            parts.append(PartVerdict(part_no, have, need, is_met, is_computable, facts))
    return parts


def assemble(
    store: FactStore, programme_id: ProgrammeId, rows: Iterable[Sequence[Any]], as_of: datetime
) -> list[Verdict]:
    """Return verdicts of rows that were kept: by person and the programme's order, known at the instant they are of."""
    return _Assembly(store, programme_id, as_of, as_of).closed(rows)
