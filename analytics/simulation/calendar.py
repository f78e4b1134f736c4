"""Weeks as the hub lives them: local days and times of day, as instants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days. `number` counts from 0 at the beginning of the simulation.

    `starts` are the UTC instants at which its days begin where the programme is; a time of day counts from there, so on
    the two days a year when clocks change it is an hour off, which nobody notices.
    """

    number: int
    first_day: date
    starts: tuple[datetime, ...]

    def at(self, day: int, hour: float) -> datetime:
        """Return the instant on a day of the week (0 to 6) at an hour such as 18.5."""
        return self.starts[day] + timedelta(seconds=round(hour * 3600))

    @property
    def last_day(self) -> date:
        """Return the seventh day."""
        return self.first_day + timedelta(days=WEEK_DAYS - 1)

    @property
    def end(self) -> datetime:
        """Return the instant at which the week is over."""
        return self.starts[-1] + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """So many weeks that end where the day `until` begins."""

    until: date
    n_weeks: int
    zone: ZoneInfo

    def week(self, number: int) -> Week:
        """Return a week by number; numbers below 0 lie before the beginning."""
        first_day = self.until - timedelta(days=WEEK_DAYS * (self.n_weeks - number))
        return Week(number, first_day, tuple(self._start(first_day + timedelta(days=day)) for day in range(WEEK_DAYS)))

    def weeks(self) -> Iterator[Week]:
        """Yield all the weeks, oldest first."""
        return map(self.week, range(self.n_weeks))

    def day_of(self, instant: datetime) -> date:
        """Return the local day of an instant."""
        return instant.astimezone(self.zone).date()

    def noon(self, day: date) -> datetime:
        """Return noon in UTC: what is recorded on a later day is dated so."""
        return datetime.combine(day, time(12), UTC)

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self.zone).astimezone(UTC)
