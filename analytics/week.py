"""What a co-ordinator has to see to in a week: sessions and what is not ready for them, people without a meeting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from analytics.supervision import list_due
from assessments.local_time import clock_words
from assessments.meetings import MeetingState
from assessments.support import PreparationState, SessionKind
from curriculum.models import Preparation, Programme
from people.models import Actor, HubId
from people.rights import Record, Right, require_in_hub
from store.ledger import Store
from store.rows import Row

DAYS_AHEAD: Final = 14
"""How far beyond the week preparation is looked at: a room is not found on the day."""

ANSWER_DAYS: Final = 3
"""After how many days an offer that nobody answered is asked about."""

CLOSE_DAYS: Final = 60
"""How far back meetings are looked for that nobody has closed."""


class TaskKind(StrEnum):
    """What is to be done."""

    READY = "ready"
    SESSION = "session"
    OFFER = "offer"
    ANSWER = "answer"
    CLOSE = "close"
    CONTACT = "contact"


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the list.

    `day` is by when, None for at once; `clock` is a time such as "18:00"; `name` and `other` are the people; `code` a
    session's; `thing` what is not ready. `is_urgent` comes first.
    """

    kind: TaskKind
    day: date | None
    clock: str = ""
    name: str = ""
    other: str = ""
    code: str = ""
    thing: Preparation | None = None
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class SessionAhead:
    """A session in the calendar, with what was noted of each thing; a thing that is not named is not ready."""

    planned_id: UUID
    cohort_title: str
    kind: SessionKind
    code: str
    day: date
    start_minute: int
    minutes: int
    leader_nos: tuple[int, ...]
    leaders: tuple[str, ...]
    states: dict[Preparation, PreparationState]

    @property
    def clock(self) -> str:
        """Return when it begins, as on a clock."""
        return clock_words(self.start_minute)

    def open_things(self, critical: Iterable[Preparation]) -> list[Preparation]:
        """Return what of the critical things is not ready yet."""
        if self.kind is not SessionKind.LIVE:
            return []
        done = (PreparationState.READY, PreparationState.NOT_NEEDED)
        return [thing for thing in critical if self.states.get(thing) not in done]


def sessions_of(rows: Iterable[Row]) -> list[SessionAhead]:
    """Return the sessions of a query that gives a row for each thing noted, in their order."""
    found: dict[UUID, SessionAhead] = {}
    for row in rows:
        session = found.setdefault(row["planned_id"], _session(row))
        if row["thing"] is not None:
            session.states[Preparation(row["thing"])] = PreparationState(row["state"])
    return list(found.values())


def _session(row: Row) -> SessionAhead:
    pair = [("first_leader_no", "first_leader_name"), ("second_leader_no", "second_leader_name")]
    led = [(row[number], row[name]) for number, name in pair if row[number] is not None]
    return SessionAhead(
        planned_id=row["planned_id"],
        cohort_title=row["cohort_title"],
        kind=SessionKind(row["kind"]),
        code=row["session_code"],
        day=row["meets_on"],
        start_minute=row["start_minute"],
        minutes=row["minutes"],
        leader_nos=tuple(number for number, _ in led),
        leaders=tuple(name for _, name in led),
        states={},
    )


def meeting_state(row: Row) -> MeetingState:
    """Return where the meeting of a row stands."""
    if row["outcome"] is not None:
        return MeetingState(row["outcome"])
    return MeetingState.BOOKED if row["is_booked"] else MeetingState.OFFERED


def see_week(store: Store, actor: Actor, programme: Programme, hub_id: HubId, first_day: date) -> list[Task]:
    """Return what is to be seen to in the seven days from `first_day`: what is urgent first, then by day.

    Raises:
        NotAllowedError: The actor may not see the supervision of the hub.
    """
    require_in_hub(actor, Right.SEE, Record.SUPERVISION, hub_id)
    week = _Week(store, actor, programme, hub_id, first_day)
    tasks = [*week.preparing(), *week.meetings(), *week.owed(), *week.contacts()]
    return sorted(tasks, key=lambda task: (not task.is_urgent, task.day or first_day, task.clock, task.name, task.code))


@dataclass(frozen=True, slots=True)
class _Week:
    """Whose week it is, and from which day."""

    store: Store
    actor: Actor
    programme: Programme
    hub_id: HubId
    first_day: date

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=6)

    @property
    def today(self) -> date:
        return self.store.day_of(self.store.clock())

    def _rows(self, name: str, **asked: date) -> list[Row]:
        rows = self.store.query(name, self.actor, hub=self.hub_id, **asked)
        return [row for row in rows if row["programme_id"] == self.programme.head.id]

    def preparing(self) -> Iterator[Task]:
        """Yield the sessions of the week, and what is not ready for them and for those soon after."""
        until = self.last_day + timedelta(days=DAYS_AHEAD)
        for session in sessions_of(self._rows("hub_sessions", first_day=self.first_day, last_day=until)):
            names, is_now = " + ".join(session.leaders), session.day <= self.last_day
            for thing in session.open_things(self.programme.head.support.critical):
                yield Task(TaskKind.READY, session.day, name=names, code=session.code, thing=thing, is_urgent=is_now)
            if is_now:
                yield Task(TaskKind.SESSION, session.day, clock=session.clock, name=names, code=session.code)

    def _open_meetings(self) -> list[Row]:
        around = timedelta(days=CLOSE_DAYS)
        rows = self._rows("hub_meetings", first_day=self.today - around, last_day=self.last_day + around)
        return [row for row in rows if row["outcome"] is None]

    def meetings(self) -> Iterator[Task]:
        """Yield the meetings that nobody has answered or closed."""
        soon = max(self.last_day, self.today + timedelta(days=ANSWER_DAYS))
        for row in self._open_meetings():
            clock, name, other = clock_words(row["start_minute"]), row["name"], row["supervisor_name"]
            if row["meets_on"] < self.today:
                yield Task(TaskKind.CLOSE, row["meets_on"], clock=clock, name=name, other=other)
            elif not row["is_booked"] and row["meets_on"] <= soon:
                yield Task(TaskKind.ANSWER, row["meets_on"], clock=clock, name=name, other=other)

    def owed(self) -> Iterator[Task]:
        """Yield those who are late or fall due in the week, and have no meeting ahead."""
        arranged = {row["person_no"] for row in self._open_meetings() if row["meets_on"] >= self.today}
        for due in list_due(self.store, self.programme.head.id, self.hub_id):
            if due.person_id not in arranged and (due.is_late or (due.due_day or self.today) <= self.last_day):
                yield Task(TaskKind.OFFER, due.due_day, name=due.name, is_urgent=due.is_late)

    def contacts(self) -> Iterator[Task]:
        """Yield those who have waited to be contacted longer than the programme promises."""
        limit = timedelta(hours=self.programme.head.support.contact_hours)
        for row in self._rows("hub_contacts"):
            if self.store.clock() - row["occurred_at"] > limit:
                since, other = self.store.day_of(row["occurred_at"]), row["asked_name"] or ""
                yield Task(TaskKind.CONTACT, since, name=row["name"], other=other, is_urgent=True)
