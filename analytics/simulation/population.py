"""Who begins where and when: hubs, their cohorts and how large these are."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from analytics.simulation.course import Course
from analytics.simulation.names import place_name

SMALLEST: Final = 6
LARGEST: Final = 20
COHORTS_A_HUB: Final = 5
SLACK_WEEKS: Final = 12
"""How much longer than the shortest way a cohort is planned to take."""

BEFORE_WEEKS: Final = 6
"""A hub is opened, and has its trainers calibrated, so many weeks before its first cohort begins."""

FULL_SUPPLY: Final = 0.93
ANSWERS_OF: Final = 1_000
"""Where single answers, ticks and pages are not kept of all, they are of some cohorts: of about so many trainees."""

LEAST_APART: Final = 10


@dataclass(frozen=True, slots=True)
class CohortPlan:
    """A cohort to be: `first_week` counts from the beginning of the simulation, `n_weeks` is its planned length.

    `closes` marks the one that ends soon after the simulation; `title` may be left to the hub.
    """

    course: Course
    size: int
    first_week: int
    n_weeks: int
    keeps_answers: bool = True
    closes: bool = False
    title: str = ""


@dataclass(slots=True)
class HubPlan:
    """A hub to be. `supply` is the share of due supervision meetings that take place."""

    title: str
    n_raters: int
    supply: float = FULL_SUPPLY
    cohorts: list[CohortPlan] = field(default_factory=list[CohortPlan])


def planned_weeks(course: Course) -> int:
    """Return how long a cohort of the programme is planned to take."""
    head = course.programme.head
    longest = max(len(path.occasions) for path in course.paths.values())
    return max(len(head.sessions), len(course.programme.modules)) + longest + SLACK_WEEKS


def simulated_weeks(courses: Sequence[Course]) -> int:
    """Return how long a history has to be so that sign-offs run out in it."""
    months = max(course.programme.head.decision.valid_months for course in courses)
    return BEFORE_WEEKS + max(map(planned_weeks, courses)) + math.ceil(months * 4.4) + 26


def plan_population(
    n_trainees: int,
    courses: Sequence[Course],
    n_weeks: int,
    rng: Random,
    *,
    keeps_all_answers: bool,
    n_hubs: int | None = None,
) -> list[HubPlan]:
    """Return hubs and cohorts for so many trainees, spread over the weeks; the programmes take turns.

    As many hubs as make about five cohorts each, unless `n_hubs` is given; a hub with more has more trainers too.
    """
    sizes = _draw_sizes(n_trainees, rng)
    if n_hubs is None:
        n_hubs = max(min(2, len(sizes)), math.ceil(len(sizes) / COHORTS_A_HUB))
    n_hubs = min(n_hubs, len(sizes))
    staffs = max(1, round(len(sizes) / n_hubs / COHORTS_A_HUB))
    hubs = [HubPlan(place_name(number), rng.randint(2, 4) * staffs) for number in range(n_hubs)]
    starts = _spread_starts(len(sizes), n_weeks, rng)
    closing = _closing_cohort(starts, courses, n_weeks)
    answers_in_one_of = 1 if keeps_all_answers else max(n_trainees // ANSWERS_OF, LEAST_APART)
    for number, (size, first_week) in enumerate(zip(sizes, starts, strict=True)):
        course = courses[number % len(courses)]
        length = planned_weeks(course)
        closes = number == closing
        begins = n_weeks - length + 1 if closes else first_week
        keeps = number % answers_in_one_of == 0
        hubs[number % n_hubs].cohorts.append(CohortPlan(course, size, begins, length, keeps, closes))
    return hubs


def _draw_sizes(n_trainees: int, rng: Random) -> list[int]:
    """Return sizes of 6 to 20, smaller ones where there are few people, so that these too make several cohorts."""
    largest = LARGEST if n_trainees >= 200 else 10
    sizes: list[int] = []
    left = n_trainees
    while left >= SMALLEST + largest:
        sizes.append(rng.randint(SMALLEST, largest))
        left -= sizes[-1]
    return [*sizes, left] if left <= LARGEST else [*sizes, left // 2, left - left // 2]


def _spread_starts(n_cohorts: int, n_weeks: int, rng: Random) -> list[int]:
    """Return the first week of each cohort, oldest first; the newest begins in the last week."""
    span = n_weeks - BEFORE_WEEKS - 1
    starts = [BEFORE_WEEKS + int(span * (number + rng.random()) / n_cohorts) for number in range(n_cohorts)]
    starts[-1] = n_weeks - 1
    return starts


def _closing_cohort(starts: Sequence[int], courses: Sequence[Course], n_weeks: int) -> int:
    """Return the number of the cohort whose plan ends nearest to the end of the simulation."""
    distances = [
        (abs(start + planned_weeks(courses[number % len(courses)]) - n_weeks - 1), number)
        for number, start in enumerate(starts)
    ]
    return min(distances)[1]
