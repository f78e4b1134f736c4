"""What a hub put in: how much its trainers did, all together and never one by one, and how ready sessions were."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final

from analytics.week import sessions_of
from assessments.support import SessionKind
from curriculum.models import Programme
from people.models import Actor, CohortId, HubId
from people.rights import Record, Right, require_in_hub
from store.ledger import Store
from store.questions import number_of

_DAYS_A_WEEK: Final = 7


@dataclass(frozen=True, slots=True)
class Effort:
    """What was done on some days. It ranks nobody: a trainer stands in it with all the others.

    Attributes:
        n_weeks: How many weeks the days are, parts of a week too.
        n_trainers: How many people filled in a form or supervised.
        n_forms: Forms that trainers submitted.
        n_meetings: Supervisions.
        median_minutes: The middle one of the minutes that a form took; None without forms.
        most_in_a_week: The most that one of them did in seven days, forms and supervisions together.
        n_read: Forms of which the trainee has said that they read them.
        median_hours_to_read: The middle one of the hours until then; None when nobody said so.
        n_sessions: Live sessions that were planned for these days and have gone by.
        n_prepared: Of these, those with every critical thing ready, or not needed.
    """

    n_weeks: float
    n_trainers: int
    n_forms: int
    n_meetings: int
    median_minutes: float | None
    most_in_a_week: int
    n_read: int
    median_hours_to_read: float | None
    n_sessions: int
    n_prepared: int

    @property
    def a_week(self) -> float | None:
        """Return how many forms and supervisions a trainer did in a week, on average; None without trainers."""
        return (self.n_forms + self.n_meetings) / (self.n_trainers * self.n_weeks) if self.n_trainers else None


def see_effort(
    store: Store,
    actor: Actor,
    programme: Programme,
    hub_id: HubId,
    *,
    first_day: date,
    last_day: date,
    cohort_id: CohortId | None = None,
) -> Effort:
    """Return what a hub put in for its people, or for those of one cohort. Sessions are those of the whole hub.

    Raises:
        NotAllowedError: The actor may not see the supervision of the hub.
    """
    require_in_hub(actor, Right.SEE, Record.SUPERVISION, hub_id)
    days = {"first_day": first_day, "last_day": last_day}
    cohort_no = number_of(store, cohort_id)
    rows = store.system_query("trainer_load", programme_id=programme.head.id, hub=hub_id, cohort_no=cohort_no, **days)
    a_week: Counter[tuple[int, int]] = Counter()
    for row in rows:
        a_week[row["trainer_no"], (last_day - row["day"]).days // _DAYS_A_WEEK] += 1
    seconds = [row["seconds"] for row in rows if row["n_forms"]]
    hours = [row["hours"] for row in rows if row["hours"] is not None]
    sessions = [
        one
        for one in sessions_of(store.query("hub_sessions", actor, hub=hub_id, **days))
        if one.kind is SessionKind.LIVE and one.day < store.day_of(store.clock())
    ]
    return Effort(
        n_weeks=((last_day - first_day).days + 1) / _DAYS_A_WEEK,
        n_trainers=len({row["trainer_no"] for row in rows}),
        n_forms=len(seconds),
        n_meetings=sum(row["n_meetings"] for row in rows),
        median_minutes=median(seconds) / 60 if seconds else None,
        most_in_a_week=max(a_week.values(), default=0),
        n_read=len(hours),
        median_hours_to_read=median(hours) if hours else None,
        n_sessions=len(sessions),
        n_prepared=sum(not one.open_things(programme.head.support.critical) for one in sessions),
    )
