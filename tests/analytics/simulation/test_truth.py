"""The truth of a simulated store: the same for the same seed, and borne out by what is recorded."""

from statistics import mean

import pytest

from analytics.simulation.course import open_course
from analytics.simulation.truth import Truth
from assessments.facts import Observation, Relation, Response
from assessments.items import right_choice
from people.facts import Enrolment
from store.seals import make_seal
from tests.analytics.simulation.population import Population, populate

pytestmark = pytest.mark.xdist_group("simulation")


def told(population: Population) -> tuple[str, Truth]:
    """Return the hash over all facts, and the truth."""
    return make_seal(population.store).sha256, population.truth


def test_the_same_seed_gives_the_same_facts_however_they_are_written(first_part):
    with populate(first_part, n_trainees=12, seed=1) as one:
        expected = told(one)
        ids = sorted(record.fact.fact_id for record in one.records)
        digests = one.store.digests(ids)
    with populate(first_part, n_trainees=12, seed=1, is_bulk=True) as two:
        assert told(two) == expected
        assert sorted(record.fact.fact_id for record in two.records) == ids
        assert two.store.digests(ids) == digests


def test_another_seed_gives_another_truth(first_part):
    one, same, other = (open_course(first_part, 1, seed) for seed in ("1", "1", "2"))
    assert one == same
    assert one.items != other.items
    assert one.thresholds != other.thresholds


def test_the_truth_can_be_written_and_read(population):
    truth = population.truth
    assert Truth.model_validate_json(truth.model_dump_json()) == truth


def test_every_trainee_and_every_item_is_in_the_truth(population):
    truth = population.truth
    assert {one.person for one in truth.trainees} == {one.person_id for one in population.facts(Enrolment)}
    (programme,) = truth.programmes
    assert [one.item for one in programme.items] == [item.id for item in population.programme.items]
    assert all(len(one.ability_at_end) == len(programme.domains) for one in truth.trainees)


def test_abilities_only_grow(population):
    for one in population.truth.trainees:
        assert all(end >= start for start, end in zip(one.ability_at_start, one.ability_at_end, strict=True))


def test_easy_items_are_answered_rightly_more_often_than_hard_ones(population):
    (programme,) = population.truth.programmes
    difficulty = {one.item: one.difficulty for one in programme.items if one.key == one.answered_key}
    middle = sorted(difficulty.values())[len(difficulty) // 2]
    items = population.programme.item_by_id
    right: dict[bool, list[bool]] = {True: [], False: []}
    for response in population.facts(Response):
        if response.item_id in difficulty:
            is_easy = difficulty[response.item_id] < middle
            right[is_easy].append(response.chosen == right_choice(items[response.item_id]))
    assert mean(right[True]) - mean(right[False]) > 0.05


def test_able_people_pass_more_often_than_others(population):
    ability = {one.person: mean(one.ability_at_end) for one in population.truth.trainees}
    middle = sorted(ability.values())[len(ability) // 2]
    passed: dict[bool, list[bool]] = {True: [], False: []}
    for observation in population.facts(Observation):
        if observation.relation is Relation.TRAINER:
            passed[ability[observation.person_id] >= middle].append(observation.is_passed)
    assert mean(passed[True]) > mean(passed[False])
