"""What a rater sees: from an ability through the day's form and the rater's severity to the ticks on a checklist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from analytics.simulation.ability import chance
from analytics.simulation.course import Course, LineView
from assessments.facts import Done, GlobalRating, Seen, YesNo
from assessments.observations import Result
from curriculum.ids import BehaviourId, LineId
from curriculum.models import Behaviour, BehaviourKind, Checklist, ScaleKind, Setting
from people.models import PersonId

States = dict[tuple[LineId, BehaviourId | None], str]

FORM_OF_THE_DAY: Final = 0.35
"""How much better or worse than usual people are on a day, in a domain: one standard deviation."""

EYE: Final = 0.15
"""How much a rater's judgement of one line varies."""

_STEEPNESS: Final = {BehaviourKind.BASIC: 1.9, BehaviourKind.FURTHER: 1.2, BehaviourKind.UNHELPFUL: -1.5}
_LEFT_OUT: Final = 0.015
_YEAR_DAYS: Final = 365.25


@dataclass(slots=True)
class Rater:
    """A trainer with the truth about their eye: a severe one sees less good and more harm than there is.

    `severity` holds at the instant `since`; it changes by `drift` in a year.
    """

    person_id: PersonId
    severity: float
    drift: float
    since: datetime

    def severity_at(self, instant: datetime) -> float:
        """Return how severe the rater is by then."""
        return self.severity + self.drift * (instant - self.since).total_seconds() / 86_400 / _YEAR_DAYS


def perform(ability: Sequence[float], rng: Random) -> list[float]:
    """Return what somebody shows on a day, by domain; all who watch them see the same performance."""
    return [value + rng.gauss(0.0, FORM_OF_THE_DAY) for value in ability]


def watch(
    course: Course,
    checklist: Checklist,
    setting: Setting,
    performance: Sequence[float],
    *,
    severity: float,
    rng: Random,
    harm: BehaviourId | None = None,
) -> States:
    """Return the answers of a rater, line by line; `harm` is a behaviour that is seen in any case."""
    states: States = {}
    for view in course.views[checklist.id, setting]:
        shown = performance[view.domain] - severity + rng.gauss(0.0, EYE)
        if not view.behaviours:
            states[view.line.id, None] = _whole(course, view, shown, rng)
            continue
        for behaviour in view.behaviours:
            state = Seen.SEEN if behaviour.id == harm else _seen(course, view, behaviour, shown, rng)
            states[view.line.id, behaviour.id] = state
    return states


def _seen(course: Course, view: LineView, behaviour: Behaviour, shown: float, rng: Random) -> Seen:
    draw = rng.random()
    if behaviour.kind == BehaviourKind.BASIC and view.may_be_left_out and draw > 1 - _LEFT_OUT:
        return Seen.NO_OPPORTUNITY
    likely = chance(_STEEPNESS[behaviour.kind] * (shown - course.thresholds[behaviour.id]))
    return Seen.SEEN if draw < likely else Seen.NOT_SEEN


def _whole(course: Course, view: LineView, shown: float, rng: Random) -> str:
    draw = rng.random()
    if view.may_be_left_out and draw > 1 - _LEFT_OUT:
        return Done.NOT_APPLICABLE
    is_shown = draw < chance(_STEEPNESS[BehaviourKind.BASIC] * (shown - course.thresholds[view.line.id]))
    if view.kind is ScaleKind.YES_NO:
        return YesNo.YES if is_shown else YesNo.NO
    if is_shown:
        return Done.DONE
    return Done.PARTLY if rng.random() < 0.7 else Done.NOT_DONE


def overall(result: Result, rng: Random) -> GlobalRating:
    """Return the rater's one judgement beside the levels: near to what they amount to."""
    if result.critical_unhelpful:
        return GlobalRating.NOT_YET
    if result.is_passed:
        return GlobalRating.STRONG if rng.random() < 0.25 else GlobalRating.PASS
    return GlobalRating.BORDERLINE if result.pct >= 60 else GlobalRating.NOT_YET


HELP_NEEDED: Final = {
    GlobalRating.NOT_YET: 2,
    GlobalRating.BORDERLINE: 2,
    GlobalRating.PASS: 3,
    GlobalRating.STRONG: 4,
}
"""The entrustment level, 1 to 5, that goes with the judgement."""
