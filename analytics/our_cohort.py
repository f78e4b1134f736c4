"""A cohort as a team: how many of us have finished what. Nobody is named, nobody is ranked, no result is counted."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from assessments.verdicts import Status
from curriculum.ids import GateId, ModuleId, ProgrammeId
from curriculum.models import Programme
from people.errors import NotAllowedError
from people.models import Actor
from store.ledger import Store
from store.questions import number_of
from store.standing import board, catch_up

_FINISHED: Final = frozenset({"dose", "peer_model", "portfolio", "practice"})
"""Kinds of gate that say what was done. What was judged, such as a quiz or a level, stays between a few."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One thing, and how many of us have finished it."""

    title: str
    n: int


@dataclass(frozen=True, slots=True)
class OurCohort:
    """How many we are and what we have finished; `is_shown` is False while we are so few that it would name us."""

    n_people: int
    is_shown: bool
    min_cell: int
    modules: tuple[Finished, ...]
    gates: tuple[Finished, ...]


def see_our_cohort(store: Store, actor: Actor, programme_id: ProgrammeId) -> OurCohort:
    """Return how far the cohort is in which the acting person trains.

    Raises:
        NotAllowedError: The actor trains in no cohort of the programme.
    """
    enrolment = store.enrolment(actor.person_id, programme_id)
    if enrolment is None:
        raise NotAllowedError("see a cohort in which they do not train")
    programme = store.programme(programme_id, enrolment.version_no)
    rows = board(store, programme_id, cohort_id=enrolment.cohort_id)
    here = [row.verdict for row in rows if row.verdict.status is not Status.WITHDRAWN]
    min_cell = programme.head.privacy.min_cell
    if len(here) < min_cell:
        return OurCohort(len(here), False, min_cell, (), ())
    met = Counter(gate.gate_id for verdict in here for gate in verdict.gates if gate.is_open)
    asked = {"programme_id": programme_id, "cohort_no": number_of(store, enrolment.cohort_id)}
    catch_up(store)
    read = {ModuleId(row["module_id"]): row["n_people"] for row in store.system_query("cohort_reading", **asked)}
    return OurCohort(len(here), True, min_cell, _modules(programme, read), _gates(programme, met, enrolment.role_id))


def _modules(programme: Programme, read: dict[ModuleId, int]) -> tuple[Finished, ...]:
    ordered = sorted(programme.modules, key=lambda module: module.order)
    return tuple(Finished(module.title, read.get(module.id, 0)) for module in ordered)


def _gates(programme: Programme, met: Counter[GateId], role_id: str) -> tuple[Finished, ...]:
    needed = [gate for gate in programme.gates if not gate.roles or role_id in gate.roles]
    return tuple(Finished(gate.title, met[gate.id]) for gate in needed if gate.kind in _FINISHED)
