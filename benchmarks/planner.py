"""The proposal for supervision: 200 people and 60 free times, each solved to a proved optimum, on drawn problems."""

import random
import time
from datetime import UTC, date, datetime, timedelta
from typing import Final

from analytics.planner import Person, propose
from assessments.facts import Mode
from assessments.free_times import Slot
from assessments.local_time import Span
from benchmarks.results import Result, within
from people.models import PersonId

N_PEOPLE: Final = 200
N_SLOTS: Final = 60
N_SUPERVISORS: Final = 6
N_PROBLEMS: Final = 12
LIMIT_S: Final = 2.0
_FIRST: Final = date(2026, 11, 23)
_ALONE: Final = (Mode.IN_PERSON, Mode.PHONE, Mode.VIDEO)


def measure() -> list[Result]:
    """Return the slowest of several problems, and how many were proved."""
    slowest, n_proved = 0.0, 0
    for seed in range(N_PROBLEMS):
        people, slots = draw_problem(random.Random(seed))
        begun = time.perf_counter()
        plan = propose(people, slots)
        slowest = max(slowest, time.perf_counter() - begun)
        n_proved += plan.gap == 0.0
    what = f"a proposal for {N_PEOPLE} people and {N_SLOTS} free times, slowest of {N_PROBLEMS}"
    proved = Result("proposals whose optimum is proved", f"{n_proved} of {N_PROBLEMS}", target=f"{N_PROBLEMS}")
    return [within(what, slowest, LIMIT_S, unit="s"), proved]


def draw_problem(
    rng: random.Random, n_people: int = N_PEOPLE, n_slots: int = N_SLOTS
) -> tuple[list[Person], list[Slot]]:
    """Return people and free times as a large hub has them: too few times, groups among them, some who said nothing."""
    slots = [_draw_slot(rng, number) for number in range(n_slots)]
    return [_draw_person(rng, number) for number in range(n_people)], slots


def _draw_slot(rng: random.Random, number: int) -> Slot:
    is_group = rng.random() < 0.4
    modes = {*rng.sample(_ALONE, rng.randint(1, 3)), *([Mode.GROUP] if is_group else [])}
    # Each supervisor has one free time a day: none of theirs overlap.
    supervisor, turn = number % N_SUPERVISORS, number // N_SUPERVISORS
    day, hour = _FIRST + timedelta(days=2 * turn), rng.choice([10, 13, 18, 19])
    return Slot(
        supervisor_id=PersonId(1000 + supervisor),
        day=day,
        start_minute=hour * 60,
        zone="UTC",
        minutes=45,
        modes=frozenset(modes),
        languages=frozenset(rng.choice([(), ("en",), ("en", "ar")])),
        n_places=rng.randint(3, 6) if is_group else 1,
        starts_at=datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=hour),
    )


def _draw_person(rng: random.Random, number: int) -> Person:
    days = [_FIRST + timedelta(days=n) for n in range(2 * N_SLOTS // N_SUPERVISORS) if rng.random() < 0.5]
    midnight = [datetime.combine(day, datetime.min.time(), UTC) for day in days]
    hours = rng.choice([(9, 15), (17, 21), (9, 21)])
    return Person(
        person_id=PersonId(number),
        name=f"Person {number}",
        supervisor_ids=frozenset(PersonId(1000 + n) for n in rng.sample(range(N_SUPERVISORS), rng.randint(1, 3))),
        due_day=None if rng.random() < 0.1 else _FIRST + timedelta(days=rng.randint(0, 25)),
        free=tuple(Span(m + timedelta(hours=hours[0]), m + timedelta(hours=hours[1])) for m in midnight)
        if rng.random() < 0.8
        else None,
        modes=frozenset(rng.sample([*_ALONE, Mode.GROUP], rng.randint(1, 4))),
        languages=frozenset(rng.choice([(), ("en",), ("ar",)])),
    )
