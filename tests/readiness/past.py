"""What was so at an instant, by what was known at another: the ground under the reference."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import TypeVar
from zoneinfo import ZoneInfo

from assessments.facts import Calibration, Observation, Relation, SignOff
from curriculum.gates import AssessorGate, Gate
from curriculum.ids import CompetencyId, ProgrammeId
from curriculum.models import Setting
from people.facts import Amendment, Change, Fact, FactId
from people.models import PersonId

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact as delivered: when the store took it, and its place in the order of arrival."""

    fact: Fact
    recorded_at: datetime
    order: int


def add_months(day: date, months: int) -> date:
    """Return the day that many months later; a day the month lacks becomes its last one."""
    years, month0 = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month0 + 1, min(day.day, monthrange(year, month0 + 1)[1]))


class Past:
    """The facts in force as of an instant, by what was known at another.

    A fact delivered twice is the one delivered first. Void and replaced say "it never was so", so only when that became
    known matters; every other change holds from its own time on. Ended and revoked take a fact out of force, but a
    revoked sign-off stays, as revoked, until it is restored: the newer one holds. Amendments are not amended.
    """

    def __init__(self, history: Iterable[Recorded], as_of: datetime, known_at: datetime, zone: ZoneInfo) -> None:
        self.as_of = as_of
        self.known_at = known_at
        self.zone = zone
        self.today = as_of.astimezone(zone).date()
        first: dict[FactId, Recorded] = {}
        for record in sorted(history, key=lambda r: r.order):
            first.setdefault(record.fact.fact_id, record)
        known = [r for r in first.values() if r.recorded_at <= known_at]
        self._changes = self._read_changes(known)
        self._revoked = self._read_revoked(known)
        in_time = sorted((r for r in known if r.fact.occurred_at <= as_of), key=lambda r: (r.fact.occurred_at, r.order))
        self._places = {record.fact.fact_id: place for place, record in enumerate(in_time)}
        self._facts: dict[type[Fact], dict[PersonId, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for record in in_time:
            if isinstance(record.fact, Amendment) or not self._is_out_of_force(record.fact):
                self._facts[type(record.fact)][record.fact.person_id].append(record.fact)

    def _read_changes(self, known: Iterable[Recorded]) -> set[tuple[FactId, Change]]:
        changes: set[tuple[FactId, Change]] = set()
        for record in known:
            fact = record.fact
            if isinstance(fact, Amendment) and (
                fact.change in (Change.VOID, Change.REPLACED) or fact.occurred_at <= self.as_of
            ):
                changes.add((fact.target_id, fact.change))
        return changes

    def _read_revoked(self, known: Iterable[Recorded]) -> set[FactId]:
        newest: dict[FactId, Change] = {}
        for record in sorted(known, key=lambda r: (r.fact.occurred_at, r.order)):
            fact = record.fact
            is_in_time = fact.occurred_at <= self.as_of
            if isinstance(fact, Amendment) and is_in_time and fact.change in (Change.REVOKED, Change.RESTORED):
                newest[fact.target_id] = fact.change
        return {fact_id for fact_id, change in newest.items() if change == Change.REVOKED}

    def is_revoked(self, sign_off: SignOff) -> bool:
        """Return whether the sign-off was revoked and not restored since."""
        return sign_off.fact_id in self._revoked

    def _is_out_of_force(self, fact: Fact) -> bool:
        ends = (Change.VOID, Change.REPLACED, Change.ENDED, Change.REVOKED)
        return any(
            self.is_changed(fact, change)
            for change in ends
            if change != Change.REVOKED or not isinstance(fact, SignOff)
        )

    def is_changed(self, fact: Fact, change: Change) -> bool:
        """Return whether such an amendment names the fact."""
        return (fact.fact_id, change) in self._changes

    def persons_with(self, fact_kind: type[Fact]) -> list[PersonId]:
        """Return the persons about whom there are facts of a kind in force."""
        return sorted(self._facts[fact_kind])

    def facts(self, fact_kind: type[F], person_id: PersonId, **equal: object) -> list[F]:
        """Return a person's facts of a kind in force, oldest first, whose fields equal those given."""
        return [
            fact
            for fact in self._facts[fact_kind][person_id]
            if isinstance(fact, fact_kind) and all(getattr(fact, name) == value for name, value in equal.items())
        ]

    def is_after(self, fact: Fact, other: Fact) -> bool:
        """Return whether the fact happened after the other; of two at one instant, the one that arrived later."""
        return self._places[fact.fact_id] > self._places[other.fact_id]

    def in_order(self, facts: Iterable[Fact]) -> list[Fact]:
        """Return facts of several kinds by when they happened, then as they arrived."""
        return sorted(facts, key=lambda fact: self._places[fact.fact_id])

    def day(self, fact: Fact) -> date:
        """Return the local day on which the fact happened."""
        return fact.occurred_at.astimezone(self.zone).date()

    def is_recent(self, fact: Fact, max_age_days: int) -> bool:
        """Return whether the fact is at most that many days old."""
        return self.day(fact) >= self.today - timedelta(days=max_age_days)


def levels_of(observation: Observation) -> dict[CompetencyId, int]:
    """Return each competency's level: the lowest of its lines that have one."""
    levels: dict[CompetencyId, int] = {}
    for rating in observation.ratings:
        if rating.level is not None:
            levels[rating.competency_id] = min(rating.level, levels.get(rating.competency_id, rating.level))
    return levels


def _disagree(one: Observation, other: Observation) -> bool:
    if one.actor_id == other.actor_id or one.session_code != other.session_code or not one.session_code:
        return False
    if one.checklist_id != other.checklist_id:
        return False
    ours, theirs = levels_of(one), levels_of(other)
    return any(abs(ours[competency] - theirs[competency]) >= 2 for competency in ours.keys() & theirs.keys())


class Practice:
    """A person's observations in a programme, oldest first, by what they may be used for.

    `eligible`: counting, by a trainer other than the person, with a co-leader when live. `agreed`: those of them that
    no other trainer's observation of the same performance contradicts, or that were adjudicated. `counted`: those of
    them by an observer in date, where the rules ask for that.
    """

    def __init__(self, past: Past, person_id: PersonId, programme_id: ProgrammeId, gates: Iterable[Gate]) -> None:
        self._past = past
        self._programme_id = programme_id
        self.all = past.facts(Observation, person_id, programme_id=programme_id)
        self.eligible = [o for o in self.all if _is_eligible(o)]
        contested = {o.fact_id for pair in combinations(self.eligible, 2) if _disagree(*pair) for o in pair}
        self.agreed = [o for o in self.eligible if o.fact_id not in contested or past.is_changed(o, Change.ADJUDICATED)]
        asked = [gate.months for gate in gates if isinstance(gate, AssessorGate)]
        self.counted = [o for o in self.agreed if all(self.is_in_date(o, months) for months in asked)]

    def is_in_date(self, observation: Observation, months: int) -> bool:
        """Return whether the observer's last passed calibrations cover the day of the observation."""
        day = self._past.day(observation)
        return any(
            taken.is_passed and self._past.day(taken) <= day <= add_months(self._past.day(taken), months)
            for taken in self._calibrations(observation.actor_id)
        )

    def is_unknown(self, observation: Observation) -> bool:
        """Return whether the observer has no calibration record at all."""
        return not self._calibrations(observation.actor_id)

    def _calibrations(self, observer_id: PersonId) -> list[Calibration]:
        return self._past.facts(Calibration, observer_id, programme_id=self._programme_id)

    def passed(self, max_age_days: int) -> list[Observation]:
        """Return the counted observations that passed without an unhelpful critical behaviour."""
        return [
            o
            for o in self.counted
            if o.is_passed and o.critical_unhelpful == 0 and self._past.is_recent(o, max_age_days)
        ]


def _is_eligible(observation: Observation) -> bool:
    return (
        observation.counts
        and observation.relation == Relation.TRAINER
        and observation.actor_id != observation.person_id
        and (observation.setting != Setting.LIVE or observation.has_co_leader)
    )
