"""The frame of the programme: its name, its time zone, its activities and its rules of privacy."""

import zoneinfo
from collections.abc import Iterator

from curriculum.draft import Draft
from curriculum.errors import Problem
from curriculum.places import Kind, did_you_mean

RETAINED = ("wellbeing", "comments", "signoff")
"""What `privacy.retention_days` may name."""
_SHORTEST_MONTH = 28


def check_head(draft: Draft) -> Iterator[Problem]:
    """Yield problems of the programme as a whole."""
    head = draft.head
    if head is None:
        return
    place = draft.place(Kind.PROGRAMME, head.id)
    if head.id != draft.folder.resolve().name:
        message = f"`id` is `{head.id}`; expected the folder's name, `{draft.folder.resolve().name}`"
        yield place.error(message, "Rename one of them.", ("id",))
    try:
        zoneinfo.ZoneInfo(head.timezone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        hint = did_you_mean(head.timezone, zoneinfo.available_timezones())
        yield place.error(f"unknown time zone `{head.timezone}`", hint, ("timezone",))
    if not head.roles and Kind.ROLE not in draft.incomplete:
        yield place.error("has no roles", "Name at least one role that people train for.", ("roles",))
    for name, days in head.privacy.retention_days.items():
        at = ("privacy", "retention_days", name)
        if name not in RETAINED:
            yield place.error(f"unknown kind of record `{name}`", did_you_mean(name, RETAINED), at)
        if days < 1:
            yield place.error(f"`{name}` is kept {days} days; expected at least 1", at=at)


def check_decision(draft: Draft) -> Iterator[Problem]:
    """Yield a warning when people would be reminded of a sign-off's end from its first day on."""
    if draft.head is None:
        return
    decision = draft.head.decision
    if decision.due_soon_days >= decision.valid_months * _SHORTEST_MONTH:
        days = decision.valid_months * _SHORTEST_MONTH
        message = f"`due_soon_days` is {decision.due_soon_days}, but a sign-off may last {days} days only"
        place = draft.place(Kind.PROGRAMME, draft.head.id)
        yield place.warning(message, "It would be due from its first day: lower it.", ("decision", "due_soon_days"))


def check_activities(draft: Draft) -> Iterator[Problem]:
    """Yield problems of entrustable activities."""
    for activity in draft.head.activities if draft.head else ():
        place = draft.place(Kind.ACTIVITY, activity.id)
        if activity.required_level > activity.ceiling:
            message = f"`required_level` is {activity.required_level}, above the `ceiling` {activity.ceiling}"
            yield place.error(message, "Nobody could reach it: lower the one or raise the other.", ("required_level",))
        if not activity.roles:
            yield place.error("belongs to no role", "Name the roles that need it.", ("roles",))
