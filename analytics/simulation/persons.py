"""Everybody in a simulation, with what is known about them only here: abilities, habits, severity, plans."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from analytics.simulation.ability import Ability
from analytics.simulation.calendar import Calendar, Week
from analytics.simulation.course import Course
from analytics.simulation.path import Occasion, Path
from analytics.simulation.pen import Pen, new_fact_id
from analytics.simulation.watching import Rater
from assessments.facts import AttemptStarted, Attendance, Hold, SignOff
from assessments.items import Given
from curriculum.ids import BehaviourId, BlueprintId, CertificateId, ChecklistId, ItemId, RoleId, ScenarioId
from curriculum.models import Setting
from people.facts import ClockChange, Enrolment, FactId
from people.models import CohortId, HubId, PersonId

Act = Callable[[Week], None]
"""Something that was put off to a later week."""


@dataclass(slots=True)
class Hub:
    """A hub with its staff.

    `supply` is the share of supervision meetings that take place when they are due, 0 to 1. `n_offered` and `n_held`
    count them.
    """

    hub_id: HubId
    title: str
    manager: PersonId
    training_lead: PersonId
    safeguarding: tuple[PersonId, ...]
    raters: list[Rater]
    supply: float
    rng: Random
    n_offered: int = 0
    n_held: int = 0


@dataclass(slots=True)
class Cohort:
    """Those who start together. `keeps_answers` says that single answers, ticks and pages are recorded too."""

    cohort_id: CohortId
    hub: Hub
    course: Course
    title: str
    first_week: int
    ends_on: date
    keeps_answers: bool
    trainees: list["Trainee"] = field(default_factory=list["Trainee"])


@dataclass(slots=True)
class Quiz:
    """How far somebody came with a quiz.

    `n_used` counts attempts since the last unlock; `open` is a form that waits to be gone on with, `given` what was
    chosen on the newest form, by position.
    """

    n_started: int = 0
    n_used: int = 0
    is_passed: bool = False
    last_id: FactId | None = None
    waits_until: datetime | None = None
    times_seen: Counter[ItemId] = field(default_factory=Counter[ItemId])
    open: AttemptStarted | None = None
    given: dict[int, Given] = field(default_factory=dict[int, Given])


@dataclass(slots=True)
class Flaws:
    """What is planted in a trainee, who then does not drop out. Without, chance decides all.

    `expires` is a certificate that is not renewed after `expires_on`; `harm` a behaviour that is seen on
    `harm_occasion` in the week `harm_in_week`, and nobody lifts the hold.
    """

    is_planted: bool = False
    skips_sessions: bool = False
    expires: CertificateId | None = None
    expires_on: date | None = None
    harm_in_week: int | None = None
    harm_occasion: Occasion | None = None
    harm: BehaviourId | None = None

    def harmful(self, week: Week) -> Occasion | None:
        """Return the occasion at which harm is seen in the week, or None."""
        return self.harm_occasion if self.harm_in_week == week.number else None


@dataclass(slots=True)
class Trainee:
    """One trainee of one programme. `zeal` is the chance to get round to something in a week."""

    person_id: PersonId
    enrolment: Enrolment
    cohort: Cohort
    path: Path
    raters: tuple[Rater, ...]
    rng: Random
    ability: Ability
    zeal: float
    pen: Pen
    calendar: Calendar
    flaws: Flaws = field(default_factory=Flaws)
    ability_at_start: tuple[float, ...] = ()
    begins_in_week: int = 0
    later: dict[int, list[Act]] = field(default_factory=lambda: defaultdict[int, list[Act]](list))
    clock: ClockChange = ClockChange.RESUMED
    n_clock_changes: int = 0
    attended: set[str] = field(default_factory=set[str])
    missed: dict[str, Attendance] = field(default_factory=dict[str, Attendance])
    n_modules_read: int = 0
    n_read: int = 0
    quizzes: dict[BlueprintId, Quiz] = field(default_factory=lambda: defaultdict[BlueprintId, Quiz](Quiz))
    to_show: deque[Occasion] = field(default_factory=deque[Occasion])
    n_live: int = 0
    n_watched: int = 0
    last_weeks: dict[Setting, int] = field(default_factory=lambda: dict.fromkeys(Setting, -1))
    has_asked: bool = False
    played: dict[ChecklistId, list[tuple[ScenarioId, bool]]] = field(
        default_factory=lambda: defaultdict[ChecklistId, list[tuple[ScenarioId, bool]]](list)
    )
    evaluations: Counter[str] = field(default_factory=Counter[str])
    holds: list[Hold] = field(default_factory=list[Hold])
    n_visits: int = 0
    n_reflections: int = 0
    n_groups: int = 0
    n_summaries: int = 0
    certificates: dict[CertificateId, date] = field(default_factory=dict[CertificateId, date])
    seen_before_start: Counter[str] = field(default_factory=Counter[str])
    last_supervised: date | None = None
    supervisors: set[PersonId] = field(default_factory=set[PersonId])
    n_sign_offs: int = 0
    sign_off: SignOff | None = None
    valid_until: date | None = None
    awaits_countersign: bool = False
    is_revoked: bool = False

    @property
    def course(self) -> Course:
        """Return the programme they train in."""
        return self.cohort.course

    @property
    def hub(self) -> Hub:
        """Return their hub."""
        return self.cohort.hub

    @property
    def role_id(self) -> RoleId:
        """Return the role they train for."""
        return self.path.role_id

    @property
    def is_running(self) -> bool:
        """Return whether their time runs: neither paused nor withdrawn."""
        return self.clock == ClockChange.RESUMED

    @property
    def practises(self) -> bool:
        """Return whether supervised practice has begun."""
        return self.n_watched > 0

    @property
    def trainer(self) -> Rater:
        """Return the first of their trainers, who keeps the register."""
        return self.raters[0]

    def week_of_training(self, week: Week) -> int:
        """Return the number of the week in their cohort, from 0."""
        return week.number - self.cohort.first_week

    def new_id(self, at: datetime) -> FactId:
        """Return a fresh fact id."""
        return new_fact_id(self.rng, at)

    def put_off(self, week: Week, n_weeks: int, act: Act) -> None:
        """Do something so many weeks later, in any case."""
        self.later[week.number + n_weeks].append(act)

    def gets_round(self, share: float = 1.0) -> bool:
        """Return whether they get round to something this week."""
        return self.rng.random() < self.zeal * share


def everybody(cohorts: list[Cohort]) -> Iterator[Trainee]:
    """Yield all the trainees, cohort by cohort."""
    for cohort in cohorts:
        yield from cohort.trainees
