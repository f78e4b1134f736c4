"""A board of verdicts counted: how many stand where, which gates keep them back, who is one gate away."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assessments.verdicts import GateState, GateVerdict, Status, Verdict
from curriculum.gates import Severity
from curriculum.ids import GateId
from store.standing import BoardRow

LEFT: Final = frozenset({Status.WITHDRAWN})
"""Who has left is counted nowhere, and named beside the figures."""

_NOT_MOVING: Final = frozenset({Status.PAUSED, Status.ON_HOLD, Status.SIGNED_OFF, Status.DUE_SOON})
"""Who is no gate away from anything now."""


@dataclass(frozen=True, slots=True)
class SeenBoard:
    """Where people stand, and how many were in the hub then but have moved to another since: they are not shown."""

    rows: tuple[BoardRow, ...]
    n_moved: int = 0


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What changed about a person between two days. `status_before` None: they were not enrolled then.

    `met` are blocking gates that keep them back no more, `unmet` those that have come to do so.
    """

    row: BoardRow
    status_before: Status | None
    met: tuple[GateId, ...]
    unmet: tuple[GateId, ...]

    @property
    def is_of_status(self) -> bool:
        """Return whether they stand elsewhere now."""
        return self.status_before is not self.row.verdict.status


@dataclass(frozen=True, slots=True)
class OneAway:
    """A person whom only one blocking gate keeps back."""

    row: BoardRow
    gate: GateVerdict


@dataclass(frozen=True, slots=True)
class GateCount:
    """How many people a blocking gate keeps back, of those who need it."""

    gate_id: GateId
    n_closed: int
    n_needing: int


@dataclass(frozen=True, slots=True)
class BoardSummary:
    """A board in figures. `people` are those who have not left, nearest to a decision first; `n_left` have.

    `n_moved` were in the hub then and have moved to another since: nothing of them is counted or shown.
    """

    people: tuple[BoardRow, ...]
    n_left: int
    n_moved: int
    n_signed_off: int
    n_ready: int
    one_away: tuple[OneAway, ...]
    on_hold: tuple[BoardRow, ...]
    gates: tuple[GateCount, ...]

    @property
    def n(self) -> int:
        """Return how many people the figures are about."""
        return len(self.people)

    @property
    def hold_since(self) -> date | None:
        """Return the day of the oldest open hold."""
        return min((row.verdict.hold_since for row in self.on_hold if row.verdict.hold_since), default=None)

    @property
    def most_often(self) -> tuple[GateId, int] | None:
        """Return the gate that most of those one gate away still miss, and for how many."""
        counted = Counter(away.gate.gate_id for away in self.one_away)
        return counted.most_common(1)[0] if counted else None


def summarise(rows: Sequence[BoardRow], n_moved: int = 0) -> BoardSummary:
    """Return the figures of a board."""
    people = sorted((row for row in rows if row.verdict.status not in LEFT), key=_nearness)
    statuses = Counter(row.verdict.status for row in people)
    moving = [row for row in people if row.verdict.status not in _NOT_MOVING]
    return BoardSummary(
        people=tuple(people),
        n_left=len(rows) - len(people),
        n_moved=n_moved,
        n_signed_off=statuses[Status.SIGNED_OFF] + statuses[Status.DUE_SOON],
        n_ready=statuses[Status.READY_FOR_DECISION],
        one_away=tuple(OneAway(row, row.verdict.open_blocks[0]) for row in moving if len(row.verdict.open_blocks) == 1),
        on_hold=tuple(row for row in people if row.verdict.status is Status.ON_HOLD),
        gates=tuple(_list_closed(people)),
    )


def find_changes(before: Iterable[BoardRow], after: Iterable[BoardRow]) -> list[PersonChange]:
    """Return about whom anything changed from one board to a later one: those who stand elsewhere first, by name."""
    earlier = {row.verdict.person_id: row.verdict for row in before}
    changes = [_change(earlier.get(row.verdict.person_id), row) for row in after]
    found = [change for change in changes if change.is_of_status or change.met or change.unmet]
    return sorted(found, key=lambda change: (not change.is_of_status, change.row.name.casefold()))


def _change(before: Verdict | None, row: BoardRow) -> PersonChange:
    if before is None:
        return PersonChange(row, None, (), ())
    was_open = {gate.gate_id: gate.is_open for gate in before.gates if gate.severity is Severity.BLOCK}
    turned = [gate for gate in row.verdict.gates if was_open.get(gate.gate_id, gate.is_open) is not gate.is_open]
    met = tuple(gate.gate_id for gate in turned if gate.is_open)
    return PersonChange(row, before.status, met, tuple(gate.gate_id for gate in turned if not gate.is_open))


def _nearness(row: BoardRow) -> tuple[int, str, int]:
    return len(row.verdict.open_blocks), row.name.casefold(), row.verdict.person_id


def _list_closed(people: Iterable[BoardRow]) -> list[GateCount]:
    """Return the blocking gates that keep anybody back, those that keep most people back first."""
    blocking = (gate for row in people for gate in row.verdict.gates if gate.severity is Severity.BLOCK)
    found = [count for count in count_gates(blocking).values() if count.n_closed]
    return sorted(found, key=lambda count: -count.n_closed)


def count_gates(gates: Iterable[GateVerdict]) -> dict[GateId, GateCount]:
    """Return how many people each gate keeps back, of those who need it; give the gates of people who have not left."""
    closed: Counter[GateId] = Counter()
    needing: Counter[GateId] = Counter()
    for gate in gates:
        if gate.state is not GateState.NOT_REQUIRED:
            needing[gate.gate_id] += 1
            closed[gate.gate_id] += not gate.is_open
    return {gate_id: GateCount(gate_id, closed[gate_id], n) for gate_id, n in needing.items()}
