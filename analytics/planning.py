"""The plan of a hub's supervision: what people and their supervisors have said, and what more time would buy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from analytics.planner import Gain, Person, Plan, gain_of, propose
from analytics.supervision import Due, list_due
from assessments.facts import Mode
from assessments.free_times import DEFAULT_GROUP, Slot, open_slots, without
from assessments.local_time import DayPart, edge_of, wall_of
from assessments.service.support.availability import find_free_times
from assessments.service.support.known import meetings_about, meetings_with
from curriculum.models import Programme
from people.models import Actor, HubId, PersonId
from people.rights import Record, Right, require_in_hub
from store.ledger import Store
from store.standing import names_of

EVENING: Final = 18 * 60
"""When one more evening would begin, in minutes from midnight."""

MORNING: Final = 10 * 60
"""When one more time in school hours would begin."""


@dataclass(frozen=True, slots=True)
class HubPlan:
    """The proposal for a hub, with what it was made of.

    `settled` are those who are owed supervision and have a meeting in time already: nothing is proposed for them.
    """

    first_day: date
    last_day: date
    people: tuple[Person, ...]
    slots: tuple[Slot, ...]
    settled: tuple[Due, ...]
    supervisors: dict[PersonId, str]
    plan: Plan


def plan_hub(
    store: Store, actor: Actor, programme: Programme, hub_id: HubId, *, n_days: int = 28, mode: Mode | None = None
) -> HubPlan:
    """Return a proposal for all in a hub who are owed supervision within the next days.

    A person is owed a meeting when the longest gap would pass before the last day, or has passed. Who has a meeting in
    time, offered or booked, is settled. Who has one that comes too late is proposed another only if it is in time.

    Args:
        store: Where the facts are.
        actor: Who asks.
        programme: Its version that the hub runs now.
        hub_id: The hub.
        n_days: How many days ahead.
        mode: Only free times that can be used in this way.

    Raises:
        NotAllowedError: The actor may not see the supervision of the hub.
    """
    require_in_hub(actor, Right.SEE, Record.SUPERVISION, hub_id)
    now = store.clock()
    first, _ = wall_of(now, programme.head.timezone)
    last = first + timedelta(days=n_days)
    owed = [due for due in _once(list_due(store, programme.head.id, hub_id)) if _is_owed(due, last)]
    settled = [due for due in owed if _is_settled(store, due, now)]
    people = [_person(store, due, now, first, last) for due in owed if due not in settled]
    supervisor_ids = sorted({one for person in people for one in person.supervisor_ids})
    slots = [slot for one in supervisor_ids for slot in _slots(store, one, programme, first, last)]
    usable = [slot for slot in slots if mode is None or mode in slot.modes]
    return HubPlan(
        first_day=first,
        last_day=last,
        people=tuple(people),
        slots=tuple(usable),
        settled=tuple(settled),
        supervisors=names_of(store, supervisor_ids),
        plan=propose(people, usable),
    )


def _once(dues: Iterable[Due]) -> list[Due]:
    """Return one line a person, the first to fall due: a person with two gates needs one meeting."""
    found: dict[PersonId, Due] = {}
    for due in dues:
        found.setdefault(due.person_id, due)
    return list(found.values())


def _is_owed(due: Due, last: date) -> bool:
    return due.is_late or due.due_day is None or due.due_day <= last


def _days_ahead(store: Store, due: Due, now: datetime) -> list[date]:
    return [
        meeting.offered.meets_on
        for meeting in meetings_about(store, due.person_id)
        if meeting.is_open and meeting.span.starts_at > now
    ]


def _is_settled(store: Store, due: Due, now: datetime) -> bool:
    ahead = _days_ahead(store, due, now)
    return bool(ahead) and (due.is_late or due.due_day is None or min(ahead) <= due.due_day)


def _person(store: Store, due: Due, now: datetime, first: date, last: date) -> Person:
    said = find_free_times(store, due.person_id)
    busy = [meeting.span for meeting in meetings_about(store, due.person_id) if meeting.is_open and meeting.is_booked]
    has_said = said.availability is not None
    return Person(
        person_id=due.person_id,
        name=due.name,
        supervisor_ids=store.subject(due.person_id).trainer_ids,
        due_day=None if due.is_late else due.due_day,
        free=tuple(without(said.spans(first, last), busy)) if has_said else None,
        modes=said.availability.modes if said.availability is not None and said.availability.modes else None,
        languages=frozenset(said.availability.languages) if said.availability is not None else frozenset(),
        latest_day=due.due_day if _days_ahead(store, due, now) else None,
    )


def _slots(store: Store, supervisor_id: PersonId, programme: Programme, first: date, last: date) -> list[Slot]:
    return open_slots(
        supervisor_id,
        find_free_times(store, supervisor_id),
        [meeting.span for meeting in meetings_with(store, supervisor_id) if meeting.is_open],
        minutes=programme.head.support.meeting_minutes,
        first=first,
        last=last,
        not_before=store.clock(),
    )


# ---------------------------------------------------------------- what one more would buy


@dataclass(frozen=True, slots=True)
class Further:
    """One more stretch of a supervisor's time each week, from tomorrow: an evening (18:00), or in school hours (10:00).

    `weekday` is 0 (Monday) to 6; `n_meetings` follow one another; `modes` are how they could be held.
    """

    supervisor_id: PersonId
    weekday: int
    part: DayPart
    n_meetings: int = 2
    modes: frozenset[Mode] = frozenset({Mode.IN_PERSON, Mode.PHONE, Mode.VIDEO})


@dataclass(frozen=True, slots=True)
class OneMore:
    """What one more stretch would bring; `n_slots` meetings would fit into it in the days ahead."""

    further: Further
    n_slots: int
    gain: Gain


def buy_one_more(plan: HubPlan, programme: Programme, further: Further) -> OneMore:
    """Return what would change if a supervisor gave one more evening, or one more time in school hours, every week.

    Args:
        plan: The proposal as it stands.
        programme: Gives the length of a meeting and the zone.
        further: Whose, when, and for how many meetings.
    """
    more = list(_further_slots(plan, programme, further))
    return OneMore(further, len(more), gain_of(plan.people, plan.slots, more, plan.plan))


def _further_slots(plan: HubPlan, programme: Programme, further: Further) -> Iterable[Slot]:
    starts = EVENING if further.part is DayPart.EVENING else MORNING
    minutes, zone = programme.head.support.meeting_minutes, programme.head.timezone
    taken = [slot.span for slot in plan.slots if slot.supervisor_id == further.supervisor_id]
    for number in range(1, (plan.last_day - plan.first_day).days + 1):
        day = plan.first_day + timedelta(days=number)
        for turn in range(further.n_meetings if day.weekday() == further.weekday else 0):
            minute = starts + turn * minutes
            slot = Slot(
                supervisor_id=further.supervisor_id,
                day=day,
                start_minute=minute,
                zone=zone,
                minutes=minutes,
                modes=further.modes,
                languages=frozenset(),
                n_places=DEFAULT_GROUP if Mode.GROUP in further.modes else 1,
                starts_at=edge_of(day, minute, zone),
            )
            if not any(slot.span.overlaps(span) for span in taken):
                yield slot


def best_one_more(plan: HubPlan, programme: Programme, choices: Sequence[Further]) -> list[OneMore]:
    """Return what each choice would bring, the best first."""
    found = [buy_one_more(plan, programme, choice) for choice in choices]
    return sorted(
        found,
        key=lambda one: (
            -one.gain.n_in_time,
            -one.gain.n_placed,
            one.further.weekday,
            one.further.part,
            one.further.supervisor_id,
        ),
    )
