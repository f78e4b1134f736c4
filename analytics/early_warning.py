"""Who can no longer reach a gate by the last day of their cohort, and since when: only where that can be proved.

What is needed comes from the statement of readiness, part by part; what can still come, from the calendar, from
meetings and free times, and from the rules of quizzes. Each warning says by which rule it holds and what would mend it.

- Training sessions: those that are missing, less those that lie ahead in the calendar or have no date in it yet.
- Live sessions: those that are missing, less those to come that the person leads. An empty calendar proves nothing.
- Supervision: meetings that are missing on the last day, less those arranged and the free times that fit.
- Quizzes: all attempts used; or the waiting time ends after the last day.
- The last day is over: what is open then stays open.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from analytics.supervision import SUPERVISED
from assessments.facts import Attendance, Observation
from assessments.local_time import DAY_MINUTES, edge_of
from assessments.service.attempts import attempt_window
from assessments.service.support.known import meetings_about
from assessments.service.support.offering import slots_for
from assessments.service.support.sessions import is_called_off
from assessments.support import MeetingOutcome, SessionKind, SessionPlanned
from assessments.verdicts import GateVerdict, PartVerdict, Status, Verdict
from curriculum.gates import CriticalGate, DoseGate, Gate, PracticeGate, QuizGate, Severity, SupervisionGate
from curriculum.ids import BlueprintId, GateId, ProgrammeId
from curriculum.models import Programme
from curriculum.phrases import N_, Phrase, ngettext
from people.facts import CohortOpened, FactId
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, may_in_hub, require_in_hub
from people.service.reach import find_last_day
from store.ledger import Store
from store.readiness import verdicts
from store.rules import GatePart, gate_parts
from store.standing import names_of


class Rule(StrEnum):
    """By which rule a gate cannot be reached any more."""

    SESSIONS = "sessions"
    LIVE_SESSIONS = "live_sessions"
    MEETINGS = "meetings"
    QUIZ_LOCKED = "quiz_locked"
    QUIZ_WAIT = "quiz_wait"
    LAST_DAY = "last_day"


_OF_THE_CALENDAR = frozenset({Rule.SESSIONS, Rule.LIVE_SESSIONS, Rule.MEETINGS, Rule.LAST_DAY})
"""Rules that tell of dates alone: for who looks after the calendar and sees no results."""

_MOVING = SUPERVISED - {Status.SIGNED_OFF, Status.DUE_SOON} | {Status.IN_TRAINING, Status.NOT_STARTED}


@dataclass(frozen=True, slots=True)
class EarlyWarning:
    """One gate that one person cannot reach by the last day, as things stand.

    Attributes:
        person_id: Who.
        name: Their name.
        cohort_id: Their cohort.
        last_day: The last day of the cohort.
        gate_id: The gate.
        title: The gate's title in the version pinned for the person.
        rule: By which rule.
        n_missing: How many are missing.
        n_ahead: How many can still come by the last day.
        since: The first day on which it held; None when it held from the start, or no day can be told.
        mend: What would mend it.
    """

    person_id: PersonId
    name: str
    cohort_id: CohortId
    last_day: date
    gate_id: GateId
    title: str
    rule: Rule
    n_missing: int
    n_ahead: int
    since: date | None
    mend: Phrase


@dataclass(frozen=True, slots=True)
class Outlook:
    """The warnings of a hub, the longest standing first; and cohorts without a last day, of which none can be given."""

    warnings: tuple[EarlyWarning, ...]
    endless: tuple[str, ...]


def see_warnings(
    store: Store, actor: Actor, programme_id: ProgrammeId, hub_id: HubId, *, cohort_id: CohortId | None = None
) -> Outlook:
    """Return who in a hub can no longer reach a gate by the last day of their cohort.

    Who sees how people stand gets all; who sees their supervision alone gets what follows from dates.

    Raises:
        NotAllowedError: The actor may see neither.
    """
    sees_all = may_in_hub(actor, Right.SEE_STATUS, Record.READINESS, hub_id)
    if not sees_all:
        require_in_hub(actor, Right.SEE, Record.SUPERVISION, hub_id)
    cohorts = [
        replace(cohort, ends_on=find_last_day(store, cohort))
        for cohort in store.list_facts(CohortOpened, hub_id=hub_id, programme_id=programme_id)
        if cohort_id in (None, cohort.cohort_id)
    ]
    found = [warning for cohort in cohorts if cohort.ends_on is not None for warning in _of_cohort(store, cohort)]
    shown = [warning for warning in found if sees_all or warning.rule in _OF_THE_CALENDAR]
    ordered = sorted(shown, key=lambda one: (one.since or one.last_day, one.name, one.person_id, one.gate_id))
    return Outlook(tuple(ordered), tuple(cohort.title for cohort in cohorts if cohort.ends_on is None))


def _of_cohort(store: Store, cohort: CohortOpened) -> list[EarlyWarning]:
    now = store.clock()
    board = _opened(store, cohort, now)
    at_the_end = _opened(store, cohort, edge_of(cohort.ends_on or date.max, DAY_MINUTES - 1, store.org.zone.key))
    ends = {verdict.person_id: verdict for verdict in at_the_end}
    moving = [verdict for verdict in board if verdict.status in _MOVING]
    names = names_of(store, [verdict.person_id for verdict in moving])
    calendar = [
        planned
        for planned in store.list_facts(SessionPlanned, cohort_id=cohort.cohort_id)
        if not is_called_off(store, planned)
    ]
    return [
        warning
        for verdict in moving
        for warning in _Watch(
            store, cohort, verdict, ends[verdict.person_id], calendar, names[verdict.person_id], now
        ).warnings()
    ]


def _opened(store: Store, cohort: CohortOpened, as_of: datetime) -> list[Verdict]:
    """Return how the cohort stands as of an instant, by what is known now; ahead of us, when nothing more is done."""
    return verdicts(
        store,
        cohort.programme_id,
        cohort_id=cohort.cohort_id,
        as_of=as_of,
        known_at=store.clock(),
        with_evidence=True,
    )


@dataclass(frozen=True, slots=True)
class _Shortfall:
    """What one rule finds about one part of a gate."""

    rule: Rule
    n_missing: int
    n_ahead: int
    since: date | None
    mend: Phrase


@dataclass(frozen=True, slots=True)
class _Watch:
    """One person's open gates against what can still come; `at_the_end` is how they stand then if nothing comes."""

    store: Store
    cohort: CohortOpened
    verdict: Verdict
    at_the_end: Verdict
    calendar: Sequence[SessionPlanned]
    name: str
    now: datetime

    @property
    def today(self) -> date:
        return self.store.day_of(self.now)

    @property
    def last_day(self) -> date:
        return self.cohort.ends_on or date.max

    @property
    def programme(self) -> Programme:
        return self.store.programme(self.verdict.programme_id, self.verdict.version_no)

    def warnings(self) -> Iterator[EarlyWarning]:
        """Yield one warning a gate, the first that a rule proves."""
        gates = {gate.id: gate for gate in self.programme.gates}
        for found in self.verdict.gates:
            if not found.is_open and found.severity is not Severity.INFO:
                shortfall = next(iter(self._shortfalls(gates[found.gate_id], found)), None)
                if shortfall is not None:
                    yield self._warning(gates[found.gate_id], shortfall)

    def _warning(self, gate: Gate, found: _Shortfall) -> EarlyWarning:
        return EarlyWarning(
            person_id=self.verdict.person_id,
            name=self.name,
            cohort_id=self.cohort.cohort_id,
            last_day=self.last_day,
            gate_id=gate.id,
            title=gate.title,
            rule=found.rule,
            n_missing=found.n_missing,
            n_ahead=found.n_ahead,
            since=found.since,
            mend=found.mend,
        )

    def _shortfalls(self, gate: Gate, found: GateVerdict) -> Iterator[_Shortfall]:
        if self.today > self.last_day:
            mend = N_("Move the last day of the cohort, or go on in another cohort.")
            missing = max(found.need - found.have, 1)
            yield _Shortfall(Rule.LAST_DAY, missing, 0, self.last_day + timedelta(days=1), mend)
            return
        parts = gate_parts(gate)
        for part in found.parts:
            if not part.is_met:
                yield from self._of_part(gate, parts[part.part_no - 1], part)

    def _of_part(self, gate: Gate, rule: GatePart, part: PartVerdict) -> Iterable[_Shortfall]:
        match gate:
            case DoseGate():
                return self._sessions(rule, part)
            case PracticeGate() if rule.setting == "live" and rule.distinct_by == "session":
                return self._live_sessions(part)
            case SupervisionGate() if part.part_no == 1:
                return self._meetings(gate)
            case QuizGate() | CriticalGate():
                return self._quiz(BlueprintId(rule.references[0]))
            case _:
                return ()

    # ------------------------------------------------------------ the rules

    def _sessions(self, rule: GatePart, part: PartVerdict) -> Iterator[_Shortfall]:
        came = self._codes(Attendance, part.evidence, "session_id")
        dates: dict[str, list[date]] = {code: [] for code in rule.references if code not in came}
        for planned in self.calendar:
            if planned.kind is SessionKind.TAUGHT and planned.session_code in dates:
                dates[planned.session_code].append(planned.meets_on)
        still = [code for code, days in dates.items() if not days or any(self._lies_ahead(day) for day in days)]
        lost = [max(days) for code, days in dates.items() if code not in still]
        missing = part.need - part.have
        if len(still) < missing:
            mend = ngettext(
                "Plan {n} session to make up before the last day.",
                "Plan {n} sessions to make up before the last day.",
                missing - len(still),
            )
            yield _Shortfall(Rule.SESSIONS, missing, len(still), self._since(missing, len(still), lost), mend)

    def _live_sessions(self, part: PartVerdict) -> Iterator[_Shortfall]:
        live = [planned for planned in self.calendar if planned.kind is SessionKind.LIVE]
        if not live:
            return
        seen = self._codes(Observation, part.evidence, "session_code")
        own = [one for one in live if self.verdict.person_id in one.leader_ids and one.session_code not in seen]
        ahead = {one.session_code for one in own if self._lies_ahead(one.meets_on)}
        lost = [one.meets_on for one in own if one.session_code not in ahead]
        missing = part.need - part.have
        if len(ahead) < missing:
            mend = ngettext(
                "Let them lead {n} more live session before the last day.",
                "Let them lead {n} more live sessions before the last day.",
                missing - len(ahead),
            )
            yield _Shortfall(Rule.LIVE_SESSIONS, missing, len(ahead), self._since(missing, len(ahead), lost), mend)

    def _meetings(self, gate: SupervisionGate) -> Iterator[_Shortfall]:
        opens_on = self.last_day - timedelta(days=gate.window_days)
        then = next(found for found in self.at_the_end.gates if found.gate_id == gate.id).parts[0]
        about = meetings_about(self.store, self.verdict.person_id)
        arranged = [one for one in about if one.is_open and self._lies_ahead(one.offered.meets_on)]
        n_days = (self.last_day - self.today).days
        free = slots_for(self.store, self.verdict.person_id, self.verdict.programme_id, now=self.now, n_days=n_days)
        if not about and not free:
            return
        lost = [
            one.offered.meets_on
            for one in about
            if one.ended is not None
            and one.ended.outcome is not MeetingOutcome.HELD
            and opens_on < one.offered.meets_on < self.today
        ]
        missing, ahead = then.need - then.have, len(arranged) + len(free)
        if ahead < missing:
            mend = ngettext(
                "Find a time for {n} more meeting before the last day.",
                "Find times for {n} more meetings before the last day.",
                missing - ahead,
            )
            yield _Shortfall(Rule.MEETINGS, missing, ahead, self._since(missing, ahead, lost), mend)

    def _quiz(self, blueprint_id: BlueprintId) -> Iterator[_Shortfall]:
        window = attempt_window(self.store, self.verdict.person_id, self.verdict.programme_id, blueprint_id, self.now)
        since = self.store.day_of(window.last.occurred_at) if window.last is not None else None
        mend = N_("Talk about it with them, then open the quiz once more.")
        if window.is_locked:
            yield _Shortfall(Rule.QUIZ_LOCKED, 1, 0, since, mend)
        elif window.opens_at is not None and self.store.day_of(window.opens_at) > self.last_day:
            yield _Shortfall(Rule.QUIZ_WAIT, 1, 0, since, mend)

    # ------------------------------------------------------------ days

    def _lies_ahead(self, day: date) -> bool:
        return self.today <= day <= self.last_day

    def _since(self, missing: int, n_ahead: int, lost: Sequence[date]) -> date | None:
        """Return the day after the loss with which too few were left; None when there were never enough."""
        over = sorted(min(day, self.today - timedelta(days=1)) for day in lost)
        place = n_ahead + len(over) - missing
        return over[place] + timedelta(days=1) if 0 <= place < len(over) else None

    def _codes(self, kind: type[Attendance | Observation], evidence: Sequence[FactId], field: str) -> frozenset[str]:
        known = set(evidence)
        facts = self.store.list_facts(kind, self.verdict.person_id)
        return frozenset(str(getattr(fact, field)) for fact in facts if fact.fact_id in known)
