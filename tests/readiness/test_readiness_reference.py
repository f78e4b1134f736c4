"""The store's readiness equals the plain reference on random histories: everybody at once, and one person opened."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from random import Random
from zoneinfo import ZoneInfo

import pytest

from assessments.verdicts import GateState, Status, Verdict
from curriculum.bundle import to_bundle
from curriculum.ids import ProgrammeId
from people.models import PersonId
from store.beside_gates import meetings_due
from store.ledger import Store
from store.readiness import verdicts
from tests.readiness.differences import differences
from tests.readiness.histories import World, draw_questions, draw_world
from tests.readiness.reference import Reference
from tests.readiness.rule_sets import KINDS

pytestmark = pytest.mark.xdist_group("readiness_reference")

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2030, 1, 1, tzinfo=UTC)
N_WORLDS = 5
N_QUESTIONS = 5
N_OTHER_WORLDS = 2
"""The worlds that are judged with all evidence: twenty boards, beside the ten of the others."""

SLOW_SEED = int(os.environ.get("READINESS_SEED", "1000"))
"""Set the variable to try other histories than usual."""


@dataclass(frozen=True, slots=True)
class Told:
    """Worlds with different people, all recorded in one store."""

    store: Store
    worlds: tuple[World, ...]


def tell(seeds: Iterable[int]) -> Told:
    worlds = tuple(draw_world(seed) for seed in seeds)
    store = Store.memory(clock=lambda: NOW)
    for world in worlds:
        for (_, version_no), programme in world.programmes.items():
            assert store.publish(programme, to_bundle(programme)) == version_no
    records = sorted((r for world in worlds for r in world.records), key=lambda r: r.recorded_at)
    for recorded_at, delivery in groupby(records, key=lambda r: r.recorded_at):
        assert store.append_at(recorded_at, *(record.fact for record in delivery))
    for world in worlds:
        for place in world.redelivered:
            assert not store.append_at(NOW, world.records[place].fact)
    return Told(store, worlds)


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    found = tell(range(N_WORLDS))
    yield found
    found.store.close()


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A programme as of an instant, by what was known at another, and what the reference answers."""

    programme_id: ProgrammeId
    as_of: datetime
    known_at: datetime
    trainees: tuple[PersonId, ...]
    expected: dict[PersonId, Verdict]

    def board(self, store: Store, *, with_evidence: bool = False) -> list[Verdict]:
        """Return what the store answers for everybody."""
        return verdicts(store, self.programme_id, as_of=self.as_of, known_at=self.known_at, with_evidence=with_evidence)


def ask(worlds: Iterable[World]) -> Iterator[Question]:
    """Yield questions about both programmes of each world."""
    for world in worlds:
        programme_ids = sorted({programme_id for programme_id, _ in world.programmes})
        for as_of, known_at in draw_questions(Random(world.trainees[0]), N_QUESTIONS):
            reference = Reference(world.records, world.programmes, as_of, known_at, ZONE)
            for programme_id in programme_ids:
                yield Question(programme_id, as_of, known_at, world.trainees, reference.verdicts(programme_id))


@pytest.fixture(scope="module")
def questions(told: Told) -> tuple[Question, ...]:
    return tuple(ask(told.worlds))


# ---------------------------------------------------------------- what differs


def board_differences(question: Question, found: Sequence[Verdict]) -> list[str]:
    """Return what differs for a whole programme, each line with the question."""
    theirs = {verdict.person_id: verdict for verdict in found}
    assert len(theirs) == len(found)
    return [
        f"{question.programme_id} as of {question.as_of} known {question.known_at} person {person_id}: {line}"
        for person_id in sorted(question.expected.keys() | theirs.keys())
        for line in differences(question.expected.get(person_id), theirs.get(person_id))
    ]


def refuse(wrong: Sequence[str]) -> None:
    """Fail when anything differs."""
    assert not wrong, f"{len(wrong)} differences:\n" + "\n".join(wrong[:20])


# ---------------------------------------------------------------- tests


def test_everybody_at_once_is_judged_as_the_reference_says(told: Told, questions: Sequence[Question]) -> None:
    refuse([line for question in questions for line in board_differences(question, question.board(told.store))])


def test_everybody_opened_rests_on_the_evidence_of_the_reference(told: Told, questions: Sequence[Question]) -> None:
    boards = {question: question.board(told.store, with_evidence=True) for question in questions[::5]}
    refuse([line for question, found in boards.items() for line in board_differences(question, found)])
    gates = [gate for found in boards.values() for verdict in found for gate in verdict.gates]
    assert sum(bool(gate.evidence) for gate in gates) > 500


def test_who_is_late_for_supervision_is_whom_the_reference_finds_late(
    told: Told, questions: Sequence[Question]
) -> None:
    n_late, n_in_time = 0, 0
    for question in questions[::2]:
        found = meetings_due(told.store, question.programme_id, as_of=question.as_of, known_at=question.known_at)
        late = {(due.person_id, due.gate_id): due.is_late for due in found}
        expected = {
            (person_id, gate.gate_id): not gate.parts[1].is_met
            for person_id, verdict in question.expected.items()
            for gate in verdict.gates
            if gate.gate_id.endswith("supervision") and gate.state is not GateState.NOT_REQUIRED
        }
        assert late == expected
        today = told.store.day_of(question.as_of)
        assert all(due.is_late == (due.due_day is None or due.due_day < today) for due in found)
        n_late += sum(late.values())
        n_in_time += len(late) - sum(late.values())
    assert min(n_late, n_in_time) > 50


def test_one_person_is_judged_as_among_everybody(told: Told, questions: Sequence[Question]) -> None:
    rng = Random(7)
    wrong: list[str] = []
    for question in rng.sample(questions, 6):
        person_id = rng.choice(question.trainees)
        found = told.store.verdict(person_id, question.programme_id, question.as_of, question.known_at)
        lines = differences(question.expected.get(person_id), found)
        wrong += [f"{question.programme_id} as of {question.as_of} person {person_id}: {line}" for line in lines]
    refuse(wrong)


def test_the_histories_reach_every_state_of_every_kind_and_every_status(questions: Sequence[Question]) -> None:
    states: dict[str, Counter[GateState]] = {kind: Counter() for kind in KINDS}
    statuses: Counter[Status] = Counter()
    for verdict in (verdict for question in questions for verdict in question.expected.values()):
        statuses[verdict.status] += 1
        for gate in verdict.gates:
            states[gate.gate_id[3:]][gate.state] += 1
    assert set(statuses) == set(Status)
    assert sum(statuses.values()) > 1_000
    assert not [kind for kind, n in states.items() if min(n[GateState.MET], n[GateState.NOT_MET]) < 50]
    assert states["harm"][GateState.NOT_COMPUTABLE] > 50
    assert states["assessor"][GateState.NOT_COMPUTABLE] > 50


@pytest.mark.slow
def test_other_histories_agree_down_to_the_evidence() -> None:
    told = tell(range(SLOW_SEED, SLOW_SEED + N_OTHER_WORLDS))
    boards = [(question, question.board(told.store, with_evidence=True)) for question in ask(told.worlds)]
    told.store.close()
    refuse([line for question, found in boards for line in board_differences(question, found)])
    judged = [gate for _, found in boards for verdict in found for gate in verdict.gates]
    assert {gate.gate_id[3:] for gate in judged if gate.evidence} == set(KINDS)
