"""*Forecast*: how far people come, how long it takes, which sign-offs end, and how many pairs there are."""

from functools import cache
from typing import Final

import streamlit as st

from analytics.charts import Spec, shares_chart, shares_frame, waiting_chart, waiting_frame
from analytics.journeys import Ahead, Milepost, Outlook, Pace, StepCount, see_outlook
from people.models import Office
from people.rights import Record, Right
from web.components import count_of, empty_state, figure, page_head, small_note
from web.context import Context
from web.documents.cohort_report import pace_words
from web.estimates import because_text, estimate_text, share_text
from web.look import SCALE
from web.memory import recall
from web.pictures import draw_chart
from web.tables import draw_csv, small_table, table_behind
from web.texts import N_, _, ngettext
from web.view import View
from web.views.manager.comparing import draw_comparison
from web.views.manager.ending import draw_ending
from web.views.manager.people_chosen import PeopleChosen, choose_people, note_whom
from web.views.manager.what_if import draw_what_if

_TITLES: Final = {
    Milepost.SESSION: N_("Came to a training session"),
    Milepost.QUIZ: N_("Passed a quiz"),
    Milepost.ROLEPLAY: N_("Watched in a role-play"),
    Milepost.LIVE: N_("Watched in a live session"),
    Milepost.SIGNED_OFF: N_("Signed off"),
}


@cache
def _steps_chart() -> Spec:
    return shares_chart(SCALE)


@cache
def _pace_chart(weeks: str) -> Spec:
    return waiting_chart(SCALE, weeks)


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Forecast"), note=_("How far people come, how long it takes, and what ends soon."))
    people = choose_people(context, Right.SEE_STATUS, Record.READINESS)
    if people is None:
        return
    seen = recall(context, "outlook", people.key, lambda: _see(context, people))
    n = ngettext("{n} person enrolled", "{n} people enrolled", seen.n).format(n=seen.n)
    left = ngettext("{n} of them has left", "{n} of them have left", seen.n_left).format(n=seen.n_left)
    note_whom(context, people, n, left)
    if not seen.n:
        empty_state(_("Nobody is in it yet"), _("Put people into the cohort, or choose another cohort."))
        return
    left_side, right_side = st.columns(2, gap="medium")
    with left_side:
        _draw_steps(seen)
    with right_side:
        _draw_pace(seen.pace)
    _draw_ahead(seen)
    draw_ending(context, people, seen)
    draw_what_if(context, people)
    if people.cohort_id is None:
        draw_comparison(context, people)


def _see(context: Context, people: PeopleChosen) -> Outlook:
    return see_outlook(context.store, context.actor, people.programme, people.hub_id, cohort_id=people.cohort_id)


# ---------------------------------------------------------------- steps


def _draw_steps(seen: Outlook) -> None:
    st.subheader(_("How far people come, of {n}").format(n=seen.n), anchor=False)
    rows = [(f"{_(_TITLES[step.milepost])} ({count_of(step.n_reached, seen.n)})", step.share) for step in seen.steps]
    picture = draw_chart(shares_frame(rows), _steps_chart(), alt=_steps_alt(seen), key="steps")
    small_note(_("The line is the 95 % interval: where the share may lie in more groups such as this one."))
    table_behind([_step_row(step, seen.n) for step in seen.steps], "steps", picture=picture)


def _steps_alt(seen: Outlook) -> str:
    parts = [f"{_(_TITLES[step.milepost])}: {count_of(step.n_reached, seen.n)}" for step in seen.steps]
    return _("How many of all who enrolled came to each step. {steps}.").format(steps="; ".join(parts))


def _step_row(step: StepCount, n: int) -> dict[str, str]:
    return {
        _("Step"): _(_TITLES[step.milepost]),
        _("Came so far"): count_of(step.n_reached, n),
        _("Share, 95 % interval"): share_text(step.share),
        _("Left before"): str(step.n_left),
        _("May still come"): str(step.n_on_the_way),
    }


# ---------------------------------------------------------------- time


def _draw_pace(pace: Pace) -> None:
    n = pace.signed_off.n
    st.subheader(_("Weeks from enrolment to sign-off, n = {n}").format(n=n), anchor=False)
    if pace.horizon == 0:
        st.markdown(f":gray[{because_text(pace.mean_waiting)}]")
        return
    words = (_("signed off: {share}").format(share=count_of(pace.signed_off.n_events, n)), _("Still waiting"))
    frame = waiting_frame(pace.signed_off, pace.waiting, pace.watched_until, pace.at_risk, words)
    picture = draw_chart(frame, _pace_chart(_("Weeks since enrolment")), alt=_pace_alt(pace), key="pace")
    for label, words in pace_words(pace):
        st.markdown(f"**{label}**: {words}")
    small_note(
        _("Who left counts as never signed off. The band is the 95 % interval; a stroke is somebody who still waits.")
    )
    if pace.n_left:
        small_note(_("The broken line is what it would be if nobody left."))
    table_behind(_pace_rows(pace), "weeks-to-sign-off", picture=picture)


def _pace_alt(pace: Pace) -> str:
    return _(
        "A curve of the share signed off by each week. {signed} signed off, {left} left, {wait} still wait."
    ).format(
        signed=count_of(pace.signed_off.n_events, pace.signed_off.n), left=pace.n_left, wait=len(pace.watched_until)
    )


def _pace_rows(pace: Pace) -> list[dict[str, str]]:
    alone = {step.time: step for step in pace.waiting.steps}
    return [
        {
            _("Week"): f"{step.time:.0f}",
            _("Still waiting before"): str(step.at_risk),
            _("Signed off"): str(step.n_events),
            _("Signed off by then"): share_text(pace.signed_off.at(step.time)),
            _("If nobody left"): f"{(1 - alone[step.time].share) * 100:.0f} %",
        }
        for step in pace.signed_off.steps
    ]


# ---------------------------------------------------------------- what comes


def _draw_ahead(seen: Outlook) -> None:
    st.subheader(_("The next {n} days").format(n=seen.ahead[-1].days), anchor=False)
    today, *later = seen.ahead
    with st.grid(4, min_column_width=140):
        figure(_("Signed off now"), today.n_active, _("{n} lapsed").format(n=seen.n_lapsed))
        figure(_("Pairs now"), today.n_pairs, _("two of the same role"))
        for ahead in (later[0], later[-1]):
            figure(
                _("Pairs in {n} days").format(n=ahead.days),
                ahead.n_pairs,
                _("if nobody renews; {n} sign-offs end").format(n=ahead.n_ending),
            )
    rows = [_ahead_row(ahead) for ahead in seen.ahead]
    small_table(rows, "")
    draw_csv(rows, "forecast")
    unknown = later[0].ready
    if unknown is not None and not unknown.ready.is_computable:
        small_note(_("New sign-offs: {why}.").format(why=because_text(unknown.ready)))
    else:
        small_note(_("New sign-offs: if those who wait fare as the cohorts of this hub did, with an 80 % range."))


def _ahead_row(ahead: Ahead) -> dict[str, str]:
    when = _("in {n} days").format(n=ahead.days) if ahead.days else _("today")
    row = {
        _("When"): when,
        _("End by then"): str(ahead.n_ending) if ahead.days else "–",
        _("Signed off"): str(ahead.n_active),
        _("Pairs"): str(ahead.n_pairs),
    }
    return row | {_("New by then"): _more(ahead)}


def _more(ahead: Ahead) -> str:
    if ahead.ready is None:
        return "–"
    return estimate_text(ahead.ready.ready, 1) if ahead.ready.ready.is_computable else _("not known")


VIEW = View(
    frozenset({Office.MANAGER, Office.TRAINING_LEAD}),
    N_("Forecast"),
    "forecast",
    render,
    ":material/timeline:",
    layout="wide",
    rank=9,
)
