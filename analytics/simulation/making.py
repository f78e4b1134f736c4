"""Makes a store of simulated cohorts, with the truth beside it."""

import gc
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from analytics.simulation.ability import STANDARD
from analytics.simulation.calendar import Calendar
from analytics.simulation.course import Course, open_course
from analytics.simulation.faults import Faults, plan_faults
from analytics.simulation.pen import derived_nonce
from analytics.simulation.persons import Hub, Trainee, everybody
from analytics.simulation.population import HubPlan, plan_population, simulated_weeks
from analytics.simulation.truth import (
    BehaviourTruth,
    HubTruth,
    ItemTruth,
    ProgrammeTruth,
    RaterTruth,
    TraineeTruth,
    Truth,
    truth_path,
)
from analytics.simulation.world import Simulation
from assessments.items import right_choice
from assessments.service.programmes import approve_safeguarding_text, publish_programme
from assessments.verdicts import Status
from curriculum.bundle import to_bundle
from curriculum.models import Programme
from people.facts import Grant, PersonAdded
from people.ids import ROOT, derived_fact_id
from people.models import OPERATOR, Actor, HeldGrant, Office, PersonName, Scope
from store.errors import StoreExistsError
from store.ledger import Store
from store.standing import board_counts, catch_up

ALL_ANSWERS_UP_TO: Final = 300
"""Of so many trainees single answers are kept of everybody, unless told otherwise."""

LIVED_TOGETHER: Final = 5_000
"""Hubs with about so many trainees live all weeks together, then the next ones, so that few people are in memory."""

_APPEND: Final = 5_000
_BULK_APPEND: Final = 100_000
_NUMBERS_KEPT: Final = 1_000_000

Tell = Callable[[int, int, int], None]
"""Told how many weeks of how many are over, those of each group of hubs counted, and how many facts there are."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be simulated. `until` is the first day that is not; without `n_hubs` a hub has about five cohorts."""

    n_trainees: int
    seed: int
    until: date
    programmes: tuple[Programme, ...]
    keeps_all_answers: bool
    is_bulk: bool = False
    n_hubs: int | None = None
    media: Mapping[str, bytes] = field(default_factory=dict[str, bytes])


@dataclass(frozen=True, slots=True)
class Made:
    """What was made."""

    n_facts: int
    n_hubs: int
    n_cohorts: int
    by_status: Counter[Status]
    truth: Truth


@dataclass(slots=True)
class Clock:
    """A clock that stands where it was set."""

    now: datetime

    def __call__(self) -> datetime:
        """Return the instant it was set to."""
        return self.now


def make_store(path: Path, request: Request, tell: Tell) -> Made:
    """Write simulated cohorts into a new file, and their truth beside it.

    Nothing stands at the path before all is done.

    Raises:
        StoreExistsError: A file is there, or a truth beside it.
    """
    for taken in (path, truth_path(path)):
        if taken.exists():
            raise StoreExistsError(taken)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.with_name(f"{unfinished.name}.wal").unlink(missing_ok=True)
    calendar = calendar_of(request)
    clock = Clock(calendar.week(0).starts[0])
    store = Store.open(unfinished, clock=clock, zone=str(calendar.zone), is_synthetic=True)
    try:
        made = simulate(store, clock, calendar, request, tell)
    finally:
        store.close()
    truth_path(path).write_text(made.truth.model_dump_json(indent=1), "utf-8")
    unfinished.chmod(0o600)
    unfinished.replace(path)
    return made


def calendar_of(request: Request) -> Calendar:
    """Return the weeks that are simulated: enough for sign-offs to run out."""
    zone = ZoneInfo(request.programmes[0].head.timezone)
    weeks = max(simulated_weeks([open_course(one, 1, "")]) for one in request.programmes)
    return Calendar(request.until, weeks, zone)


def simulate(store: Store, clock: Clock, calendar: Calendar, request: Request, tell: Tell) -> Made:
    """Simulate in a new synthetic store.

    Raises:
        NotSyntheticError: The organisation's people are real.
    """
    store.invent_nonces(derived_nonce)
    store.fact_numbers.capacity = _NUMBERS_KEPT
    team = _Team(store, clock.now)
    courses = [open_course(one, team.publish(one, request.media), str(request.seed)) for one in request.programmes]
    rng = Random(f"{request.seed}/plan")
    plans = plan_population(
        request.n_trainees,
        courses,
        calendar.n_weeks,
        rng,
        keeps_all_answers=request.keeps_all_answers,
        n_hubs=request.n_hubs,
    )
    faults = plan_faults(plans, courses, calendar, rng)
    if request.is_bulk:
        store.engine.write_in_bulk()
    lived = _Lived()
    groups = _groups(plans)
    with _without_collection():
        for number, group in enumerate(groups):
            simulation = Simulation(
                store,
                calendar,
                group,
                seed=str(request.seed),
                administrator=team.administrator.person_id,
                largest_append=_BULK_APPEND if request.is_bulk else _APPEND,
                gathers=request.is_bulk,
                first_hub=len(lived.hubs),
                faults=faults,
            )
            for week in calendar.weeks():
                clock.now = week.end
                lived.n_facts += simulation.live(week)
                tell(number * calendar.n_weeks + week.number + 1, len(groups) * calendar.n_weeks, lived.n_facts)
            lived.take_up(simulation)
            del simulation
            # People and cohorts know each other: only the collector frees them.
            gc.collect()
    catch_up(store)
    return Made(
        n_facts=store.position,
        n_hubs=len(lived.hubs),
        n_cohorts=lived.n_cohorts,
        by_status=_count(store, courses),
        truth=_truth(request, courses, lived, faults),
    )


@dataclass(slots=True)
class _Lived:
    """What is kept of the groups of hubs whose weeks are over."""

    n_facts: int = 0
    n_cohorts: int = 0
    hubs: list[Hub] = field(default_factory=list[Hub])
    trainees: list[TraineeTruth] = field(default_factory=list[TraineeTruth])

    def take_up(self, simulation: Simulation) -> None:
        self.n_cohorts += len(simulation.cohorts)
        self.hubs += simulation.hubs
        self.trainees += map(_trainee_truth, everybody(simulation.cohorts))


def _groups(plans: Sequence[HubPlan]) -> list[list[HubPlan]]:
    """Return the hubs in groups of so many trainees, or one group where there are fewer."""
    groups: list[list[HubPlan]] = [[]]
    n_trainees = 0
    for plan in plans:
        if n_trainees >= LIVED_TOGETHER:
            groups.append([])
            n_trainees = 0
        groups[-1].append(plan)
        n_trainees += sum(cohort.size for cohort in plan.cohorts)
    return groups


@contextmanager
def _without_collection() -> Generator[None]:
    """Keep the collector of cycles from walking over millions of facts that are in none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _count(store: Store, courses: Sequence[Course]) -> Counter[Status]:
    roles = (counts for course in courses for counts in board_counts(store, course.programme_id).values())
    return sum((counts.by_status for counts in roles), Counter[Status]())


class _Team:
    """Those above the hubs: an administrator, and who publishes and approves programmes for all of them."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._now = now
        self.administrator = self._add("Administrator", "admin", Office.ADMINISTRATOR)
        self._lead = self._add("Programme team", "programme-team", Office.TRAINING_LEAD)
        self._reviewer = self._add("Safeguarding reviewer", "safeguarding-reviewer", Office.SAFEGUARDING_LEAD)

    def _add(self, name: str, login: str, office: Office) -> Actor:
        person_id = self._store.next_person_id()
        added_id = derived_fact_id(ROOT, f"administrator/{person_id}")
        added = PersonAdded(
            fact_id=added_id, person_id=person_id, actor_id=OPERATOR, occurred_at=self._now, via="setup"
        )
        grant = Grant(
            fact_id=derived_fact_id(added_id, "grant"),
            person_id=person_id,
            actor_id=OPERATOR,
            occurred_at=self._now,
            office=office,
            scope=Scope.ALL,
        )
        self._store.put_new_names([PersonName(person_id, name, login)])
        self._store.append_at(self._now, added, grant)
        return Actor(person_id, name, (HeldGrant(office),))

    def publish(self, programme: Programme, media: Mapping[str, bytes]) -> int:
        """Return the number of the version, published and approved; without its files, questions say them in words."""
        head = programme.head
        shown = programme if media else programme.model_copy(update={"media": ()})
        bundle = to_bundle(shown)
        version_no = publish_programme(self._store, self._lead, shown, bundle, self._now, media=media)
        approve_safeguarding_text(
            self._store,
            self._reviewer,
            head.id,
            version_no,
            "Safeguarding reviewer (invented)",
            qualification="Simulation only: no real review took place",
            now=self._now,
        )
        return version_no


# ---------------------------------------------------------------- the truth


def _truth(request: Request, courses: Iterable[Course], lived: _Lived, faults: Faults) -> Truth:
    return Truth(
        seed=request.seed,
        until=request.until,
        n_trainees=request.n_trainees,
        answers="all" if request.keeps_all_answers else "some_cohorts",
        standard=STANDARD,
        programmes=tuple(_programme_truth(course) for course in courses),
        hubs=tuple(_hub_truth(hub) for hub in lived.hubs),
        raters=tuple(one for hub in lived.hubs for one in _rater_truths(hub)),
        trainees=tuple(lived.trainees),
        faults=faults.told(lived.hubs),
        not_planted=tuple(faults.not_planted),
    )


def _programme_truth(course: Course) -> ProgrammeTruth:
    return ProgrammeTruth(
        programme=course.programme_id,
        version_no=course.version_no,
        domains=course.domains,
        items=tuple(
            ItemTruth(
                item=item.id,
                difficulty=_rounded(truth.difficulty),
                discrimination=_rounded(truth.discrimination),
                pulls=tuple(map(_rounded, truth.pulls)),
                key=right_choice(item),
                answered_key=truth.key,
            )
            for item, truth in ((item, course.items[item.id]) for item in course.programme.items)
        ),
        behaviours=tuple(
            BehaviourTruth(behaviour=name, threshold=_rounded(value)) for name, value in course.thresholds.items()
        ),
    )


def _hub_truth(hub: Hub) -> HubTruth:
    return HubTruth(hub=hub.hub_id, supply=hub.supply, n_offered=hub.n_offered, n_held=hub.n_held)


def _rater_truths(hub: Hub) -> Iterable[RaterTruth]:
    for rater in hub.raters:
        yield RaterTruth(
            person=rater.person_id,
            hub=hub.hub_id,
            severity=_rounded(rater.severity),
            drift_per_year=_rounded(rater.drift),
            since=rater.since.date(),
        )


def _trainee_truth(trainee: Trainee) -> TraineeTruth:
    return TraineeTruth(
        person=trainee.person_id,
        programme=trainee.course.programme_id,
        role=trainee.role_id,
        cohort=trainee.cohort.cohort_id,
        ability_at_start=tuple(map(_rounded, trainee.ability_at_start)),
        ability_at_end=tuple(map(_rounded, trainee.ability.now)),
        is_at_standard=trainee.ability.is_at_standard,
        has_answers=trainee.cohort.keeps_answers,
    )


def _rounded(value: float) -> float:
    return round(value, 4)
