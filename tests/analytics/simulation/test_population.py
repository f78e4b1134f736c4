"""Hubs and cohorts as they are planned."""

from random import Random

import pytest

from analytics.simulation.course import Course, open_course
from analytics.simulation.population import (
    ANSWERS_OF,
    BEFORE_WEEKS,
    LARGEST,
    SMALLEST,
    CohortPlan,
    plan_population,
    simulated_weeks,
)


@pytest.fixture(scope="module")
def course(first_part) -> Course:
    return open_course(first_part, 1, "1")


def plan(course: Course, n_trainees: int, *, keeps_all_answers: bool = False) -> list[CohortPlan]:
    n_weeks = simulated_weeks([course])
    hubs = plan_population(n_trainees, [course], n_weeks, Random(1), keeps_all_answers=keeps_all_answers)
    return [cohort for hub in hubs for cohort in hub.cohorts]


@pytest.mark.parametrize("n_trainees", [6, 7, 15, 16, 21, 40, 199, 200, 1_000, 10_000])
def test_everybody_is_in_a_cohort_of_six_to_twenty(course, n_trainees):
    sizes = [cohort.size for cohort in plan(course, n_trainees)]
    assert sum(sizes) == n_trainees
    assert all(SMALLEST <= size <= LARGEST for size in sizes)


@pytest.mark.parametrize("n_trainees", [6, 40, 1_000])
def test_one_cohort_closes_soon_and_one_has_just_begun(course, n_trainees):
    cohorts = plan(course, n_trainees)
    n_weeks = simulated_weeks([course])
    (closing,) = (cohort for cohort in cohorts if cohort.closes)
    assert closing.first_week + closing.n_weeks == n_weeks + 1
    assert all(BEFORE_WEEKS <= cohort.first_week < n_weeks for cohort in cohorts)
    assert n_trainees == 6 or max(cohort.first_week for cohort in cohorts) == n_weeks - 1


def test_single_answers_are_kept_of_all_or_of_some_cohorts(course):
    assert all(cohort.keeps_answers for cohort in plan(course, 1_000, keeps_all_answers=True))
    kept = sum(cohort.size for cohort in plan(course, 10_000) if cohort.keeps_answers)
    assert 0.8 * ANSWERS_OF <= kept <= 1.2 * ANSWERS_OF


@pytest.mark.parametrize(("n_hubs", "n_made"), [(1, 1), (3, 3), (1_000, 16)])
def test_cohorts_are_dealt_out_among_the_hubs_asked_for_with_trainers_for_each(course, n_hubs, n_made):
    n_weeks = simulated_weeks([course])
    hubs = plan_population(200, [course], n_weeks, Random(1), keeps_all_answers=False, n_hubs=n_hubs)
    numbers = [len(hub.cohorts) for hub in hubs]
    assert len(hubs) == min(n_hubs, sum(numbers)) <= n_made
    assert sum(cohort.size for hub in hubs for cohort in hub.cohorts) == 200
    assert max(numbers) - min(numbers) <= 1
    assert all(hub.n_raters * 5 >= len(hub.cohorts) for hub in hubs)
