"""Days that people give: not in the future, and not long ago without a reason."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from assessments.errors import LateEntryError, WrongInputError
from assessments.ports import Ledger
from assessments.reasons import LateReason
from assessments.service.access import read_code

DAY_MINUTES: Final = 1440

FREE_DAYS: Final = 60
"""How many days back something may be recorded without a reason."""


def instant_on(ledger: Ledger, day: date, now: datetime, where: str) -> datetime:
    """Return an instant of the day at the organisation's place that is not after `now`.

    Raises:
        WrongInputError: The day has not come yet.
    """
    today = ledger.day_of(now)
    if day > today:
        found = f"{day:%Y-%m-%d} has not come yet"
        raise WrongInputError(where, found, f"{today:%Y-%m-%d} or earlier", "Give the day on which it took place.")
    if day == today:
        return now
    noon = datetime.combine(day, time(12), UTC)
    near = (noon + timedelta(hours=hours) for hours in (0, -11, 11))
    return next((instant for instant in near if ledger.day_of(instant) == day), noon)


def check_lateness(ledger: Ledger, day: date, now: datetime, reason: str) -> str:
    """Return the coded reason for a late entry, empty when none was given and none is needed.

    Raises:
        LateEntryError: The day is more than `FREE_DAYS` ago and there is no reason.
        WrongInputError: The reason is not a `LateReason`.
    """
    if reason:
        return read_code(LateReason, reason, "Reason for the late entry")
    if day < ledger.day_of(now) - timedelta(days=FREE_DAYS):
        raise LateEntryError(day, FREE_DAYS)
    return ""


def check_minutes(minutes: int) -> int:
    """Return the minutes of something that took place.

    Raises:
        WrongInputError: They are fewer than 0 or more than a day has.
    """
    if not 0 <= minutes <= DAY_MINUTES:
        raise WrongInputError("Minutes", str(minutes), f"0 to {DAY_MINUTES}", "Enter how long it took.")
    return minutes
