"""How people of the demonstration are supported: free times, meetings, wishes to be contacted, sessions ahead."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Final

from analytics.demonstration.cast import COHORT_TITLE, HUB
from analytics.demonstration.world import Agenda, World
from assessments.facts import Mode
from assessments.service import support
from assessments.support import (
    ContactTopic,
    FreeWindow,
    MeetingReason,
    Moment,
    Party,
    PreparationState,
    SessionKind,
)
from curriculum.models import Preparation
from people.facts import CohortOpened, FactId

_NINE, _TEN, _SIX = 9 * 60, 10 * 60, 18 * 60
_FREE: Final = (
    ("trainer", ((1, _SIX, _SIX + 135), (3, _TEN, _TEN + 90)), (Mode.IN_PERSON, Mode.PHONE)),
    ("trainer2", ((0, _SIX, _SIX + 90), (2, _TEN, _TEN + 135)), (Mode.PHONE, Mode.VIDEO, Mode.GROUP)),
    ("priya", ((1, _SIX, _SIX + 180),), (Mode.PHONE,)),
    ("luis", ((2, _NINE, _NINE + 240),), (Mode.PHONE, Mode.IN_PERSON)),
    ("fatima", ((5, _TEN, _TEN + 120),), (Mode.PHONE,)),
    ("hana", ((0, _SIX, _SIX + 120), (3, _NINE, _NINE + 180)), (Mode.VIDEO, Mode.IN_PERSON)),
)
"""Fatima is free on Saturdays only, when nobody else is."""

_HELD: Final = (("hana", "trainer", 26), ("ivan", "trainer2", 26), ("ben", "trainer", 12), ("fatima", "trainer2", 26))
_PAIRS: Final = (
    ("priya", "ivan"),
    ("luis", "fatima"),
    ("luis", "fatima"),
    ("fatima", "chloe"),
    ("chloe", "samuel"),
    ("chloe", "samuel"),
    ("samuel", "noor"),
    ("noor", "erik"),
)
"""Who leads the sessions of the next weeks. Noor and Erik lead too few to be ready by the last day."""


def arrange_support(agenda: Agenda) -> None:
    """Put on the agenda how people were supported."""
    world = agenda.world
    for login, windows, modes in _FREE:
        agenda.at(90, 17, partial(_say_when_free, world, login, windows, modes))
    for number, (login, trainer, days_ago) in enumerate(_HELD):
        _meet(agenda, login, trainer, days_ago, 10 + number)
    _miss(agenda)
    _ask(agenda)
    agenda.at(4, 11, partial(_plan_sessions, world))
    agenda.at(1, 12, partial(_offer, world, "priya", "trainer", 2, _SIX))
    agenda.at(1, 13, partial(_agree, world, "hana", "trainer2", 3, _TEN))
    for login in ("hana", "priya"):
        agenda.at(100, 19, partial(_feel, world, login, Moment.BEFORE, 2))
    agenda.at(6, 19, partial(_feel, world, "hana", Moment.AFTER, 4))


def _say_when_free(world: World, login: str, windows: Sequence[tuple[int, int, int]], modes: Sequence[Mode]) -> None:
    week = [FreeWindow(*window) for window in windows]
    zone = world.programme.head.timezone
    size = 4 if Mode.GROUP in modes else 0
    support.say_when_free(world.store, world.actor(login), week, modes, zone=zone, now=world.clock.now, group_size=size)


# ---------------------------------------------------------------- meetings


def _offer(world: World, login: str, trainer: str, in_days: int, start_minute: int) -> FactId:
    offered = support.offer_meeting(
        world.store,
        world.actor(trainer),
        world.people[login],
        world.programme.head.id,
        day=world.store.day_of(world.clock.now) + timedelta(days=in_days),
        start_minute=start_minute,
        minutes=world.programme.head.support.meeting_minutes,
        mode=Mode.PHONE,
        now=world.clock.now,
    )
    return offered.fact_id


def _agree(world: World, login: str, trainer: str, in_days: int, start_minute: int) -> FactId:
    meeting_id = _offer(world, login, trainer, in_days, start_minute)
    support.book_meeting(world.store, world.actor(login), meeting_id, world.clock.wait(90))
    return meeting_id


def _meet(agenda: Agenda, login: str, trainer: str, days_ago: int, hour: int) -> None:
    """Let somebody be offered a meeting, say yes, and have it three days later."""
    world, made = agenda.world, list[FactId]()
    agenda.at(days_ago + 3, hour, lambda: made.append(_agree(world, login, trainer, 3, hour * 60)))
    agenda.at(
        days_ago,
        hour + 2,
        lambda: support.hold_meeting(world.store, world.actor(trainer), made[0], world.clock.now),
    )


def _miss(agenda: Agenda) -> None:
    """Luis cannot come once, for want of somebody to mind the children; with Ivan the connection fails."""
    world, made = agenda.world, dict[str, FactId]()
    agenda.at(24, 11, lambda: made.update(luis=_agree(world, "luis", "trainer", 5, _TEN)))
    agenda.at(21, 8, lambda: _call_off(world, "luis", made["luis"]))
    agenda.at(16, 11, lambda: made.update(ivan=_agree(world, "ivan", "trainer2", 2, _TEN)))
    agenda.at(14, 12, lambda: _miss_one(world, made["ivan"]))


def _call_off(world: World, login: str, meeting_id: FactId) -> None:
    support.cancel_meeting(world.store, world.actor(login), meeting_id, MeetingReason.CRECHE, world.clock.now)


def _miss_one(world: World, meeting_id: FactId) -> None:
    actor, now = world.actor("trainer2"), world.clock.now
    support.miss_meeting(world.store, actor, meeting_id, Party.HUB, MeetingReason.CONNECTION, now=now)


# ---------------------------------------------------------------- please contact me


def _ask(agenda: Agenda) -> None:
    """Two were answered, one within the promise and one late; Fatima has waited since three days."""
    world, asked = agenda.world, dict[str, FactId]()
    for login, days_ago, topic, days_to_answer in (
        ("ben", 30, ContactTopic.MEETING_TIME, 1),
        ("chloe", 17, ContactTopic.LEARNING, 4),
    ):
        agenda.at(days_ago, 20, partial(_wish, world, login, topic, asked))
        agenda.at(days_ago - days_to_answer, 9, partial(_answer, world, login, asked))
    agenda.at(3, 20, partial(_wish, world, "fatima", ContactTopic.PRACTICE, asked))


def _wish(world: World, login: str, topic: ContactTopic, asked: dict[str, FactId]) -> None:
    wish = support.ask_contact(
        world.store, world.actor(login), world.programme.head.id, topic, asked_id=None, now=world.clock.now
    )
    asked[login] = wish.fact_id


def _answer(world: World, login: str, asked: dict[str, FactId]) -> None:
    support.acknowledge_contact(world.store, world.actor("trainer"), asked[login], world.clock.now)


# ---------------------------------------------------------------- sessions ahead, and how sure people feel


def _plan_sessions(world: World) -> None:
    """Let the co-ordinator plan a session a week; for the first of them the room is ready."""
    coordinator = world.actor("coordinator")
    [cohort] = [one for one in world.store.list_facts(CohortOpened, hub_id=HUB) if one.title == COHORT_TITLE]
    for week, pair in enumerate(_PAIRS):
        planned = support.plan_session(
            world.store,
            coordinator,
            cohort.cohort_id,
            world.version_no,
            kind=SessionKind.LIVE,
            session_code=f"RIV-A week {week + 7}",
            when=support.SessionTime(world.today + timedelta(days=5 + 7 * week), _TEN, 120),
            now=world.clock.wait(1),
            leader_ids=(world.people[pair[0]], world.people[pair[1]]),
        )
        if not week:
            ready = PreparationState.READY
            support.note_preparation(
                world.store, coordinator, planned.fact_id, Preparation.VENUE, ready, now=world.clock.wait(1)
            )


def _feel(world: World, login: str, moment: Moment, level: int) -> None:
    levels = {domain.id: level + number % 2 for number, domain in enumerate(world.programme.domains)}
    support.rate_confidence(
        world.store, world.actor(login), world.programme.head.id, moment, levels, now=world.clock.now
    )
