"""Readiness from the facts: one statement for one person, a cohort or everybody, as of any instant.

There are no rights here: `analytics.readiness` checks who asks.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from assessments.verdicts import GateVerdict, Verdict
from curriculum.gates import Gate, Severity
from curriculum.ids import GateId, ProgrammeId, RoleId
from people.models import CohortId, HubId, PersonId
from store.assembling import Assembly
from store.gates import Ending, compose, used_by
from store.questions import FactStore, ask, ask_among, bind, number_of, question_about


@dataclass(frozen=True, slots=True)
class Flip:
    """What would open a closed gate: parts that are open, and at least how many facts they miss."""

    person_id: PersonId
    gate_id: GateId
    severity: Severity
    n_parts: int
    n_facts: int


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
    question = question_about(
        store,
        programme_id,
        person_id=person_id,
        cohort_id=cohort_id,
        hub_id=hub_id,
        role_id=role_id,
        among=among,
        as_of=as_of,
        known_at=known_at,
    )
    ending = Ending.PARTS if with_evidence else Ending.VERDICTS
    rows = ask(store, question, ending) if among is None else ask_among(store, question, ending)
    assembly = Assembly(store, programme_id, as_of, known_at)
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
    question = question_about(
        store, programme_id, person_id=person_id, cohort_id=cohort_id, hub_id=hub_id, as_of=as_of, known_at=known_at
    )
    rows = ask(store, question, Ending.FLIP)
    return [
        Flip(PersonId(person_no), GateId(store.terms.text(gate_no)), Severity(severity), n_parts, n_facts)
        for person_no, gate_no, _, severity, n_parts, n_facts in rows
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
    question = question_about(store, programme_id, person_id=person_id, as_of=as_of, known_at=known_at)
    bound = bind(store, question)
    if bound is None:
        return None
    sql = compose(frozenset({gate.kind}), Ending.PROOF)
    rows = store.engine.fetch(sql, used_by(sql, bound | {"gate_no": number_of(store, gate.id)}))
    return Assembly(store, programme_id, as_of, known_at).proved(rows)
