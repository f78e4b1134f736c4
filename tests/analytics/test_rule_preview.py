"""A draft of rules: what can be changed, who would stand elsewhere, and that nothing is changed by looking."""

from dataclasses import replace

import pytest
import yaml
from pydantic import TypeAdapter

from analytics.errors import BadChangeError, UnknownChangeError
from analytics.rule_drafts import RuleDraft, changed_gates, draft_text, drafted, knobs_of
from analytics.rule_preview import preview_rules
from assessments.facts import Milestone, MilestoneKind
from assessments.verdicts import Status
from curriculum.bundle import to_bundle
from curriculum.gates import Gate, PortfolioGate, QuizGate, QuizPart
from curriculum.ids import GateId
from people.errors import NotAllowedError
from people.facts import CohortOpened, Enrolment
from people.models import CohortId, HubId, Office, PersonId
from store.readiness import verdicts
from tests.analytics.place import MANAGER, NOW, STRANGER, TRAINEE, TRAINER, WHY, Place, actor, all_gates
from tests.builders import PROGRAMME, QUIZ, ROLE, make_programme

HUB_MANAGER = actor(MANAGER, Office.MANAGER)
LEAD = actor(MANAGER, Office.TRAINING_LEAD)
REFLECTIONS = PortfolioGate(id=GateId("reflections"), title="Reflections", why=WHY, kind="portfolio", min=2)
QUIZZES = QuizGate(id=GateId("quizzes"), title="Quizzes", why=WHY, kind="quiz", parts=(QuizPart(blueprint=QUIZ),))


@pytest.fixture
def place() -> Place:
    """Sunita has one reflection of two, and passed the quiz with all its points."""
    found = Place(REFLECTIONS, QUIZZES)
    found.note(Milestone, kind=MilestoneKind.REFLECTION, what="M1")
    found.attempt()
    return found


def test_who_would_be_ready_is_named_with_the_gate_that_is_the_reason(place: Place) -> None:
    found = preview_rules(place.store, HUB_MANAGER, PROGRAMME, 1, RuleDraft({"reflections": {"min": 1}}))
    (change,) = found.changes
    assert (change.status_before, change.row.verdict.status) == (Status.IN_TRAINING, Status.READY_FOR_DECISION)
    assert change.met == ("reflections",)
    assert found.moves == {(Status.IN_TRAINING, Status.READY_FOR_DECISION): 1}
    assert (found.n_seen, found.n_unseen, found.n_other_versions) == (1, 0, 0)


def test_a_higher_quiz_cut_judges_old_attempts_anew(place: Place) -> None:
    draft = RuleDraft({"reflections": {"min": 1}}, {QUIZ: 100})
    assert preview_rules(place.store, HUB_MANAGER, PROGRAMME, 1, draft).n_moved == 1
    lower = Place(REFLECTIONS, QUIZZES)
    lower.attempt(score=2)
    (change,) = preview_rules(lower.store, HUB_MANAGER, PROGRAMME, 1, RuleDraft(cuts={QUIZ: 50})).changes
    assert change.met == ("quizzes",)
    assert preview_rules(lower.store, HUB_MANAGER, PROGRAMME, 1, RuleDraft(cuts={QUIZ: 51})).changes == ()


def test_looking_changes_nothing(place: Place) -> None:
    before = verdicts(place.store, PROGRAMME, as_of=NOW, known_at=NOW, with_evidence=True)
    position, terms = place.store.position, place.store.terms.unwritten()
    preview_rules(place.store, HUB_MANAGER, PROGRAMME, 1, RuleDraft({"reflections": {"min": 1}}, {QUIZ: 100}))
    assert verdicts(place.store, PROGRAMME, as_of=NOW, known_at=NOW, with_evidence=True) == before
    assert (place.store.position, place.store.terms.unwritten()) == (position, terms)


def test_the_preview_is_what_a_published_version_with_these_rules_says(place: Place) -> None:
    draft = RuleDraft({"reflections": {"min": 1}})
    (change,) = preview_rules(place.store, HUB_MANAGER, PROGRAMME, 1, draft).changes
    then = verdicts(place.store, PROGRAMME, as_of=NOW, known_at=NOW)
    next_version = drafted(place.store.programme(PROGRAMME, 1), draft)
    assert place.store.publish(next_version, to_bundle(next_version)) == 2
    assert verdicts(place.store, PROGRAMME, as_of=NOW, known_at=NOW) == then, "old verdicts stay as they were"
    place.note(Enrolment, 0, cohort_id=CohortId("riverside-spring"), role_id=ROLE, version_no=2)
    (after,) = verdicts(place.store, PROGRAMME, as_of=NOW, known_at=NOW)
    previewed = change.row.verdict
    assert (after.status, [(g.gate_id, g.state, g.have, g.need) for g in after.gates]) == (
        previewed.status,
        [(g.gate_id, g.state, g.have, g.need) for g in previewed.gates],
    )


def test_who_is_judged_by_another_version_is_counted_and_left_alone(place: Place) -> None:
    head = place.store.programme(PROGRAMME, 1).head.model_copy(update={"version": "9.0.0"})
    second = make_programme(gates=(REFLECTIONS,), head=head)
    place.store.publish(second, to_bundle(second))
    place.note(Enrolment, -1, person_id=STRANGER, cohort_id=CohortId("riverside-spring"), role_id=ROLE, version_no=2)
    found = preview_rules(place.store, HUB_MANAGER, PROGRAMME, 1, RuleDraft({"reflections": {"min": 1}}))
    assert (found.n_seen, found.n_other_versions) == (1, 1)


def test_people_of_other_hubs_are_numbers_and_small_ones_are_hidden(place: Place) -> None:
    elsewhere = CohortId("hillside-spring")
    opened = {"hub_id": HubId("hillside"), "title": "Spring", "starts_on": NOW.date()}
    place.note(CohortOpened, -100, cohort_id=elsewhere, **opened)
    for number in range(7):
        place.note(Enrolment, -90, person_id=PersonId(50 + number), cohort_id=elsewhere, role_id=ROLE, version_no=1)
    draft = RuleDraft({"reflections": {"min": 1}})
    found = preview_rules(place.store, HUB_MANAGER, PROGRAMME, 1, draft)
    assert {change.row.verdict.person_id for change in found.changes} == {TRAINEE}
    assert (found.n_unseen, dict(found.unseen_moves)) == (7, {(Status.NOT_STARTED, Status.NOT_STARTED): 7})
    there = preview_rules(place.store, actor(MANAGER, Office.MANAGER, HubId("hillside")), PROGRAMME, 1, draft)
    assert there.n_unseen is None
    assert set(there.unseen_moves.values()) == {None}
    assert not there.changes


@pytest.mark.parametrize("who", [actor(TRAINER, Office.TRAINER), actor(TRAINEE, Office.TRAINEE)])
def test_only_who_may_draft_rules_sees_a_preview(place: Place, who: object) -> None:
    with pytest.raises(NotAllowedError):
        preview_rules(place.store, who, PROGRAMME, 1, RuleDraft())  # type: ignore[arg-type]


# ---------------------------------------------------------------- drafts


def test_every_kind_of_gate_offers_its_numbers_within_their_limits() -> None:
    programme = make_programme(gates=all_gates())
    for gate in programme.gates:
        knobs = knobs_of(programme, gate)
        assert knobs[0].path == "severity"
        for knob in knobs:
            draft = RuleDraft({gate.id: {knob.path: knob.choices[-1] if knob.choices else knob.value}})
            assert drafted(programme, draft).gates
        numbers = [knob for knob in knobs if knob.least is not None]
        for knob in numbers:
            with pytest.raises(BadChangeError):
                drafted(programme, RuleDraft({gate.id: {knob.path: int(knob.least or 0) - 1}}))


def test_what_does_not_exist_cannot_be_changed() -> None:
    programme = make_programme(gates=(REFLECTIONS,))
    for draft, named in (
        (RuleDraft({"reflection": {"min": 1}}), "`reflection`"),
        (RuleDraft({"reflections": {"max": 1}}), "`reflections.max`"),
        (RuleDraft({"reflections": {"title": "x"}}), "`reflections.title`"),
    ):
        with pytest.raises(UnknownChangeError, match=named):
            drafted(programme, draft)


@pytest.mark.parametrize("gate", all_gates(), ids=lambda gate: gate.kind)
def test_the_text_of_a_draft_reads_back_as_the_drafted_gate(gate: Gate) -> None:
    programme = make_programme(gates=(gate,))
    draft = RuleDraft({gate.id: {"severity": "warn"}})
    body = "\n".join(line for line in draft_text(programme, draft).splitlines() if not line.startswith("#"))
    (raw,) = yaml.safe_load(f"gates:\n{body}")["gates"]
    (expected,) = changed_gates(programme, draft)
    assert TypeAdapter[Gate](Gate).validate_python(raw) == expected.model_copy(update={"reviewed": "not yet"})


def test_an_empty_draft_is_told_from_one() -> None:
    assert RuleDraft().is_empty
    assert RuleDraft({"reflections": {}}).is_empty
    assert not RuleDraft(cuts={QUIZ: 1}).is_empty
    assert replace(RuleDraft(), cuts={QUIZ: 90}).words() == [f"{QUIZ}=90 %"]
