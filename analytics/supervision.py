"""How people come by supervision: who is due and late, what became of meetings, how soon somebody answers.

Who is late is said by the statement of readiness; the figures come from named queries, each with how many it is about.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Final

from analytics.small_numbers import hide_small, shown_part, shown_total
from assessments.support import MeetingOutcome, MeetingReason, Party
from assessments.verdicts import Status
from curriculum.ids import DomainId, GateId, ProgrammeId
from curriculum.models import Programme
from people.models import Actor, CohortId, HubId, PersonId
from people.rights import Record, Right, may_in_hub, require_in_hub, require_on_person
from store.beside_gates import MeetingDue, meetings_due
from store.ledger import Store
from store.questions import number_of
from store.rows import Row
from store.standing import board, names_of

SUPERVISED: Final = frozenset(
    {Status.PRACTISING, Status.READY_FOR_DECISION, Status.SIGNED_OFF, Status.DUE_SOON, Status.ON_HOLD}
)
"""Who is owed supervision: those who practise, whatever they wait for."""


@dataclass(frozen=True, slots=True)
class Due:
    """Until when a person may wait for supervision. `days_late` is None for who has met nobody; 0 is not late."""

    person_id: PersonId
    name: str
    cohort_id: CohortId
    gate_id: GateId
    last_day: date | None
    due_day: date | None
    is_late: bool
    days_late: int | None


def list_due(store: Store, programme_id: ProgrammeId, hub_id: HubId, cohort_id: CohortId | None = None) -> list[Due]:
    """Return until when those who practise in a hub may wait for supervision: the latest first, to the day.

    Whether it may be seen has been checked before.
    """
    rows = board(store, programme_id, hub_id=hub_id, cohort_id=cohort_id)
    owed = {row.verdict.person_id for row in rows if row.verdict.status in SUPERVISED}
    now = store.clock()
    found = meetings_due(store, programme_id, hub_id=hub_id, cohort_id=cohort_id, as_of=now, known_at=now)
    return _described(store, (due for due in found if due.person_id in owed), now)


def see_own_due(store: Store, actor: Actor, programme_id: ProgrammeId) -> list[Due]:
    """Return the same as `list_due`, of those who are assigned to the acting trainer.

    Raises:
        NotAllowedError: The actor may not see the supervision of one of them.
    """
    rows = board(store, programme_id, trainer_id=actor.person_id)
    owed = {row.verdict.person_id for row in rows if row.verdict.status in SUPERVISED}
    for person_id in owed:
        require_on_person(actor, Right.SEE, Record.SUPERVISION, store.subject(person_id))
    now = store.clock()
    found = [
        due
        for person_id in sorted(owed)
        for due in meetings_due(store, programme_id, person_id=person_id, as_of=now, known_at=now)
    ]
    return _described(store, found, now)


def _described(store: Store, found: Iterable[MeetingDue], now: datetime) -> list[Due]:
    dues = list(found)
    names, today = names_of(store, [due.person_id for due in dues]), store.day_of(now)
    described = [
        Due(
            due.person_id,
            names[due.person_id],
            due.cohort_id,
            due.gate_id,
            due.last_day,
            due.due_day,
            due.is_late,
            None if due.due_day is None else max((today - due.due_day).days, 0),
        )
        for due in dues
    ]
    return sorted(described, key=lambda due: (not due.is_late, due.due_day or date.min, due.name, due.person_id))


# ---------------------------------------------------------------- figures


@dataclass(frozen=True, slots=True)
class NotHeld:
    """Why meetings did not come about: an outcome, whose it was, a reason, and how many; `n` None when that is few."""

    outcome: MeetingOutcome
    party: Party | None
    reason: MeetingReason | None
    n: int | None


@dataclass(frozen=True, slots=True)
class Access:
    """How people of a hub came by supervision. A figure is None when it is hidden, or follows from nothing.

    Attributes:
        first_day: The first day that the figures are about.
        last_day: The last day.
        n_offered: Meetings offered for these days.
        n_held: Of these, held.
        n_unclosed: Of these, gone by and not said what became of them.
        not_held: Of these, those that did not come about, the most frequent reason first.
        n_supervisions: Supervisions held on these days, with an appointment or without.
        n_supervised: People who had at least one.
        n_gaps: Gaps between one supervision and the next that ended on these days.
        median_gap_days: The middle one of these gaps.
        n_owed: People who are owed supervision today.
        n_in_time: Of these, those who have not waited longer than the longest gap.
        n_answered: Wishes to be contacted that were answered.
        median_hours: The middle one of the hours to the answer.
        p90_hours: Nine in ten were answered within this.
        n_open: Wishes that nobody has answered yet.
        longest_open_hours: How long the oldest of these has waited.
        n_past_limit: Wishes that waited, or were answered, longer than `limit_hours`.
        limit_hours: What the programme promises.
        is_suppressed: Whether small numbers are hidden.
        min_cell: The smallest number shown then.
    """

    first_day: date
    last_day: date
    n_offered: int | None
    n_held: int | None
    n_unclosed: int | None
    not_held: tuple[NotHeld, ...]
    n_supervisions: int | None
    n_supervised: int | None
    n_gaps: int | None
    median_gap_days: float | None
    n_owed: int | None
    n_in_time: int | None
    n_answered: int | None
    median_hours: float | None
    p90_hours: float | None
    n_open: int | None
    longest_open_hours: float | None
    n_past_limit: int | None
    limit_hours: int
    is_suppressed: bool
    min_cell: int


def see_access(
    store: Store,
    actor: Actor,
    programme: Programme,
    hub_id: HubId,
    *,
    first_day: date,
    last_day: date,
    cohort_id: CohortId | None = None,
    among: Collection[PersonId] | None = None,
) -> Access:
    """Return how the people of a hub, or of one of its cohorts, came by supervision.

    Who may not see people one by one gets the same figures with small numbers hidden.

    Args:
        store: Where the facts are.
        actor: Who asks.
        programme: Whose promise and privacy hold.
        hub_id: The hub.
        first_day: The first day of the meetings, supervisions and wishes that count.
        last_day: The last day.
        cohort_id: Only those of this cohort.
        among: Only these people.

    Raises:
        NotAllowedError: The actor may see neither the supervision of the hub nor sums of it.
    """
    is_plain = may_in_hub(actor, Right.SEE, Record.SUPERVISION, hub_id)
    if not is_plain:
        require_in_hub(actor, Right.SEE_AGGREGATE, Record.SUPERVISION, hub_id)
    asked: Row = {
        "programme_id": programme.head.id,
        "hub": hub_id,
        "cohort_no": number_of(store, cohort_id),
        "first_day": first_day,
        "last_day": last_day,
        "among": None if among is None else sorted(among),
    }
    found_due = list_due(store, programme.head.id, hub_id, cohort_id)
    dues = [due for due in found_due if among is None or due.person_id in among]
    limit = programme.head.support.contact_hours
    found = _Found(
        meetings=store.system_query("supervision_access", **asked),
        gaps=store.system_query("supervision_gaps", **asked)[0],
        response=store.system_query("contact_response", **asked, limit_hours=limit)[0],
        n_owed=len({due.person_id for due in dues}),
        n_late=len({due.person_id for due in dues if due.is_late}),
    )
    return found.access(first_day, last_day, limit, 1 if is_plain else programme.head.privacy.min_cell)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the queries say, before small numbers are hidden: with a smallest number of 1 none is."""

    meetings: list[Row]
    gaps: Row
    response: Row
    n_owed: int
    n_late: int

    def access(self, first_day: date, last_day: date, limit_hours: int, min_cell: int) -> Access:
        """Return the figures."""
        n_offered = sum(row["n"] for row in self.meetings)
        n_held = self._n(MeetingOutcome.HELD)
        is_offered_shown = shown_total(n_offered, min_cell) is not None
        is_gap_shown = self.gaps["n_people"] >= min_cell and self.gaps["n_gaps"] >= min_cell
        n_answered = self.response["n_answered"]
        is_answer_shown = n_answered >= min_cell
        return Access(
            first_day=first_day,
            last_day=last_day,
            n_offered=shown_total(n_offered, min_cell),
            n_held=shown_part(n_held, n_offered, min_cell) if is_offered_shown else None,
            n_unclosed=shown_total(self._n("open"), min_cell),
            not_held=self._not_held(min_cell),
            n_supervisions=self.gaps["n_held"] if self.gaps["n_people"] >= min_cell or min_cell == 1 else None,
            n_supervised=shown_total(self.gaps["n_people"], min_cell),
            n_gaps=shown_total(self.gaps["n_gaps"], min_cell),
            median_gap_days=self.gaps["median_days"] if is_gap_shown else None,
            n_owed=shown_total(self.n_owed, min_cell),
            n_in_time=shown_part(self.n_owed - self.n_late, self.n_owed, min_cell),
            n_answered=shown_total(n_answered, min_cell),
            median_hours=self.response["median_hours"] if is_answer_shown else None,
            p90_hours=self.response["p90_hours"] if is_answer_shown else None,
            n_open=shown_total(self.response["n_open"], min_cell),
            longest_open_hours=self.response["longest_open_hours"] if min_cell == 1 else None,
            n_past_limit=shown_total(self.response["n_past_limit"], min_cell),
            limit_hours=limit_hours,
            is_suppressed=min_cell > 1,
            min_cell=min_cell,
        )

    def _n(self, outcome: str) -> int:
        return sum(row["n"] for row in self.meetings if row["outcome"] == outcome)

    def _not_held(self, min_cell: int) -> tuple[NotHeld, ...]:
        counts = {
            (row["outcome"], row["party"], row["reason"]): int(row["n"])
            for row in self.meetings
            if row["outcome"] not in (MeetingOutcome.HELD, "open")
        }
        hidden = hide_small(counts, min_cell)
        ordered = sorted(counts, key=lambda key: (-counts[key], str(key)))
        return tuple(
            NotHeld(
                MeetingOutcome(outcome),
                Party(party) if party else None,
                MeetingReason(reason) if reason else None,
                hidden[outcome, party, reason],
            )
            for outcome, party, reason in ordered
        )


# ---------------------------------------------------------------- confidence


@dataclass(frozen=True, slots=True)
class ConfidenceChange:
    """How sure people felt in one domain before and after, of those who said both.

    `n` None when they are few; then nothing else is shown. `n_higher` None when they or the rest are few.
    """

    domain_id: DomainId
    title: str
    n: int | None
    median_before: float | None
    median_after: float | None
    n_higher: int | None


def see_confidence_change(
    store: Store, actor: Actor, programme: Programme, hub_id: HubId, *, cohort_id: CohortId | None = None
) -> list[ConfidenceChange]:
    """Return how sure people of a hub felt before and after, by domain: sums only, small numbers hidden.

    Raises:
        NotAllowedError: The actor may not see sums of it.
    """
    require_in_hub(actor, Right.SEE_AGGREGATE, Record.CONFIDENCE, hub_id)
    rows = store.system_query(
        "confidence_pairs", programme_id=programme.head.id, hub=hub_id, cohort_no=number_of(store, cohort_id)
    )
    min_cell = programme.head.privacy.min_cell
    return [
        _change(domain.id, domain.title, [row for row in rows if row["domain_id"] == domain.id], min_cell)
        for domain in programme.domains
    ]


def _change(domain_id: DomainId, title: str, rows: list[Row], min_cell: int) -> ConfidenceChange:
    if len(rows) < min_cell:
        return ConfidenceChange(domain_id, title, None if rows else 0, None, None, None)
    before, after = ([row[name] for row in rows] for name in ("level_before", "level_after"))
    n_higher = sum(row["level_after"] > row["level_before"] for row in rows)
    return ConfidenceChange(
        domain_id, title, len(rows), median(before), median(after), shown_part(n_higher, len(rows), min_cell)
    )
