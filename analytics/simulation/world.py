"""The simulation itself: week after week everybody lives, what happened is recorded, and now and then people decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from analytics.simulation.calendar import Calendar, Week
from analytics.simulation.course import Course
from analytics.simulation.decisions import decide, revoke_some
from analytics.simulation.faults import Faults
from analytics.simulation.founding import CALIBRATED_EVERY, Register, calibrate, open_cohort, open_hub
from analytics.simulation.learning import study
from analytics.simulation.pen import Pen
from analytics.simulation.persons import Cohort, Hub
from analytics.simulation.population import BEFORE_WEEKS, CohortPlan, HubPlan
from analytics.simulation.practice import practise
from analytics.simulation.support import keep_time, support
from people.facts import ClockChange
from people.models import PersonId
from store.ledger import Store

DECIDES_EVERY: Final = 6
"""Weeks from one round of decisions to the next."""

LAST_ROUND_AGO: Final = 3
"""The last round is so many weeks before the end, so that some wait for a decision then."""


@dataclass(slots=True)
class _HubBook:
    """A hub with its plan while the simulation runs."""

    plan: HubPlan
    hub: Hub


class Simulation:
    """Lives the weeks of a calendar in a synthetic store.

    Attributes:
        hubs: Those opened so far.
        cohorts: Those opened so far.
    """

    def __init__(
        self,
        store: Store,
        calendar: Calendar,
        plans: Sequence[HubPlan],
        *,
        seed: str,
        administrator: PersonId,
        largest_append: int,
        gathers: bool = False,
        first_hub: int = 0,
        faults: Faults | None = None,
        last_round_ago: int = LAST_ROUND_AGO,
    ) -> None:
        """Prepare a simulation of hubs that are to be opened.

        Args:
            store: Where everything is recorded: of a synthetic organisation.
            calendar: The weeks to be lived.
            plans: Hubs that are to be opened, with their cohorts.
            seed: Decides all chance.
            administrator: Who opens hubs.
            largest_append: So many facts are recorded together at the most.
            gathers: Record the weeks up to a round of decisions together, instead of one by one.
            first_hub: How many hubs others have lived before: numbers go on after them.
            faults: What is planted.
            last_round_ago: How many weeks before the end decisions are taken for the last time.
        """
        self._store = store
        self._calendar = calendar
        self._plans = list(plans)
        self._seed = seed
        self._largest = largest_append
        self._gathers = gathers
        self._first_hub = first_hub
        self._faults = faults
        self._last_round_ago = last_round_ago % DECIDES_EVERY
        self._last_round = calendar.n_weeks - last_round_ago
        self._pen = Pen()
        self._register = Register(self._pen, calendar, administrator, store.next_person_id)
        self._books: list[_HubBook] = []
        self.cohorts: list[Cohort] = []

    @property
    def hubs(self) -> list[Hub]:
        """Return the hubs opened so far."""
        return [book.hub for book in self._books]

    def take_over(self, plan: HubPlan, hub: Hub) -> None:
        """Let a hub that exists have the cohorts of a plan."""
        self._books.append(_HubBook(plan, hub))

    def live(self, week: Week) -> int:
        """Live one week and record it; return the number of facts."""
        for number, plan in enumerate(self._plans, self._first_hub):
            if _opens_in(plan) == week.number:
                self._open_hub(plan, number, week)
        for book in self._books:
            self._calibrate(book, week)
            for plan in book.plan.cohorts:
                if plan.first_week - 1 == week.number:
                    self._open_cohort(book, plan, week)
        for cohort in self.cohorts:
            _live_in(cohort, week)
        weeks_left = self._calendar.n_weeks - week.number
        is_round = week.number <= self._last_round and weeks_left % DECIDES_EVERY == self._last_round_ago
        is_last = weeks_left == 1
        n_facts = self._record() if is_round or is_last or not self._gathers else 0
        if is_round:
            for course in self._courses():
                decide(self._store, course, [t for c in self.cohorts if c.course is course for t in c.trainees], week)
            n_facts += self._record()
        return n_facts

    # ------------------------------------------------------------ beginnings

    def _open_hub(self, plan: HubPlan, number: int, week: Week) -> None:
        rng = Random(f"{self._seed}/hub {number}")
        hub = open_hub(self._register, plan, _courses_of(plan), week, rng)
        self._books.append(_HubBook(plan, hub))
        if self._faults is not None:
            self._faults.spoil_raters(hub)

    def _open_cohort(self, book: _HubBook, plan: CohortPlan, week: Week) -> None:
        rng = Random(f"{self._seed}/{book.hub.hub_id}/cohort {len(self.cohorts)}")
        cohort = open_cohort(self._register, book.hub, plan, week, rng)
        self.cohorts.append(cohort)
        if plan.closes and self._faults is not None:
            self._faults.spoil_trainees(cohort)

    def _calibrate(self, book: _HubBook, week: Week) -> None:
        since = week.number - _opens_in(book.plan)
        if since % CALIBRATED_EVERY == 1:
            calibrate(self._register, book.hub, [course.programme_id for course in _courses_of(book.plan)], week)

    def _courses(self) -> Iterable[Course]:
        return {course.programme_id: course for book in self._books for course in _courses_of(book.plan)}.values()

    # ------------------------------------------------------------ recording

    def _record(self) -> int:
        """Hand over what was written, in the order of time; return how many facts."""
        if self._register.names:
            self._store.put_new_names(self._register.names)
            self._register.names = []
        records = self._pen.take()
        for start in range(0, len(records), self._largest):
            self._store.append_history(records[start : start + self._largest])
        return len(records)


def _opens_in(plan: HubPlan) -> int:
    return min(cohort.first_week for cohort in plan.cohorts) - BEFORE_WEEKS


def _courses_of(plan: HubPlan) -> list[Course]:
    return list({cohort.course.programme_id: cohort.course for cohort in plan.cohorts}.values())


def _live_in(cohort: Cohort, week: Week) -> None:
    if week.number < cohort.first_week:
        return
    for trainee in cohort.trainees:
        for act in trainee.later.pop(week.number, ()):
            act(week)
        if trainee.clock == ClockChange.WITHDRAWN:
            continue
        if week.number < trainee.begins_in_week:
            continue
        keep_time(trainee, week)
        if trainee.is_running:
            study(trainee, week)
            support(trainee, week)
            revoke_some(trainee, week)
    practise(cohort, week)
