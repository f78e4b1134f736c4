"""Readiness for those who may see it: each read takes the acting person and checks the right."""

from datetime import datetime

from analytics.boards import PersonChange, SeenBoard, find_changes
from analytics.explanation import Explanation, GateExplanation, explain, explain_gate
from assessments.verdicts import Verdict
from curriculum.ids import GateId, ProgrammeId, RoleId
from people.errors import NotKnownError
from people.facts import CohortOpened
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, require_in_hub, require_on_person
from store.evidence import notes_of
from store.ledger import Store
from store.readiness import proof, verdicts
from store.standing import BoardRow, RoleCounts, board, board_counts, names_of, standing_of


def see_verdict(
    store: Store,
    actor: Actor,
    person_id: PersonId,
    programme_id: ProgrammeId,
    *,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> Explanation | None:
    """Return the explained verdict of a person from the facts; None when not enrolled.

    Args:
        store: Where the facts are.
        actor: Who asks.
        person_id: Whose verdict.
        programme_id: In which programme.
        as_of: What had happened by then; now when left out.
        known_at: What was recorded by then; now when left out.

    Raises:
        NotAllowedError: The actor may not see how this person stands.
    """
    require_on_person(actor, Right.SEE, Record.READINESS, store.subject(person_id))
    now = store.clock()
    found = verdicts(
        store, programme_id, person_id=person_id, as_of=as_of or now, known_at=known_at or now, with_evidence=True
    )
    return explain_verdict(store, found[0]) if found else None


def explain_verdict(store: Store, verdict: Verdict) -> Explanation:
    """Return the tree of an opened verdict. Whether it may be seen has been checked before."""
    programme = store.programme(verdict.programme_id, verdict.version_no)
    evidence = [fact_id for gate in verdict.gates for fact_id in gate.evidence]
    notes = notes_of(store, verdict.person_id, evidence)
    return explain(programme, verdict, store.name_of(verdict.person_id), notes, store.day_of(verdict.as_of))


def see_gate(
    store: Store, actor: Actor, person_id: PersonId, programme_id: ProgrammeId, gate_id: GateId
) -> GateExplanation | None:
    """Return one gate of a person as of now, opened down to the facts; None when the person has no such gate.

    Raises:
        NotAllowedError: The actor may not see how this person stands.
    """
    require_on_person(actor, Right.SEE, Record.READINESS, store.subject(person_id))
    enrolment = store.enrolment(person_id, programme_id)
    if enrolment is None:
        return None
    programme = store.programme(programme_id, enrolment.version_no)
    now = store.clock()
    for gate in programme.gates:
        if gate.id == gate_id:
            found = proof(store, programme_id, person_id, gate, as_of=now, known_at=now)
            notes = notes_of(store, person_id, found.evidence if found else ())
            return explain_gate(programme, gate, found, notes, store.day_of(now)) if found else None
    return None


def see_today(store: Store, actor: Actor, person_id: PersonId, programme_id: ProgrammeId) -> Verdict | None:
    """Return how a person stands today, without evidence, from what is kept; None when not enrolled.

    Raises:
        NotAllowedError: The actor may not see even the status of this person.
    """
    require_on_person(actor, Right.SEE_STATUS, Record.READINESS, store.subject(person_id))
    return standing_of(store, programme_id, person_id)


def see_trainees(store: Store, actor: Actor, programme_id: ProgrammeId) -> list[BoardRow]:
    """Return where the trainees who are assigned to the actor stand today, without evidence.

    Raises:
        NotAllowedError: The actor may not see the status of one of them.
    """
    rows = board(store, programme_id, trainer_id=actor.person_id)
    for row in rows:
        require_on_person(actor, Right.SEE_STATUS, Record.READINESS, store.subject(row.verdict.person_id))
    return rows


def see_board(
    store: Store,
    actor: Actor,
    programme_id: ProgrammeId,
    hub_id: HubId,
    *,
    cohort_id: CohortId | None = None,
    as_of: datetime | None = None,
    known_at: datetime | None = None,
) -> list[BoardRow]:
    """Return the rows of `see_whole_board`."""
    seen = see_whole_board(store, actor, programme_id, hub_id, cohort_id=cohort_id, as_of=as_of, known_at=known_at)
    return list(seen.rows)


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


def see_counts(
    store: Store, actor: Actor, programme_id: ProgrammeId, hub_id: HubId, *, cohort_id: CohortId | None = None
) -> dict[RoleId, RoleCounts]:
    """Return how many people of a hub, or of one of its cohorts, stand where today, by role.

    Raises:
        NotAllowedError: The actor may not see the status of these people.
        NotKnownError: The hub has no such cohort.
    """
    _require_board(store, actor, hub_id, cohort_id)
    return board_counts(store, programme_id, hub_id=hub_id, cohort_id=cohort_id)


def _require_board(store: Store, actor: Actor, hub_id: HubId, cohort_id: CohortId | None) -> None:
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, hub_id)
    if cohort_id is not None and not store.list_facts(CohortOpened, cohort_id=cohort_id, hub_id=hub_id):
        raise NotKnownError("cohort", cohort_id)
