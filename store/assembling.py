"""From rows of the statement of readiness to verdicts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from assessments.verdicts import GateState, GateVerdict, PartVerdict, Status, Verdict
from curriculum.gates import Severity
from curriculum.ids import GateId, ProgrammeId, RoleId
from people.facts import FactId
from people.models import CohortId, PersonId
from store.questions import FactStore


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


class Assembly:
    """Makes verdicts of rows: numbers become ids again, the rows of one person one verdict."""

    def __init__(self, store: FactStore, programme_id: ProgrammeId, as_of: datetime, known_at: datetime) -> None:
        """Name what the verdicts are about, and the instants that are written on them."""
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
    return Assembly(store, programme_id, as_of, as_of).closed(rows)
