"""What a trainer's own forms take: how many, and how many minutes, week by week. Nobody else's stand beside them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import streamlit as st

from web.components import card, day_text, small_note
from web.context import Context
from web.memory import ask
from web.tables import small_table
from web.texts import _, ngettext

_WEEKS: Final = 8


def draw_own_load(context: Context) -> None:
    """Draw the acting trainer's forms of the last weeks; nothing before the first."""
    monday = context.today() - timedelta(days=context.today().weekday())
    first_day = monday - timedelta(weeks=_WEEKS - 1)
    rows = ask(context, "own_load", first_day=first_day)
    if not rows:
        return
    n_forms: Counter[date] = Counter()
    seconds: Counter[date] = Counter()
    for row in rows:
        week = row["day"] - timedelta(days=row["day"].weekday())
        n_forms[week] += row["n_forms"]
        seconds[week] += row["seconds"]
    st.header(_("Your forms"), anchor=False)
    with card("own-load"):
        n = n_forms.total()
        words = ngettext(
            "{n} form in {weeks} weeks: {minutes} minutes on it.",
            "{n} forms in {weeks} weeks: {minutes} minutes on them.",
            n,
        )
        st.markdown(words.format(n=n, weeks=_WEEKS, minutes=round(seconds.total() / 60)))
        with st.expander(_("Week by week"), key="own-weeks"):
            small_table(list(_weeks(monday, n_forms, seconds)), "", alt=_("Your forms and minutes, week by week"))
        small_note(_("Time runs from opening a form to submitting it. Only you see this."))


def _weeks(monday: date, n_forms: Counter[date], seconds: Counter[date]) -> Iterator[dict[str, str]]:
    for back in range(_WEEKS):
        week = monday - timedelta(weeks=back)
        yield {
            _("Week from"): day_text(week),
            _("Forms"): str(n_forms[week]),
            _("Minutes"): str(round(seconds[week] / 60)),
        }
