"""How hubs and cohorts begin: the facts by which there are hubs, staff, cohorts and trainees."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from analytics.simulation.ability import draw_ability
from analytics.simulation.calendar import Calendar, Week
from analytics.simulation.course import Course
from analytics.simulation.names import draw_name, login_of
from analytics.simulation.pen import Pen, new_fact_id
from analytics.simulation.persons import Cohort, Hub, Trainee
from analytics.simulation.population import CohortPlan, HubPlan
from analytics.simulation.watching import Rater
from assessments.facts import Calibration, ProgrammeActivated
from curriculum.ids import ProgrammeId, RoleId
from people.facts import Assignment, CohortOpened, ContactKind, Enrolment, Grant, HubContact, HubOpened, PersonAdded
from people.ids import ROOT, derived_fact_id
from people.models import NOBODY, CohortId, HubId, Office, PersonId, PersonName, Scope
from people.service.reach import hub_fact_id

CALIBRATED_EVERY: Final = 46
"""Weeks from one calibration of a trainer to the next."""

LATE_STARTERS: Final = 0.12
NEVER_STARTERS: Final = 0.03
NEVER: Final = 10_000

_CONTACTS: Final = (
    (ContactKind.SAFEGUARDING_LEAD, "Safeguarding lead (invented)", "01632 960101"),
    (ContactKind.SAFEGUARDING_DEPUTY, "Deputy (invented)", "01632 960102"),
    (ContactKind.EMERGENCY, "Emergency services", "999"),
)
_RATERS_EACH: Final = 2


@dataclass(slots=True)
class Register:
    """What every founding needs: where facts go, who founds, and the names that go with them.

    `names` are new people's names and sign-in names, which are kept apart from facts; `taken` are cohort ids in use.
    """

    pen: Pen
    calendar: Calendar
    administrator: PersonId
    next_person_id: Callable[[], PersonId]
    names: list[PersonName] = field(default_factory=list[PersonName])
    taken: set[CohortId] = field(default_factory=set[CohortId])


def add_person(register: Register, rng: Random, added_by: PersonId, at: datetime) -> PersonAdded:
    """Return the fact that somebody new with an invented name is known."""
    person_id = register.next_person_id()
    given, family = draw_name(rng)
    register.names.append(PersonName(person_id, f"{given} {family}", login_of(given, family, person_id)))
    added = PersonAdded(fact_id=new_fact_id(rng, at), person_id=person_id, actor_id=added_by, occurred_at=at)
    register.pen.write(added)
    return added


# ---------------------------------------------------------------- hubs


def open_hub(register: Register, plan: HubPlan, courses: Sequence[Course], week: Week, rng: Random) -> Hub:
    """Open a hub: staff, safeguarding contacts, the programmes live."""
    hub_id = HubId(plan.title.lower().replace(" ", "-"))
    at = week.at(0, 9)
    opened = HubOpened(
        fact_id=hub_fact_id(hub_id),
        person_id=NOBODY,
        actor_id=register.administrator,
        occurred_at=at,
        hub_id=hub_id,
        title=plan.title,
    )
    register.pen.write(opened)
    for kind, title, phone in _CONTACTS:
        contact = HubContact(
            fact_id=new_fact_id(rng, at),
            person_id=NOBODY,
            actor_id=register.administrator,
            occurred_at=at,
            hub_id=hub_id,
            kind=kind,
            title=title,
            phone=phone,
        )
        register.pen.write(contact)
    lead_offices = (Office.TRAINING_LEAD,)
    manager = _hire(register, hub_id, (Office.MANAGER, Office.COORDINATOR), week.at(0, 10), rng)
    training_lead = _hire(register, hub_id, lead_offices, week.at(0, 11), rng)
    safeguarding = tuple(
        _hire(register, hub_id, (office,), week.at(0, 12), rng)
        for office in (Office.SAFEGUARDING_LEAD, Office.SAFEGUARDING_DEPUTY)
    )
    raters = [
        Rater(
            _hire(register, hub_id, (Office.TRAINER,), week.at(0, 14), rng),
            severity=rng.gauss(0.0, 0.3),
            drift=rng.gauss(0.0, 0.08),
            since=at,
        )
        for _ in range(plan.n_raters)
    ]
    for course in courses:
        go_live(register, hub_id, course, training_lead, at=week.at(1, 10), rng=rng)
    return Hub(hub_id, plan.title, manager, training_lead, safeguarding, raters, plan.supply, rng)


def _hire(register: Register, hub_id: HubId, offices: Sequence[Office], at: datetime, rng: Random) -> PersonId:
    added = add_person(register, rng, register.administrator, at)
    for number, office in enumerate(offices):
        granted_at = at + timedelta(minutes=number + 1)
        grant = Grant(
            fact_id=derived_fact_id(added.fact_id, f"grant/{office}/{hub_id}/None/None/0"),
            person_id=added.person_id,
            actor_id=register.administrator,
            occurred_at=granted_at,
            office=office,
            scope=Scope.ASSIGNED if office == Office.TRAINER else Scope.HUB,
            hub_id=hub_id,
        )
        register.pen.write(grant)
    return added.person_id


def go_live(
    register: Register, hub_id: HubId, course: Course, training_lead: PersonId, *, at: datetime, rng: Random
) -> None:
    """Go live with a published and approved programme in a hub."""
    activated = ProgrammeActivated(
        fact_id=new_fact_id(rng, at),
        person_id=NOBODY,
        actor_id=training_lead,
        occurred_at=at,
        programme_id=course.programme_id,
        version_no=course.version_no,
        hub_id=hub_id,
    )
    register.pen.write(activated)


def calibrate(register: Register, hub: Hub, programme_ids: Sequence[ProgrammeId], week: Week) -> None:
    """Let each trainer of a hub pass a calibration in each of its programmes."""
    for rater in hub.raters:
        for number, programme_id in enumerate(programme_ids):
            at = week.at(2, 9 + number + hub.rng.random())
            calibration = Calibration(
                fact_id=new_fact_id(hub.rng, at),
                person_id=rater.person_id,
                actor_id=hub.training_lead,
                occurred_at=at,
                programme_id=programme_id,
                is_passed=True,
            )
            register.pen.write(calibration)


# ---------------------------------------------------------------- cohorts


def open_cohort(register: Register, hub: Hub, plan: CohortPlan, week: Week, rng: Random) -> Cohort:
    """Open a cohort in the week before it starts and enrol its trainees; each is given two trainers."""
    starts_on = week.last_day + timedelta(days=1)
    at = week.at(0, 13)
    cohort = Cohort(
        cohort_id=_free_cohort_id(register, hub, f"{starts_on:%Y-%m}"),
        hub=hub,
        course=plan.course,
        title=plan.title or f"{hub.title}, {starts_on:%B %Y}",
        first_week=plan.first_week,
        ends_on=starts_on + timedelta(days=7 * plan.n_weeks - 1),
        keeps_answers=plan.keeps_answers,
    )
    opened = CohortOpened(
        fact_id=derived_fact_id(ROOT, f"cohort/{cohort.cohort_id}"),
        person_id=NOBODY,
        actor_id=hub.manager,
        occurred_at=at,
        cohort_id=cohort.cohort_id,
        hub_id=hub.hub_id,
        programme_id=plan.course.programme_id,
        title=cohort.title,
        starts_on=starts_on,
        ends_on=cohort.ends_on,
    )
    register.pen.write(opened)
    roles = tuple(plan.course.paths)
    for number in range(plan.size):
        enrolled_at = week.at(1 + number * 5 // plan.size, 9 + 4 * rng.random())
        cohort.trainees.append(_enrol(register, cohort, roles[number % len(roles)], number, at=enrolled_at, rng=rng))
    return cohort


def _free_cohort_id(register: Register, hub: Hub, month: str) -> CohortId:
    stem = f"{hub.hub_id}-{month}"
    n = 1
    cohort_id = CohortId(stem)
    while cohort_id in register.taken:
        n += 1
        cohort_id = CohortId(f"{stem}-{n}")
    register.taken.add(cohort_id)
    return cohort_id


def _enrol(register: Register, cohort: Cohort, role_id: RoleId, number: int, *, at: datetime, rng: Random) -> Trainee:
    hub, course = cohort.hub, cohort.course
    added = add_person(register, rng, hub.manager, at)
    at += timedelta(minutes=2)
    enrolment = Enrolment(
        fact_id=derived_fact_id(added.fact_id, f"enrolment/{course.programme_id}/0"),
        person_id=added.person_id,
        actor_id=hub.manager,
        occurred_at=at,
        programme_id=course.programme_id,
        cohort_id=cohort.cohort_id,
        role_id=role_id,
        version_no=course.version_no,
    )
    grant = Grant(
        fact_id=derived_fact_id(enrolment.fact_id, "trainee"),
        person_id=added.person_id,
        actor_id=hub.manager,
        occurred_at=at,
        office=Office.TRAINEE,
        scope=Scope.OWN,
        hub_id=hub.hub_id,
    )
    register.pen.write(enrolment)
    register.pen.write(grant)
    raters = _assign(register, hub, added, number, at)
    ability = draw_ability(rng, len(course.domains))
    path = course.paths[role_id]
    return Trainee(
        person_id=added.person_id,
        enrolment=enrolment,
        cohort=cohort,
        path=path,
        raters=raters,
        rng=rng,
        ability=ability,
        zeal=min(max(rng.gauss(0.8, 0.12), 0.35), 0.98),
        pen=register.pen,
        calendar=register.calendar,
        ability_at_start=tuple(ability.now),
        begins_in_week=_begins_in(cohort, rng),
        to_show=deque(path.occasions),
    )


def _begins_in(cohort: Cohort, rng: Random) -> int:
    """Return the week in which somebody begins: most at once, some later, a few never."""
    draw = rng.random()
    if draw < LATE_STARTERS + NEVER_STARTERS:
        return cohort.first_week + (rng.randint(1, 4) if draw < LATE_STARTERS else NEVER)
    return cohort.first_week


def _assign(register: Register, hub: Hub, added: PersonAdded, number: int, at: datetime) -> tuple[Rater, ...]:
    n = len(hub.raters)
    chosen = tuple(hub.raters[(number + place) % n] for place in range(min(_RATERS_EACH, n)))
    for minutes, rater in enumerate(chosen, start=1):
        assignment = Assignment(
            fact_id=derived_fact_id(added.fact_id, f"trainer/{rater.person_id}/0"),
            person_id=added.person_id,
            actor_id=hub.manager,
            occurred_at=at + timedelta(minutes=minutes),
            trainer_id=rater.person_id,
        )
        register.pen.write(assignment)
    return chosen
