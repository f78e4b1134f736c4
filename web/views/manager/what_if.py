"""What if there were more time: who could have all the contacts with a trainer that they still need, by which week."""

from functools import cache
from typing import Final

import streamlit as st

from analytics.charts import Spec, through_chart, through_frame
from analytics.figures import number_text
from analytics.what_if import (
    MOST_A_WEEK,
    WEEKS_AHEAD,
    Contact,
    Need,
    Through,
    WhatIf,
    count_by_week,
    schedule,
    see_what_if,
)
from web.components import count_of, figure, small_note, view_link
from web.context import Context
from web.look import SCALE
from web.memory import recall
from web.pictures import draw_chart
from web.sentences import say
from web.tables import table_behind
from web.texts import N_, _, ngettext
from web.verdicts import gate_title
from web.views.manager.people_chosen import PeopleChosen

_MOST_TRAINERS: Final = 3
_MOST_CONTACTS: Final = 10

_KINDS: Final = {
    Contact.ROLEPLAY: N_("role-play"),
    Contact.LIVE: N_("live session"),
    Contact.MEETING: N_("supervision"),
}


@cache
def _chart(weeks: str) -> Spec:
    return through_chart(SCALE, weeks)


def draw_what_if(context: Context, people: PeopleChosen) -> None:
    """Draw what more time would change; nothing where nobody needs a trainer's time."""
    found = recall(context, "what-if", people.key, lambda: _see(context, people))
    if not found.n_contacts:
        return
    st.subheader(_("What if there were more time?"), anchor=False)
    n = len(found.needs)
    words = ngettext(
        "{n} person on the way still needs {contacts} contacts with a trainer, at least.",
        "{n} people on the way still need {contacts} contacts with a trainer, at least.",
        n,
    )
    st.markdown(words.format(n=n, contacts=found.n_contacts))
    if found.pace.because is not None:
        st.markdown(":gray[" + _("Not computable, because {why}.").format(why=say(found.pace.because)) + "]")
        table_behind([_need_row(people, need) for need in found.needs], "what-is-needed")
        return
    _draw_choice(context, people, found)


def _see(context: Context, people: PeopleChosen) -> WhatIf:
    return see_what_if(context.store, context.actor, people.programme, people.hub_id, cohort_id=people.cohort_id)


def _draw_choice(context: Context, people: PeopleChosen, found: WhatIf) -> None:
    pace = found.pace
    small_note(
        _("In the last {weeks} weeks the hub gave {a_week} contacts a week, by {trainers} trainers.").format(
            weeks=pace.n_weeks, a_week=number_text(pace.a_week, 1), trainers=pace.n_trainers
        )
    )
    left, right = st.columns(2, gap="medium")
    with left:
        trainers = st.slider(
            _("More trainers (each {n} contacts a week)").format(n=number_text(pace.of_one_trainer, 1)),
            0,
            _MOST_TRAINERS,
            1,
            key="more-trainers",
        )
    with right:
        more = st.slider(_("More contacts a week besides"), 0, _MOST_CONTACTS, 0, key="more-contacts")
    now = schedule(found.needs, pace.a_week)
    then = schedule(found.needs, pace.a_week + trainers * pace.of_one_trainer + more)
    before, after = (count_by_week(through)[: _last_shown(now, then) + 1] for through in (now, then))
    picture = draw_chart(
        through_frame(before, after, (_("as now"), _("with more time"))),
        _chart(_("Weeks from now")),
        alt=_alt(now, then, len(found.needs)),
        key="through",
    )
    _draw_figures(now, then, len(found.needs))
    small_note(
        _(
            "Arithmetic of time, not a forecast: some need to show a thing more than once, and no trainer's time buys "
            "what stands under “Also needs”. Those who need least come first; {n} contacts a person and week at most."
        ).format(n=MOST_A_WEEK)
    )
    rows = [_through_row(people, one, other) for one, other in zip(now, then, strict=True)]
    table_behind(rows, "what-if", picture=picture)
    _link_to_rules(context)


def _link_to_rules(context: Context) -> None:
    """Say where a changed rule is tried: there each person is judged by it, and nothing is reckoned."""
    small_note(_("A changed rule, not more time? Try it before it is saved: who would be ready, and why."))
    view_link(context, "rules", _("Try a changed rule"), icon=":material/rule:")


def _draw_figures(now: tuple[Through, ...], then: tuple[Through, ...], n: int) -> None:
    with st.grid(2, min_column_width=140):
        for label, through in ((_("As now"), now), (_("With more time"), then)):
            note = _("through in {n} weeks; {last}").format(n=WEEKS_AHEAD, last=_last_words(through))
            figure(label, count_of(_n_through(through), n), note)


def _last_shown(*both: tuple[Through, ...]) -> int:
    """Return the last week to draw: one after the last of those who come through, or the end of what is reckoned."""
    weeks = [one.week for through in both for one in through]
    if None in weeks:
        return WEEKS_AHEAD
    return min(max((week for week in weeks if week is not None), default=0) + 1, WEEKS_AHEAD)


def _n_through(through: tuple[Through, ...]) -> int:
    return sum(one.week is not None for one in through)


def _last_words(through: tuple[Through, ...]) -> str:
    weeks = [one.week for one in through]
    known = [week for week in weeks if week is not None]
    if len(known) < len(weeks):
        return _("the last ones later than that")
    return _("the last in week {n}").format(n=max(known, default=0))


def _alt(now: tuple[Through, ...], then: tuple[Through, ...], n: int) -> str:
    return _(
        "Lines of how many people could have had all their contacts by each week. Within {weeks} weeks: {before} as "
        "now, {after} with more time."
    ).format(weeks=WEEKS_AHEAD, before=count_of(_n_through(now), n), after=count_of(_n_through(then), n))


# ---------------------------------------------------------------- the table behind


def _need_row(people: PeopleChosen, need: Need) -> dict[str, str]:
    contacts = ", ".join(f"{need.contacts[kind]} × {_(_KINDS[kind])}" for kind in Contact if need.contacts[kind])
    others = ", ".join(gate_title(people.programme, gate_id) for gate_id in need.others)
    return {_("Name"): need.name, _("Needs at least"): contacts or "–", _("Also needs"): others or "–"}


def _through_row(people: PeopleChosen, now: Through, then: Through) -> dict[str, str]:
    weeks = {_("Week, as now"): _week(now), _("Week, with more time"): _week(then)}
    return _need_row(people, now.need) | weeks


def _week(through: Through) -> str:
    return _("later") if through.week is None else str(through.week)
