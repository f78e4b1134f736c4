"""Who may see how somebody stands, and what they see: the tree down to the facts, or states alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from analytics.explanation import Explanation, GateExplanation
from analytics.readiness import explain_verdict, see_flip, see_gate, see_today, see_whole_board, see_whole_flip
from assessments.facts import (
    Attendance,
    Calibration,
    Certificate,
    Milestone,
    MilestoneKind,
    Mode,
    ParticipantSummary,
    Presence,
    Relation,
    Supervision,
)
from assessments.verdicts import Status
from curriculum.ids import CertificateId, GateId
from people.errors import NotAllowedError, NotKnownError
from people.models import Actor, CohortId, HubId, Office, PersonId
from store.readiness import verdicts
from tests.analytics.place import COHORT, HUB, MANAGER, STRANGER, TRAINEE, TRAINER, Place, actor
from tests.builders import PROGRAMME

OWN = actor(TRAINEE, Office.TRAINEE)
HER_TRAINER = actor(TRAINER, Office.TRAINER)
ANOTHER_TRAINER = actor(STRANGER, Office.TRAINER)
HUB_MANAGER = actor(MANAGER, Office.MANAGER)
LEAD = actor(MANAGER, Office.TRAINING_LEAD)
ELSEWHERE = HubId("hillside")


def explained(place: Place) -> Explanation:
    (found,) = verdicts(
        place.store, PROGRAMME, person_id=TRAINEE, as_of=place.now, known_at=place.now, with_evidence=True
    )
    return explain_verdict(place.store, found)


def gate_of(explanation: Explanation, kind: str) -> GateExplanation:
    return next(gate for gate in explanation.gates if gate.gate.kind == kind)


# ---------------------------------------------------------------- rights


@pytest.mark.parametrize("who", [OWN, HER_TRAINER, LEAD])
def test_those_near_the_person_see_why(place: Place, who: Actor) -> None:
    assert see_gate(place.store, who, TRAINEE, PROGRAMME, GateId("quiz")) is not None


@pytest.mark.parametrize(
    "who",
    [
        ANOTHER_TRAINER,
        HUB_MANAGER,
        actor(STRANGER, Office.TRAINEE),
        actor(MANAGER, Office.TRAINING_LEAD, ELSEWHERE),
        actor(MANAGER, Office.SAFEGUARDING_LEAD),
        actor(MANAGER, Office.COORDINATOR),
        actor(MANAGER, Office.FUNDER),
        actor(MANAGER, Office.ADMINISTRATOR, None),
    ],
)
def test_others_do_not_see_why(place: Place, who: Actor) -> None:
    with pytest.raises(NotAllowedError):
        see_gate(place.store, who, TRAINEE, PROGRAMME, GateId("quiz"))


def test_the_manager_sees_the_board_without_evidence(place: Place) -> None:
    place.attempt()
    (row,) = see_whole_board(place.store, HUB_MANAGER, PROGRAMME, HUB).rows
    quiz = next(gate for gate in row.verdict.gates if gate.gate_id == "quiz")
    assert (row.name, quiz.have, quiz.evidence, quiz.parts) == ("Sunita", 1, (), ())
    assert see_today(place.store, HUB_MANAGER, TRAINEE, PROGRAMME) == row.verdict


@pytest.mark.parametrize(
    "who",
    [
        OWN,
        HER_TRAINER,
        actor(MANAGER, Office.MANAGER, ELSEWHERE),
        actor(MANAGER, Office.FUNDER),
        actor(MANAGER, Office.COORDINATOR),
    ],
)
def test_others_do_not_see_the_board(place: Place, who: Actor) -> None:
    with pytest.raises(NotAllowedError):
        see_whole_board(place.store, who, PROGRAMME, HUB)
    with pytest.raises(NotAllowedError):
        see_whole_board(place.store, who, PROGRAMME, HUB, as_of=place.now)


def test_a_cohort_of_another_hub_is_not_reached_through_ones_own(place: Place) -> None:
    with pytest.raises(NotKnownError):
        see_whole_board(place.store, HUB_MANAGER, PROGRAMME, HUB, cohort_id=CohortId("hillside-spring"))
    assert see_whole_board(place.store, HUB_MANAGER, PROGRAMME, HUB, cohort_id=COHORT).rows


def test_nobody_sees_a_person_who_is_not_enrolled(place: Place) -> None:
    nobody, person = Actor(PersonId(9), "Nine"), PersonId(9)
    assert see_whole_flip(place.store, nobody, person, PROGRAMME) is None
    assert see_today(place.store, nobody, person, PROGRAMME) is None
    assert see_gate(place.store, nobody, person, PROGRAMME, GateId("quiz")) is None
    assert see_gate(place.store, OWN, TRAINEE, PROGRAMME, GateId("none")) is None


# ---------------------------------------------------------------- the past


def test_a_board_of_the_past_shows_what_was_so_and_known_then(place: Place) -> None:
    place.attempt(-1)
    then = place.now - timedelta(days=5)
    (now,), (past,) = (
        see_whole_board(place.store, HUB_MANAGER, PROGRAMME, HUB, as_of=as_of).rows for as_of in (place.now, then)
    )
    assert (now.verdict.status, past.verdict.status) == (Status.IN_TRAINING, Status.NOT_STARTED)
    (unknown,) = see_whole_board(place.store, HUB_MANAGER, PROGRAMME, HUB, as_of=place.now, known_at=then).rows
    assert unknown.verdict.status is Status.NOT_STARTED
    assert (past.name, past.verdict.as_of) == ("Sunita", then)


# ---------------------------------------------------------------- the tree


def test_the_tree_leads_from_the_gate_to_the_facts(place: Place) -> None:
    attempt = place.attempt(-7)
    tree = explained(place)
    quiz = gate_of(tree, "quiz")
    (part,) = quiz.parts
    (fact,) = part.facts
    assert (tree.name, quiz.gate.title, quiz.next, part.label.text()) == ("Sunita", "Quiz", None, "Quiz: Quiz")
    assert (fact.fact_id, fact.words.text(), fact.by) == (attempt.fact_id, "Quiz: 4 of 4 points", "Tom")
    assert (fact.on, fact.age_days) == (date(2026, 3, 3), 7)


def test_an_open_gate_says_what_to_do_next(place: Place) -> None:
    tree = explained(place)
    quiz = gate_of(tree, "quiz").next
    assert tree.next is not None
    assert quiz is not None
    assert tree.next.text() == "Show your trainer: References."
    assert quiz.text() == "Pass the quiz: Quiz."


def test_one_gate_opened_alone_is_the_gate_of_the_tree(place: Place) -> None:
    place.attempt(-7)
    place.observe(-3)
    tree = explained(place)
    for gate in tree.gates:
        alone = see_gate(place.store, OWN, TRAINEE, PROGRAMME, gate.gate.id)
        assert alone is not None
        assert replace(alone, flip=None) == gate


def test_every_kind_of_fact_has_plain_words(place: Place) -> None:
    place.note(Calibration, -90, person_id=TRAINER, is_passed=True)
    place.note(Attendance, session_id="T2", presence=Presence.MADE_UP, minutes=1)
    whats = {
        MilestoneKind.PREREQUISITE: "references",
        MilestoneKind.PEER_MODEL: "Session 2",
        MilestoneKind.REFLECTION: "M1",
        MilestoneKind.GROUP_DELIVERED: "Autumn",
    }
    for kind, what in whats.items():
        place.note(Milestone, kind=kind, what=what)
    place.note(Supervision, supervisor_id=TRAINER, minutes=45, mode=Mode.PHONE)
    dates = {"issued_on": date(2026, 1, 2), "expires_on": date(2027, 1, 2)}
    place.record(Certificate, certificate_id=CertificateId("safeguarding"), **dates)
    place.note(ParticipantSummary, group_code="Autumn", mean_hundredths=425, n_answers=6)
    place.attempt()
    place.observe()
    place.observe(actor_id=TRAINEE, relation=Relation.SELF)
    lines = {
        fact.words.text(): fact.by for gate in explained(place).gates for part in gate.parts for fact in part.facts
    }
    assert set(lines.values()) <= {"Tom", "Sunita"}
    assert set(lines) == {
        "Second, 1 minute",
        "Seen: References",
        "Watched an experienced leader: Session 2",
        "Reflection: M1",
        "Led a whole group: Autumn",
        "Supervision, 45 minutes",
        "Safeguarding, valid until 2 Jan 2027",
        "Feedback of Autumn: mean 4.25, 6 answers",
        "Quiz: 4 of 4 points",
        "Watched in a real group: Opening",
    }


# ---------------------------------------------------------------- what would open a gate


def test_an_opened_gate_says_what_would_open_it(place: Place) -> None:
    explained_gate = see_gate(place.store, HER_TRAINER, TRAINEE, PROGRAMME, GateId("quiz"))
    assert explained_gate is not None
    assert explained_gate.flip is not None
    (thing,) = explained_gate.flip.things
    assert (thing.times, thing.words.text()) == (1, "quiz passed: Quiz")
    place.attempt()
    passed = see_gate(place.store, HER_TRAINER, TRAINEE, PROGRAMME, GateId("quiz"))
    assert passed is not None
    assert passed.flip is None


def test_the_manager_reads_what_is_missing_only_where_it_tells_nothing_of_ratings_and_scores(place: Place) -> None:
    meetings = see_flip(place.store, HUB_MANAGER, TRAINEE, PROGRAMME, GateId("supervision"))
    assert meetings is not None
    assert meetings.facts
    for hidden in ("quiz", "harm", "level", "practice"):
        assert see_flip(place.store, HUB_MANAGER, TRAINEE, PROGRAMME, GateId(hidden)) is None


def test_the_whole_set_tells_the_manager_no_more_than_the_gates_one_by_one(place: Place) -> None:
    trainer = see_whole_flip(place.store, HER_TRAINER, TRAINEE, PROGRAMME)
    manager = see_whole_flip(place.store, HUB_MANAGER, TRAINEE, PROGRAMME)
    assert trainer is not None
    assert manager is not None
    assert trainer.n_hidden == 0
    assert manager.n_hidden == len(trainer.flip.gate_ids) + len(trainer.flip.waits_for) - len(manager.flip.gate_ids)
    assert manager.n_hidden > 3
    kinds = {gate.id: gate.kind for gate in place.programme.gates}
    assert {kinds[gate_id] for gate_id in manager.flip.gate_ids} == {
        "prerequisite", "dose", "supervision", "certificate", "peer_model", "portfolio", "groups_delivered",
    }  # fmt: skip
    assert manager.flip.facts
