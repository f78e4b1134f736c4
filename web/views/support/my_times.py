"""*When I am free*: an ordinary week, how to meet, and single days on which it is otherwise. For both sides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

import streamlit as st

from assessments.facts import Mode
from assessments.free_times import DEFAULT_GROUP, FreeTimes
from assessments.local_time import part_of_day
from assessments.service import support
from assessments.support import Availability, FreeException, FreeWindow
from people.facts import FactId
from people.models import Office
from web.components import card, page_head, plain, say_after_rerun, small_note, try_action, view_link
from web.context import Context
from web.meeting_words import (
    language_name,
    minute_of,
    part_words,
    stretch_words,
    weekday_day,
    weekday_words,
    window_words,
)
from web.saving import once_button, save_once
from web.texts import N_, _
from web.view import View
from web.wording import mode_words

URL = "my-times"
_WEEK: Final = range(7)
_ALL_DAY: Final = (0, 1440)
_WAYS: Final = (Mode.IN_PERSON, Mode.PHONE)


def render(context: Context) -> None:
    """Draw the page."""
    is_trainer = context.actor.holds(Office.TRAINER)
    note = (
        _("Your trainees can book these times, and the plan of the hub uses them.")
        if is_trainer
        else _("Your trainers see it, so that they offer times that suit you.")
    )
    page_head(_("When I am free"), note=note)
    free = support.see_free_times(context.store, context.actor, context.actor.person_id)
    week = _week_of(context, free.availability)
    _draw_week(context, week)
    _draw_adding(context, week)
    _draw_ways(context, week, is_trainer=is_trainer)
    _draw_days(context, free)
    back = "supervision" if is_trainer else "my-supervision"
    view_link(context, back, _("Back to supervision"), icon=":material/arrow_back:")


@dataclass(frozen=True, slots=True)
class _Week:
    """All that a person says at once about when they are free."""

    zone: str
    windows: tuple[FreeWindow, ...] = ()
    modes: tuple[Mode, ...] = _WAYS
    languages: tuple[str, ...] = ()
    group_size: int = 0
    needs_creche: bool = False
    needs_travel_help: bool = False


def _week_of(context: Context, said: Availability | None) -> _Week:
    """Return what the person has said, else what stands there before they have."""
    if said is None:
        return _Week(context.zone.key)
    return _Week(
        zone=said.zone,
        windows=said.windows,
        modes=tuple(mode for mode in Mode if mode in said.modes) or _WAYS,
        languages=said.languages,
        group_size=said.group_size,
        needs_creche=said.needs_creche,
        needs_travel_help=said.needs_travel_help,
    )


# ---------------------------------------------------------------- the ordinary week


def _draw_week(context: Context, week: _Week) -> None:
    if week.windows:
        st.header(_("An ordinary week"), anchor=False)
    for window in week.windows:
        with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
            part = part_words(part_of_day(window.weekday, window.start_minute, window.end_minute))
            tag = f" :gray-badge[{part}]" if part else ""
            words = f"{weekday_words(window.weekday)} {window_words(window)}"
            st.markdown(f"**{plain(words)}**{tag}", width="stretch")
            key = f"remove-{window.weekday}-{window.start_minute}"
            if st.button(_("Remove"), key=key, type="tertiary"):
                _save(context, replace(week, windows=tuple(one for one in week.windows if one != window)))


def _draw_adding(context: Context, week: _Week) -> None:
    with st.expander(_("Add a time"), icon=":material/add:", expanded=not week.windows, key="adding"):
        days = st.pills(
            _("On which days?"), list(_WEEK), selection_mode="multi", format_func=weekday_words, key="add-days"
        )
        with st.grid(2, min_column_width=130):
            start = st.time_input(_("From"), time(18), step=900, key="add-from")
            end = st.time_input(_("Until"), time(20), step=900, key="add-until")
        if once_button("times", _("Add"), is_disabled=not days):
            windows = (*week.windows, *_windows(days, start, end))
            _save(context, replace(week, windows=windows), "times")


def _windows(days: Sequence[int], start: time, end: time) -> list[FreeWindow]:
    """Return the stretches; one that ends at midnight ends with the day."""
    return [FreeWindow(day, minute_of(start), minute_of(end) or _ALL_DAY[1]) for day in days]


# ---------------------------------------------------------------- how to meet


def _draw_ways(context: Context, week: _Week, *, is_trainer: bool) -> None:
    with card("ways"):
        st.header(_("How I can meet"), anchor=False)
        modes = st.pills(
            _("Ways"),
            list(Mode),
            selection_mode="multi",
            default=list(week.modes),
            format_func=mode_words,
            key="ways",
        )
        said = replace(week, modes=tuple(modes), languages=_choose_languages(context, week))
        said = _choose_group(said) if is_trainer else _choose_needs(said)
        if st.button(_("Save"), key="save-ways"):
            _save(context, said)


def _choose_group(week: _Week) -> _Week:
    if Mode.GROUP not in week.modes:
        return replace(week, group_size=0)
    size = week.group_size or DEFAULT_GROUP
    asked = st.number_input(_("How many at once in a group?"), 2, support.LARGEST_GROUP, size, key="group")
    return replace(week, group_size=int(asked))


def _choose_needs(week: _Week) -> _Week:
    creche = st.checkbox(_("I need somebody to mind my children"), value=week.needs_creche, key="creche")
    travel = st.checkbox(_("I need help with travel"), value=week.needs_travel_help, key="travel")
    return replace(week, needs_creche=creche, needs_travel_help=travel)


def _choose_languages(context: Context, week: _Week) -> tuple[str, ...]:
    offered = list(context.choice.programme.head.support.languages) if context.choice else []
    if not offered:
        return week.languages
    known = [code for code in week.languages if code in offered]
    label = _("In which languages? None means any")
    chosen = st.pills(label, offered, selection_mode="multi", default=known, format_func=language_name, key="languages")
    return tuple(chosen)


def _save(context: Context, week: _Week, form: str = "") -> None:
    """Say the whole again; a form is emptied once it has been said."""

    def say(fact_id: FactId | None = None) -> Availability:
        return support.say_when_free(
            context.store,
            context.actor,
            week.windows,
            week.modes,
            zone=week.zone,
            now=context.now(),
            languages=week.languages,
            group_size=week.group_size,
            needs_creche=week.needs_creche,
            needs_travel_help=week.needs_travel_help,
            fact_id=fact_id,
        )

    if (save_once(form, repr(week), say) if form else try_action(say)) is not None:
        say_after_rerun(_("Saved."))
        st.rerun()


# ---------------------------------------------------------------- single days


def _draw_days(context: Context, free: FreeTimes) -> None:
    ahead = sorted(
        (one for one in free.exceptions if one.day_on >= context.today()),
        key=lambda one: (one.day_on, one.start_minute),
    )
    with st.expander(_("A day on which it is different"), icon=":material/event_busy:", key="days"):
        for exception in ahead:
            _draw_exception(context, exception)
        _draw_day_form(context, free)


def _draw_exception(context: Context, exception: FreeException) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center"):
        is_all_day = (exception.start_minute, exception.end_minute) == _ALL_DAY
        when = _("all day") if is_all_day else stretch_words(exception.start_minute, exception.end_minute)
        what = _("free") if exception.is_free else _("not free")
        st.markdown(f"**{plain(weekday_day(exception.day_on))}**, {plain(when)}: {what}", width="stretch")
        if st.button(_("Take back"), key=f"back-{exception.fact_id}", type="tertiary"):
            done = try_action(
                lambda: support.take_back_exception(context.store, context.actor, exception.fact_id, context.now())
            )
            if done is not None:
                say_after_rerun(_("Taken back."))
                st.rerun()


def _draw_day_form(context: Context, free: FreeTimes) -> None:
    day: date = st.date_input(_("Which day?"), value=context.today(), min_value=context.today(), key="other-day")
    titles = {"away": _("Not free all day"), "free": _("Free besides")}
    kind = st.segmented_control(
        _("What is different?"),
        list(titles),
        default="away",
        required=True,
        format_func=titles.__getitem__,
        width="stretch",
        key="other-kind",
    )
    start, end = _ALL_DAY
    if kind == "free":
        with st.grid(2, min_column_width=130):
            start = minute_of(st.time_input(_("From that day"), time(18), step=900, key="other-from"))
            end = minute_of(st.time_input(_("Until that day"), time(20), step=900, key="other-until")) or _ALL_DAY[1]
    else:
        small_note(_("Meetings that are agreed stay. Call them off one by one if you cannot come."))
    if not once_button("day", _("Save this day")):
        return
    said = save_once(
        "day",
        f"{day} {kind} {start} {end}",
        lambda fact_id: support.except_day(
            context.store,
            context.actor,
            day,
            start,
            end,
            is_free=kind == "free",
            zone=free.availability.zone if free.availability else context.zone.key,
            now=context.now(),
            fact_id=fact_id,
        ),
    )
    if said is not None:
        say_after_rerun(_("Saved."))
        st.rerun()


VIEW = View(
    frozenset({Office.TRAINEE, Office.TRAINER}),
    N_("When I am free"),
    URL,
    render,
    ":material/schedule:",
    is_listed=False,
)
