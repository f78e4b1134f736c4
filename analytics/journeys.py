"""How far people come and how long it takes: steps with drop-out, time to sign-off, sign-offs that end, pairs.

The days come from one statement over the facts, where people stand today from the board; the figures from
`analytics.statistics`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from analytics.statistics.durations import mean_time_ready, mean_time_waiting, median_time
from analytics.statistics.estimates import Estimate, Method, not_computable
from analytics.statistics.forecast import Forecast, PastCohort, forecast_ready_by
from analytics.statistics.proportions import wilson
from analytics.statistics.waiting import Curve, End, aalen_johansen, kaplan_meier
from assessments.verdicts import Status
from curriculum.ids import RoleId
from curriculum.models import Programme, Setting
from curriculum.phrases import N_, Phrase
from people.models import Actor, CohortId, HubId
from people.rights import Record, Right, require_in_hub
from store.beside_gates import Journey, journeys
from store.ledger import Store
from store.standing import BoardRow, board

AHEAD_DAYS: Final = (30, 60, 90)
"""How far the forecast looks."""

COHORTS_TO_FORECAST: Final = 2
"""From one cohort alone nobody can say how much cohorts differ."""

_ACTIVE: Final = frozenset({Status.SIGNED_OFF, Status.DUE_SOON})
_DAYS_A_WEEK: Final = 7


class Milepost(StrEnum):
    """A step on the way, in its order."""

    SESSION = "session"
    QUIZ = "quiz"
    ROLEPLAY = "roleplay"
    LIVE = "live"
    SIGNED_OFF = "signed_off"


def _day_of(journey: Journey, milepost: Milepost) -> date | None:
    return {
        Milepost.SESSION: journey.session_on,
        Milepost.QUIZ: journey.quiz_on,
        Milepost.ROLEPLAY: journey.roleplay_on,
        Milepost.LIVE: journey.live_on,
        Milepost.SIGNED_OFF: journey.signed_on,
    }[milepost]


@dataclass(frozen=True, slots=True)
class StepCount:
    """How many of all who enrolled came to a step; of the others, some have left and the rest may still come."""

    milepost: Milepost
    n_reached: int
    n_left: int
    n_on_the_way: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Pace:
    """How long it takes from enrolment to sign-off, in whole weeks: the file for research holds the same ones.

    Who is signed off, or leaves, on one of the first seven days does so in week 1. Who waits is seen to the end of the
    last week that is over.

    Attributes:
        signed_off: The share signed off by each week, where leaving ends the chance of it (Aalen-Johansen).
        waiting: The share still waiting if nobody left (Kaplan-Meier).
        watched_until: In which weeks somebody was last seen waiting, one for each who still waits.
        at_risk: How many still waited, and were watched, at some whole weeks.
        half: By when half are signed off.
        horizon: The whole weeks within which the two means are taken.
        mean_waiting: The mean of the weeks before sign-off within the horizon, if nobody left.
        mean_signed_off: The mean of the weeks after it within the horizon; who left has none.
    """

    signed_off: Curve
    waiting: Curve
    watched_until: tuple[float, ...]
    at_risk: tuple[tuple[int, int], ...]
    half: Estimate
    horizon: int
    mean_waiting: Estimate
    mean_signed_off: Estimate

    @property
    def n_left(self) -> int:
        """Return how many left without a sign-off."""
        return self.signed_off.n - self.signed_off.n_events - len(self.watched_until)

    @property
    def figures(self) -> dict[str, tuple[Phrase, Estimate]]:
        """Return the single figures in weeks, each with its label, by its name for programs."""
        within = self.horizon
        return {
            "half": (N_("Half are signed off by week"), self.half),
            "mean_waiting": (N_("Weeks to sign-off within {n} weeks, if nobody left", n=within), self.mean_waiting),
            "mean_signed_off": (
                N_("Weeks signed off within {n} weeks, leavers counted", n=within),
                self.mean_signed_off,
            ),
        }


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes within so many days if nothing is renewed.

    Attributes:
        days: From today on; 0 is today.
        n_ending: How many of today's active people's sign-offs end within these days.
        n_active: How many are still signed off then.
        n_pairs: How many pairs they make, role by role.
        ready: How many more will be signed off by then if they fare as others did; None for today.
    """

    days: int
    n_ending: int
    n_active: int
    n_pairs: int
    ready: Forecast | None


@dataclass(frozen=True, slots=True)
class Ending:
    """Whose sign-off ends, and on which day."""

    name: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Outlook:
    """The page in figures, of `n` people, those who left among them."""

    n: int
    n_left: int
    n_lapsed: int
    steps: tuple[StepCount, ...]
    pace: Pace
    ahead: tuple[Ahead, ...]
    endings: tuple[Ending, ...]


def see_outlook(
    store: Store, actor: Actor, programme: Programme, hub_id: HubId, *, cohort_id: CohortId | None = None
) -> Outlook:
    """Return how far the people of a hub, or of one of its cohorts, come, and what comes next. As of now.

    Raises:
        NotAllowedError: The actor may not see where these people stand, one by one.
    """
    require_in_hub(actor, Right.SEE_STATUS, Record.READINESS, hub_id)
    now, programme_id = store.clock(), programme.head.id
    everybody = journeys(store, programme_id, hub_id=hub_id, as_of=now, known_at=now)
    rows = board(store, programme_id, hub_id=hub_id, cohort_id=cohort_id)
    chosen = [one for one in everybody if cohort_id in (None, one.cohort_id)]
    return outlook(chosen, everybody, rows, store.day_of(now), list_mileposts(programme))


def list_mileposts(programme: Programme) -> list[Milepost]:
    """Return the steps that the programme has."""
    settings = {setting for checklist in programme.checklists for setting in checklist.settings}
    has = {
        Milepost.SESSION: bool(programme.head.sessions),
        Milepost.QUIZ: bool(programme.counting_quizzes),
        Milepost.ROLEPLAY: Setting.ROLEPLAY in settings,
        Milepost.LIVE: Setting.LIVE in settings,
        Milepost.SIGNED_OFF: True,
    }
    return [milepost for milepost in Milepost if has[milepost]]


def outlook(
    people: Sequence[Journey],
    everybody: Sequence[Journey],
    rows: Iterable[BoardRow],
    today: date,
    mileposts: Iterable[Milepost] = Milepost,
) -> Outlook:
    """Return the figures.

    Args:
        people: Whom they are about.
        everybody: From whose times the forecast is made: all cohorts of the hub.
        rows: Where the people stand today.
        today: The day the times of those who wait run to.
        mileposts: The steps that the programme has.
    """
    standing = list(rows)
    active = [row for row in standing if row.verdict.status in _ACTIVE and row.verdict.valid_until is not None]
    endings = sorted((row.verdict.valid_until or today, row.name) for row in active)
    last = today + timedelta(days=AHEAD_DAYS[-1])
    waited = [_days(one, today) / _DAYS_A_WEEK for one in people if _end(one) is End.WAITING]
    more = _forecast(_past_cohorts(everybody, today), waited)
    return Outlook(
        n=len(people),
        n_left=sum(one.left_on is not None for one in people),
        n_lapsed=sum(row.verdict.status is Status.LAPSED for row in standing),
        steps=count_steps(people, mileposts),
        pace=find_pace(people, today),
        ahead=tuple(
            _ahead(active, days, today, ready) for days, ready in zip((0, *AHEAD_DAYS), (None, *more), strict=True)
        ),
        endings=tuple(Ending(name, day) for day, name in endings if day <= last),
    )


# ---------------------------------------------------------------- steps


def count_steps(people: Sequence[Journey], mileposts: Iterable[Milepost] = Milepost) -> tuple[StepCount, ...]:
    """Return how many came to each step."""
    counts: list[StepCount] = []
    for milepost in mileposts:
        reached = sum(_day_of(one, milepost) is not None for one in people)
        left = sum(_day_of(one, milepost) is None and one.left_on is not None for one in people)
        on_the_way = len(people) - reached - left
        counts.append(StepCount(milepost, reached, left, on_the_way, wilson(reached, len(people))))
    return tuple(counts)


# ---------------------------------------------------------------- time


def _end(journey: Journey) -> End:
    """Return how the time of a person ended: who left after a sign-off was signed off."""
    if journey.signed_on is not None:
        return End.READY
    return End.WAITING if journey.left_on is None else End.LEFT


def _days(journey: Journey, today: date) -> int:
    until = journey.signed_on or journey.left_on or today
    return max((until - journey.began_on).days, 0)


def _week(journey: Journey, today: date) -> float:
    """Return the week in which a person's time ended, from 1; of who waits, the last week that is over."""
    is_over = _end(journey) is End.WAITING
    return float(_days(journey, today) // _DAYS_A_WEEK + (0 if is_over else 1))


def find_pace(people: Sequence[Journey], today: date) -> Pace:
    """Return how long it takes to a sign-off."""
    times, ends = [_week(one, today) for one in people], [_end(one) for one in people]
    ready, waiting = aalen_johansen(times, ends), kaplan_meier(times, ends)
    horizon = int(max(times, default=0.0))
    unknown = not_computable(len(people), Method.LARGE_SAMPLE, N_("nobody was watched for a whole week"))
    return Pace(
        signed_off=ready,
        waiting=waiting,
        watched_until=tuple(sorted(time for time, end in zip(times, ends, strict=True) if end is End.WAITING)),
        at_risk=tuple((week, sum(time >= week for time in times)) for week in _some_weeks(horizon)),
        half=median_time(ready),
        horizon=horizon,
        mean_waiting=mean_time_waiting(waiting, horizon) if horizon else unknown,
        mean_signed_off=mean_time_ready(times, ends, horizon) if horizon else unknown,
    )


def _some_weeks(horizon: int) -> list[int]:
    """Return at most five whole weeks from the start to the horizon."""
    return sorted({round(horizon * part / 4) for part in range(5)})


# ---------------------------------------------------------------- what comes


def _past_cohorts(everybody: Iterable[Journey], today: date) -> list[PastCohort]:
    by_cohort: dict[CohortId, list[Journey]] = {}
    for one in everybody:
        by_cohort.setdefault(one.cohort_id, []).append(one)
    return [
        PastCohort(tuple(_days(one, today) / _DAYS_A_WEEK for one in people), tuple(_end(one) for one in people))
        for people in by_cohort.values()
    ]


def _ahead(active: Sequence[BoardRow], days: int, today: date, ready: Forecast | None) -> Ahead:
    until = today + timedelta(days=days)
    still = [row for row in active if row.verdict.valid_until is not None and row.verdict.valid_until >= until]
    return Ahead(
        days,
        n_ending=len(active) - len(still),
        n_active=len(still),
        n_pairs=count_pairs(row.verdict.role_id for row in still),
        ready=ready,
    )


def count_pairs(roles: Iterable[RoleId]) -> int:
    """Return how many pairs people make when both of a pair have the same role."""
    return sum(n // 2 for n in Counter(roles).values())


def _forecast(past: Sequence[PastCohort], waited: Sequence[float]) -> list[Forecast]:
    if len(past) < COHORTS_TO_FORECAST:
        need, n = COHORTS_TO_FORECAST, len(past)
        because = N_("it takes {need} cohorts to tell how much they differ; there is {n}", need=need, n=n)
        unknown = Forecast(len(waited), 0, not_computable(len(past), Method.BOOTSTRAP, because))
        return [unknown] * len(AHEAD_DAYS)
    return forecast_ready_by(past, waited, [days / _DAYS_A_WEEK for days in AHEAD_DAYS])
