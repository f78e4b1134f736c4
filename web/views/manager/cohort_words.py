"""What stands beneath a cohort's title: how many are in it, and when it starts, has started or was closed."""

from datetime import date

from web.components import day_text
from web.memory import Row
from web.texts import _, ngettext


def size_and_days(cohort: Row, n_people: int, today: date) -> str:
    """Return "12 people · started on 7 Aug 2026"."""
    people = ngettext("{n} person", "{n} people", n_people).format(n=n_people)
    if cohort["closed_on"] is not None:
        day = _("closed on {day}").format(day=day_text(cohort["closed_on"]))
    elif cohort["starts_on"] > today:
        day = _("starts on {day}").format(day=day_text(cohort["starts_on"]))
    else:
        day = _("started on {day}").format(day=day_text(cohort["starts_on"]))
    return f"{people} · {day}"
