"""The board of a cohort that closed, shown as it was then, and what a person takes away from it."""

from dataclasses import dataclass
from datetime import date

from assessments.facts import CohortOutcome, Outcome
from assessments.service.closing import hash_board
from assessments.verdicts import GateVerdict, Verdict
from people.errors import NotKnownError
from people.facts import CohortClosed
from people.models import Actor, CohortId, PersonId
from people.rights import Record, Right, require_in_hub
from people.service.reach import find_closing, get_cohort
from store.ledger import Store
from store.standing import names_of


@dataclass(frozen=True, slots=True)
class ClosedRow:
    """How one person left the cohort, and where they stood."""

    name: str
    outcome: Outcome
    verdict: Verdict
    kept_until: dict[str, date]


@dataclass(frozen=True, slots=True)
class ClosedBoard:
    """A closed cohort. `n_moved` have gone to another hub since: this one sees no more of them than that.

    `is_as_it_was` says that what is kept has the hash that was taken at the closing.
    """

    closing: CohortClosed
    closed_on: date
    closed_by: str
    rows: tuple[ClosedRow, ...]
    n_moved: int
    is_as_it_was: bool


def see_closed_board(store: Store, actor: Actor, cohort_id: CohortId) -> ClosedBoard:
    """Return the board as it was kept when the cohort closed; names are today's, `Person 12` when erased.

    Raises:
        NotKnownError: There is no such cohort, or it is open.
        NotAllowedError: The actor may not see where the people of the hub stand.
    """
    cohort = get_cohort(store, cohort_id)
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, cohort.hub_id)
    closing = find_closing(store, cohort_id)
    if closing is None:
        raise NotKnownError("closed cohort", cohort_id)
    outcomes = sorted(store.list_facts(CohortOutcome, cohort_id=cohort_id), key=lambda one: one.person_id)
    here = [one for one in outcomes if cohort.hub_id in store.subject(one.person_id).hub_ids]
    names = names_of(store, [one.person_id for one in here])
    return ClosedBoard(
        closing=closing,
        closed_on=store.day_of(closing.occurred_at),
        closed_by=store.name_of(closing.actor_id),
        rows=tuple(_row(one, names[one.person_id]) for one in here),
        n_moved=len(outcomes) - len(here),
        is_as_it_was=hash_board(outcomes) == closing.board_hash,
    )


def _row(outcome: CohortOutcome, name: str) -> ClosedRow:
    return ClosedRow(name, outcome.outcome, verdict_then(outcome), {one.category: one.until_on for one in outcome.kept})


def verdict_then(outcome: CohortOutcome) -> Verdict:
    """Return the verdict as it was kept, without evidence."""
    return Verdict(
        person_id=PersonId(outcome.person_id),
        programme_id=outcome.programme_id,
        role_id=outcome.role_id,
        cohort_id=outcome.cohort_id,
        version_no=outcome.version_no,
        status=outcome.status,
        gates=tuple(
            GateVerdict(gate.gate_id, gate.severity, gate.state, gate.have, gate.need, gate.next_part)
            for gate in outcome.gates
        ),
        as_of=outcome.occurred_at,
        known_at=outcome.occurred_at,
        valid_until=outcome.valid_until,
        hold_since=outcome.hold_since,
    )
