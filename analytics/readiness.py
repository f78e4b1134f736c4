"""Readiness for those who may see it: each read takes the acting person and checks the right."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from analytics.boards import PersonChange, SeenBoard, find_changes
from analytics.explanation import Explanation, GateExplanation, explain, explain_gate
from analytics.flips import Case, Flip, SeenFlip, case_of, find_flips, find_whole_flip, status_waits_for
from assessments.verdicts import GateVerdict, Verdict
from curriculum.gates import Gate
from curriculum.ids import GateId, ProgrammeId
from people.errors import NotKnownError
from people.facts import CohortOpened
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, may_on_person, require_in_hub, require_on_person
from store.evidence import notes_of
from store.ledger import Store
from store.readiness import proof, verdicts
from store.standing import BoardRow, board, names_of, standing_of


def explain_verdict(
    store: Store, verdict: Verdict, *, with_flips: bool = False, with_deadlines: bool = False
) -> Explanation:
    """Return the tree of an opened verdict. Whether it may be seen has been checked before.

    Args:
        store: Where the facts are.
        verdict: With parts and evidence.
        with_flips: Say of each closed gate what would open it.
        with_deadlines: Say too by when that would have to come.
    """
    programme = store.programme(verdict.programme_id, verdict.version_no)
    evidence = [fact_id for gate in verdict.gates for fact_id in gate.evidence]
    notes = notes_of(store, verdict.person_id, evidence)
    flips: dict[GateId, Flip] = {}
    if with_flips:
        flips = find_flips(case_of(store, programme, verdict), verdict.gates, with_deadline=with_deadlines)
    return explain(
        programme, verdict, store.name_of(verdict.person_id), notes, today=store.day_of(verdict.as_of), flips=flips
    )


def see_gate(
    store: Store,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    gate_id: GateId,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> GateExplanation | None:
    """Return one gate of a person, opened down to the facts, and what would open it; None when there is no such gate.

    Args:
        store: Where the facts are.
        actor: Who asks.
        person_id: Whose gate.
        programme_id: In which programme.
        gate_id: Which gate.
        as_of: What had happened by then; now when left out.
        known_at: What was recorded by then; now when left out.

    Raises:
        NotAllowedError: The actor may not see how this person stands.
    """
    require_on_person(actor, Right.SEE, Record.READINESS, store.subject(person_id))
    opened = _open_gate(
        store, person_id, programme_id, gate_id, _When(as_of or store.clock(), known_at or store.clock())
    )
    if opened is None:
        return None
    case, gate, verdict = opened
    notes = notes_of(store, person_id, verdict.evidence)
    flip = find_flips(case, [verdict], with_deadline=True).get(gate_id)
    return explain_gate(case.programme, gate, verdict, notes, today=store.day_of(case.as_of), flip=flip)


_PLAIN_TO_SEE: Final = frozenset(
    {"prerequisite", "dose", "supervision", "certificate", "peer_model", "portfolio", "groups_delivered"}
)
"""Kinds of gate of which what is missing tells nothing about a rating, a score or harm."""


def see_flip(
    store: Store,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    gate_id: GateId,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> Flip | None:
    """Return what would open a gate, for who may see the status alone; None where it would tell more than that.

    Of a gate that is open nothing is missing.

    Raises:
        NotAllowedError: The actor may not see even the status of this person.
    """
    require_on_person(actor, Right.SEE_STATUS, Record.READINESS, store.subject(person_id))
    opened = _open_gate(
        store, person_id, programme_id, gate_id, _When(as_of or store.clock(), known_at or store.clock())
    )
    if opened is None or opened[1].kind not in _PLAIN_TO_SEE:
        return None
    case, _, verdict = opened
    return find_flips(case, [verdict], with_deadline=True).get(gate_id, Flip())


def see_whole_flip(
    store: Store,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> SeenFlip | None:
    """Return the next facts that open all of a person's closed gates together; None when they are not enrolled.

    Who may see the status alone is told of those gates of which what is missing tells nothing about ratings or harm.

    Raises:
        NotAllowedError: The actor may not see even the status of this person.
    """
    subject = store.subject(person_id)
    require_on_person(actor, Right.SEE_STATUS, Record.READINESS, subject)
    when = _When(as_of or store.clock(), known_at or store.clock())
    found = verdicts(
        store, programme_id, person_id=person_id, as_of=when.as_of, known_at=when.known_at, with_evidence=True
    )
    if not found:
        return None
    verdict = found[0]
    case = case_of(store, store.programme(programme_id, verdict.version_no), verdict)
    sees_all = may_on_person(actor, Right.SEE, Record.READINESS, subject)
    flip = find_whole_flip(case, verdict.gates, kinds=None if sees_all else _PLAIN_TO_SEE)
    n_hidden = len(verdict.open_blocks) - len(flip.gate_ids) - len(flip.waits_for)
    return SeenFlip(case.programme, flip, status_waits_for(verdict), n_hidden)


@dataclass(frozen=True, slots=True)
class _When:
    """What had happened by one instant, by what was known at another."""

    as_of: datetime
    known_at: datetime


def _open_gate(
    store: Store, person_id: PersonId, programme_id: ProgrammeId, gate_id: GateId, when: _When
) -> tuple[Case, Gate, GateVerdict] | None:
    """Return a gate with its verdict, opened; the version is the one that was pinned at the instant."""
    as_of, known_at = when.as_of, when.known_at
    found = verdicts(store, programme_id, person_id=person_id, as_of=as_of, known_at=known_at)
    if not found:
        return None
    programme = store.programme(programme_id, found[0].version_no)
    gate = next((one for one in programme.gates if one.id == gate_id), None)
    opened = gate and proof(store, programme_id, person_id, gate, as_of=as_of, known_at=known_at)
    if gate is None or opened is None:
        return None
    return Case(store, programme, found[0].version_no, person_id, as_of, known_at), gate, opened


def see_today(store: Store, actor: Actor, person_id: PersonId, programme_id: ProgrammeId) -> Verdict | None:
    """Return how a person stands today, without evidence, from what is kept; None when not enrolled.

    Raises:
        NotAllowedError: The actor may not see even the status of this person.
    """
    require_on_person(actor, Right.SEE_STATUS, Record.READINESS, store.subject(person_id))
    return standing_of(store, programme_id, person_id)


def see_whole_board(
    store: Store,
    actor: Actor,
    programme_id: ProgrammeId,
    hub_id: HubId,
    *,
    cohort_id: CohortId | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> SeenBoard:
    """Return where the people of a hub, or of one of its cohorts, stand: states and counts, no evidence.

    Today's board comes from what is kept, one as of another instant from the facts. Who has moved to another hub since
    is counted and not shown: this hub has no sight of them any more.

    Raises:
        NotAllowedError: The actor may not see the status of these people.
        NotKnownError: The hub has no such cohort.
    """
    _require_board(store, actor, hub_id, cohort_id)
    if as_of is None and known_at is None:
        return SeenBoard(tuple(board(store, programme_id, hub_id=hub_id, cohort_id=cohort_id)))
    now = store.clock()
    found = verdicts(
        store, programme_id, hub_id=hub_id, cohort_id=cohort_id, as_of=as_of or now, known_at=known_at or now
    )
    here = {row.verdict.person_id for row in board(store, programme_id, hub_id=hub_id)}
    names = names_of(store, here)
    rows = tuple(BoardRow(names[verdict.person_id], verdict) for verdict in found if verdict.person_id in here)
    return SeenBoard(rows, len(found) - len(rows))


def see_changes(
    store: Store,
    actor: Actor,
    programme_id: ProgrammeId,
    hub_id: HubId,
    *,
    since: datetime,
    cohort_id: CohortId | None = None,
    as_of: datetime | None = None,
) -> list[PersonChange]:
    """Return about whom of a hub, or of one of its cohorts, anything changed since an earlier instant.

    Both boards are by what is known now: a fact that came late belongs to the day when it happened.

    Raises:
        NotAllowedError: The actor may not see the status of these people.
        NotKnownError: The hub has no such cohort.
    """
    before = see_whole_board(store, actor, programme_id, hub_id, cohort_id=cohort_id, as_of=since)
    after = see_whole_board(store, actor, programme_id, hub_id, cohort_id=cohort_id, as_of=as_of)
    return find_changes(before.rows, after.rows)


def _require_board(store: Store, actor: Actor, hub_id: HubId, cohort_id: CohortId | None) -> None:
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, hub_id)
    if cohort_id is not None and not store.list_facts(CohortOpened, cohort_id=cohort_id, hub_id=hub_id):
        raise NotKnownError("cohort", cohort_id)
