"""Any programme can be simulated: here one without quizzes, with two roles, scales and evaluations of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessments.facts import Attempt, Observation, Relation, Tick, YesNo
from assessments.verdicts import Status
from curriculum.loading import load_programme
from store.standing import board_counts
from store.verify import verify
from tests.analytics.simulation.population import Population, populate

pytestmark = pytest.mark.xdist_group("simulation")

PROGRAMMES = Path(__file__).parents[3] / "programmes"
CARERS, ALONGSIDE = PROGRAMMES / "carers-table", PROGRAMMES / "alongside"


@pytest.fixture(scope="module")
def carers() -> Iterator[Population]:
    programme, problems = load_programme(CARERS)
    assert programme is not None, problems
    with populate(programme, n_trainees=12) as made:
        yield made


@pytest.fixture(scope="module")
def alongside() -> Iterator[Population]:
    programme, problems = load_programme(ALONGSIDE)
    assert programme is not None, problems
    with populate(programme, n_trainees=3) as made:
        yield made


def test_points_of_attempts_are_written_in_the_scale_that_they_say(alongside):
    """Where marking is partial, an attempt is kept in hundredths; who reads it as whole points sees 1700 %."""
    items, attempts = alongside.programme.item_by_id, alongside.facts(Attempt)
    assert {one.per_point for one in attempts} == {1, 100}
    for attempt in attempts:
        most = sum(items[one.item_id].points for one in attempt.items)
        assert attempt.score <= attempt.max_score <= most * attempt.per_point


def test_everybody_fills_in_their_own_forms(carers):
    raters = {checklist.id: checklist.rater for checklist in carers.programme.checklists}
    forms = carers.facts(Observation)
    assert all(form.relation is raters[form.checklist_id] for form in forms)
    assert {form.relation for form in forms} == set(Relation)
    assert not any(form.counts for form in forms if form.relation is not Relation.TRAINER)


def test_lines_of_yes_and_no_are_answered_so(carers):
    states = {tick.state for tick in carers.facts(Tick) if tick.line_id.startswith("F5-")}
    assert {YesNo.YES, YesNo.NO} <= states <= set(YesNo)


def test_people_of_a_role_come_to_its_end(carers):
    counts = board_counts(carers.store, carers.programme.head.id)
    assert set(counts) == {role.id for role in carers.programme.head.roles}
    assert sum(one.by_status[Status.SIGNED_OFF] for one in counts.values()) > 0


def test_a_fault_that_a_programme_cannot_have_is_said_to_be_left_out(carers):
    assert {one.kind for one in carers.truth.not_planted} == {"mis_keyed_item", "hub_short_of_supervision"}
    assert verify(carers.store).faults == ()
