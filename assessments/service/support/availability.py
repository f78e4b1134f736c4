"""When the acting person is free: an ordinary week, and days on which it is otherwise."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from assessments.errors import WrongInputError
from assessments.facts import Mode
from assessments.free_times import FreeTimes
from assessments.local_time import DAY_MINUTES, clock_words, wall_of, zone_named
from assessments.ports import Ledger
from assessments.service.access import get_fact, record_once, require, require_own
from assessments.service.amending import amend
from assessments.support import Availability, FreeException, FreeWindow
from people.facts import Amendment, Change, FactId
from people.ids import new_fact_id
from people.models import Actor, PersonId
from people.rights import Record, Right

MOST_WINDOWS: Final = 42
LARGEST_GROUP: Final = 30
FARTHEST_DAYS: Final = 366
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def say_when_free(
    ledger: Ledger,
    actor: Actor,
    windows: Sequence[FreeWindow],
    modes: Iterable[Mode],
    *,
    zone: str,
    now: datetime,
    languages: Sequence[str] = (),
    group_size: int = 0,
    needs_creche: bool = False,
    needs_travel_help: bool = False,
    fact_id: FactId | None = None,
) -> Availability:
    """Record when the actor is free in an ordinary week; it takes the place of what they said before.

    Args:
        ledger: Where facts are.
        actor: Whose week it is.
        windows: Stretches of the week; those that touch become one. None at all says "no free time".
        modes: How they can meet; at least one when there is a stretch.
        zone: Whose clock the stretches go by.
        now: The time.
        languages: Codes such as "ar"; none for any.
        group_size: How many a supervisor takes in a group meeting, 0 to 30.
        needs_creche: Whether children have to be looked after meanwhile, yes or no.
        needs_travel_help: Whether help with travel is needed, yes or no.
        fact_id: Given by the page, so that a double click records it once.

    Raises:
        WrongInputError: A stretch, a language, the zone or the size does not fit.
    """
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, actor.person_id)
    chosen = frozenset(modes)
    tidy = _tidy_windows(windows)
    if tidy and not chosen:
        raise WrongInputError("How you can meet", "nothing", "at least one way", "Choose how you can meet.")
    said = Availability(
        fact_id=fact_id or new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        zone=zone_named(zone).key,
        in_person=Mode.IN_PERSON in chosen,
        by_phone=Mode.PHONE in chosen,
        by_video=Mode.VIDEO in chosen,
        in_group=Mode.GROUP in chosen,
        languages=_tidy_languages(languages),
        group_size=_check_group(group_size),
        needs_creche=needs_creche,
        needs_travel_help=needs_travel_help,
        windows=tidy,
    )
    return record_once(ledger, said)


def _tidy_windows(windows: Sequence[FreeWindow]) -> tuple[FreeWindow, ...]:
    if len(windows) > MOST_WINDOWS:
        raise WrongInputError(
            "Free times", f"{len(windows)} stretches", f"at most {MOST_WINDOWS}", "Join some of them."
        )
    merged: list[FreeWindow] = []
    for window in sorted(windows):
        _check_stretch(window.start_minute, window.end_minute)
        if not 0 <= window.weekday <= 6:
            raise WrongInputError("Weekday", str(window.weekday), "0 (Monday) to 6", "Choose a day of the week.")
        last = merged[-1] if merged else None
        if last is not None and last.weekday == window.weekday and window.start_minute <= last.end_minute:
            merged[-1] = FreeWindow(last.weekday, last.start_minute, max(last.end_minute, window.end_minute))
        else:
            merged.append(window)
    return tuple(merged)


def _check_stretch(start_minute: int, end_minute: int) -> None:
    if not 0 <= start_minute < end_minute <= DAY_MINUTES:
        found = f"from {clock_words(start_minute)} to {clock_words(end_minute)}"
        raise WrongInputError("Free time", found, "an end after its beginning, on one day", "Choose a later end.")


def _tidy_languages(languages: Sequence[str]) -> tuple[str, ...]:
    odd = [language for language in languages if not _LANGUAGE.fullmatch(language)]
    if odd:
        raise WrongInputError("Language", f"`{odd[0]}`", "a code such as ar or pl", "Choose from the list.")
    return tuple(dict.fromkeys(languages))


def _check_group(group_size: int) -> int:
    if not 0 <= group_size <= LARGEST_GROUP:
        raise WrongInputError("Group", str(group_size), f"0 to {LARGEST_GROUP}", "Say how many you take at once.")
    return group_size


def except_day(
    ledger: Ledger,
    actor: Actor,
    day: date,
    start_minute: int,
    end_minute: int,
    *,
    is_free: bool,
    zone: str,
    now: datetime,
    fact_id: FactId | None = None,
) -> FreeException:
    """Record that one day is otherwise than the ordinary week: free then besides, or not free then.

    Raises:
        WrongInputError: The day has gone by or is more than a year ahead, or the stretch or the zone does not fit.
    """
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, actor.person_id)
    _check_stretch(start_minute, end_minute)
    today, _ = wall_of(now, zone)
    if not today <= day <= today + timedelta(days=FARTHEST_DAYS):
        expected = f"{today:%Y-%m-%d} or later, within a year"
        raise WrongInputError("Day", f"{day:%Y-%m-%d}", expected, "Choose a day that is to come.")
    exception = FreeException(
        fact_id=fact_id or new_fact_id(),
        person_id=actor.person_id,
        actor_id=actor.person_id,
        occurred_at=now,
        zone=zone_named(zone).key,
        day_on=day,
        start_minute=start_minute,
        end_minute=end_minute,
        is_free=is_free,
    )
    return record_once(ledger, exception)


def take_back_exception(ledger: Ledger, actor: Actor, exception_id: FactId, now: datetime) -> Amendment:
    """Take back what was said about one day; twice changes nothing.

    Raises:
        UnknownFactError: The actor has said nothing of this id.
        NotAllowedError: Somebody else has said it.
    """
    exception = ledger.find(FreeException, exception_id) or get_fact(ledger, FreeException, exception_id, "free day")
    require_own(actor, Right.ARRANGE, Record.SUPERVISION, exception.person_id)
    return record_once(ledger, amend(exception, actor, exception_id, Change.VOID, reason="taken_back", now=now))


def see_free_times(ledger: Ledger, actor: Actor, person_id: PersonId) -> FreeTimes:
    """Return when a person is free.

    Raises:
        NotAllowedError: It is neither the actor's own, nor of somebody whose supervision they may see.
    """
    require(ledger, actor, Right.SEE, Record.SUPERVISION, person_id)
    return find_free_times(ledger, person_id)


def find_free_times(ledger: Ledger, person_id: PersonId) -> FreeTimes:
    """Return what a person has said about when they are free. Whether it may be seen has been checked before."""
    said = ledger.list_facts(Availability, person_id)
    return FreeTimes(said[-1] if said else None, ledger.list_facts(FreeException, person_id))
