"""The faults that are planted: chosen at the start, and told in the truth as far as they came about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from random import Random
from typing import Final

from analytics.simulation.answering import n_options
from analytics.simulation.calendar import Calendar
from analytics.simulation.course import Course
from analytics.simulation.path import stopping_behaviours
from analytics.simulation.persons import Cohort, Flaws, Hub, Trainee
from analytics.simulation.population import HubPlan
from analytics.simulation.truth import (
    DriftingRater,
    ExpiredCertificate,
    Fault,
    GateOutOfReach,
    HubShortOfSupervision,
    LenientRater,
    MisKeyedItem,
    NotPlanted,
    UnresolvedHold,
)
from assessments.items import right_given
from curriculum.gates import CertificateGate, DoseGate, Severity
from curriculum.ids import CertificateId, ItemId
from curriculum.items import Item, Pool, SingleItem
from curriculum.models import Setting

LENIENT: Final = -1.3
DRIFT_PER_YEAR: Final = 1.4
"""The trainer begins as everybody and ends as somebody whom hardly anything pleases."""

SHORT_SUPPLY: Final = 0.42
EXPIRED_DAYS: Final = 12
HARM_WEEKS_AGO: Final = 2
_EASY: Final = -0.9
_SHARP: Final = 1.4
_FAITHFUL: Final = 0.95


@dataclass(slots=True)
class Faults:
    """What is planted while a simulation runs. `closing` is the cohort that is about to end."""

    calendar: Calendar
    mis_keyed: list[tuple[Course, ItemId]] = field(default_factory=list[tuple[Course, ItemId]])
    lenient_at: str = ""
    drifting_at: str = ""
    short_at: str = ""
    closing: Cohort | None = None
    not_planted: list[NotPlanted] = field(default_factory=list[NotPlanted])

    def miss(self, kind: type[Fault], why: str) -> None:
        """Note that a fault could not be planted."""
        self.not_planted.append(NotPlanted(kind=kind.model_fields["kind"].default, why=why))

    def spoil_raters(self, hub: Hub) -> None:
        """Make the planted raters of a hub that opens."""
        if hub.title == self.lenient_at:
            hub.raters[0].severity, hub.raters[0].drift = LENIENT, 0.0
        if hub.title == self.drifting_at:
            hub.raters[-1].severity, hub.raters[-1].drift = 0.0, DRIFT_PER_YEAR

    def spoil_trainees(self, cohort: Cohort) -> None:
        """Plant in the first trainees of the cohort that is about to end: one fault each."""
        self.closing = cohort
        plans = (_skip_sessions, _let_certificate_expire, _see_harm)
        for trainee, plan in zip(cohort.trainees, plans, strict=False):
            trainee.flaws = plan(trainee, self.calendar)
            trainee.zeal = max(trainee.zeal, _FAITHFUL)
            trainee.begins_in_week = cohort.first_week

    def told(self, hubs: Iterable[Hub]) -> tuple[Fault, ...]:
        """Return the faults that came about; what did not is noted."""
        found: list[Fault] = []
        for course, item_id in self.mis_keyed:
            found.append(_tell_mis_keyed(course, item_id))
        for hub in hubs:
            found += self._tell_hub(hub)
        found += self._tell_trainees()
        return tuple(found)

    def _tell_hub(self, hub: Hub) -> Iterator[Fault]:
        if hub.title == self.lenient_at:
            yield LenientRater(person=hub.raters[0].person_id, hub=hub.hub_id, severity=LENIENT)
        if hub.title == self.drifting_at:
            yield DriftingRater(person=hub.raters[-1].person_id, hub=hub.hub_id, drift_per_year=DRIFT_PER_YEAR)
        if hub.title == self.short_at:
            yield HubShortOfSupervision(hub=hub.hub_id, supply=hub.supply)

    def _tell_trainees(self) -> Iterator[Fault]:
        trainees = self.closing.trainees if self.closing is not None else []
        tellers = {
            GateOutOfReach: _tell_out_of_reach,
            ExpiredCertificate: _tell_expired,
            UnresolvedHold: _tell_unresolved,
        }
        for number, (kind, tell) in enumerate(tellers.items()):
            fault = tell(trainees[number], self.calendar) if number < len(trainees) else None
            if fault is None:
                self.miss(kind, "no cohort of this size and programme gives an occasion for it")
            else:
                yield fault


def plan_faults(plans: Sequence[HubPlan], courses: Sequence[Course], calendar: Calendar, rng: Random) -> Faults:
    """Choose what is planted where: raters in the first hubs, scarce supervision in one where no cohort ends."""
    faults = Faults(calendar)
    for course in courses:
        item_id = _mis_key(course, rng)
        if item_id is not None:
            faults.mis_keyed.append((course, item_id))
    if not faults.mis_keyed:
        faults.miss(MisKeyedItem, "no programme has a quiz with an item of one right answer among three or more")
    faults.lenient_at = plans[0].title
    faults.drifting_at = plans[min(1, len(plans) - 1)].title
    short = _shorten_supply(plans)
    if short is None:
        faults.miss(HubShortOfSupervision, "there are too few hubs: give more trainees")
    else:
        faults.short_at = short.title
    return faults


# ---------------------------------------------------------------- items


def _mis_key(course: Course, rng: Random) -> ItemId | None:
    """Let people who know choose another option of one item; return the item, or None where there is none."""
    candidates = list(_keyable(course))
    if not candidates:
        return None
    item = rng.choice(candidates)
    others = [number for number in range(n_options(item)) if number not in right_given(item).chosen]
    truth = course.items[item.id]
    course.items[item.id] = replace(
        truth,
        key=(rng.choice(others),),
        difficulty=min(truth.difficulty, _EASY),
        discrimination=max(truth.discrimination, _SHARP),
    )
    return item.id


def _keyable(course: Course) -> Iterator[Item]:
    """Yield the items of the first quiz that can be keyed wrongly without closing a critical gate for all."""
    programme = course.programme
    path = next(iter(course.paths.values()))
    quizzed = [module for module in path.modules if module.id in path.quizzes]
    for module in quizzed[:1]:
        for item in programme.items_of(module.id, Pool.COUNTING):
            if isinstance(item, SingleItem) and item.critical is None and len(item.options) > 2:
                yield item


def _tell_mis_keyed(course: Course, item_id: ItemId) -> MisKeyedItem:
    return MisKeyedItem(
        programme=course.programme_id,
        item=item_id,
        key=right_given(course.programme.item_by_id[item_id]).chosen,
        answered_key=course.items[item_id].key,
    )


# ---------------------------------------------------------------- hubs


def _shorten_supply(plans: Sequence[HubPlan]) -> HubPlan | None:
    """Choose the largest hub where no cohort closes, rather one without a planted rater."""
    candidates = [plan for plan in plans if not any(cohort.closes for cohort in plan.cohorts)]
    if not candidates:
        return None
    untouched = [plan for plan in candidates if plan not in plans[:2]]
    chosen = max(untouched or candidates, key=lambda plan: sum(cohort.size for cohort in plan.cohorts))
    chosen.supply = SHORT_SUPPLY
    return chosen


# ---------------------------------------------------------------- trainees


def _skip_sessions(_trainee: Trainee, _calendar: Calendar) -> Flaws:
    return Flaws(is_planted=True, skips_sessions=True)


def _tell_out_of_reach(trainee: Trainee, _calendar: Calendar) -> GateOutOfReach | None:
    for gate in trainee.course.programme.gates_of(trainee.role_id):
        if not isinstance(gate, DoseGate) or gate.severity != Severity.BLOCK:
            continue
        need = sum(part.min for part in gate.parts)
        have = sum(min(len(trainee.attended.intersection(part.sessions)), part.min) for part in gate.parts)
        if have < need:
            return GateOutOfReach(
                person=trainee.person_id,
                programme=trainee.course.programme_id,
                gate=gate.id,
                have=have,
                need=need,
                cohort=trainee.cohort.cohort_id,
                ends_on=trainee.cohort.ends_on,
            )
    return None


def _let_certificate_expire(trainee: Trainee, calendar: Calendar) -> Flaws:
    certificate_id = next(_blocking_certificates(trainee), None)
    if certificate_id is None:
        return Flaws()
    expires_on = calendar.until - timedelta(days=EXPIRED_DAYS)
    return Flaws(is_planted=True, expires=certificate_id, expires_on=expires_on)


def _blocking_certificates(trainee: Trainee) -> Iterator[CertificateId]:
    for gate in trainee.course.programme.gates_of(trainee.role_id):
        if isinstance(gate, CertificateGate) and gate.severity == Severity.BLOCK:
            for part in gate.parts:
                yield part.certificate


def _tell_expired(trainee: Trainee, calendar: Calendar) -> ExpiredCertificate | None:
    expires = trainee.flaws.expires
    if expires is None or trainee.certificates.get(expires, calendar.until) >= calendar.until:
        return None
    return ExpiredCertificate(
        person=trainee.person_id,
        programme=trainee.course.programme_id,
        certificate=expires,
        expired_on=trainee.certificates[expires],
    )


def _see_harm(trainee: Trainee, calendar: Calendar) -> Flaws:
    live_first = sorted(trainee.path.occasions, key=lambda occasion: occasion.setting != Setting.LIVE)
    for occasion, behaviour_id in stopping_behaviours(trainee.course.programme, live_first):
        week = calendar.n_weeks - HARM_WEEKS_AGO
        return Flaws(is_planted=True, harm_in_week=week, harm_occasion=occasion, harm=behaviour_id)
    return Flaws()


def _tell_unresolved(trainee: Trainee, calendar: Calendar) -> UnresolvedHold | None:
    planted = [hold for hold in trainee.holds if hold.behaviour_id == trainee.flaws.harm]
    if not planted:
        return None
    return UnresolvedHold(
        person=trainee.person_id,
        programme=trainee.course.programme_id,
        hold=str(planted[-1].fact_id),
        behaviour=planted[-1].behaviour_id,
        held_on=calendar.day_of(planted[-1].occurred_at),
    )
