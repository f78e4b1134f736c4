"""What is to be seen to in a hub this week, and a line to send to those for whom something waits."""

from datetime import date
from typing import Final

import streamlit as st

from analytics.waiting import see_waiting
from analytics.week import Task, TaskKind, see_week
from web.components import empty_state, fold, page_of, plain, small_note, view_link
from web.context import Context
from web.meeting_words import thing_words, weekday_day
from web.memory import recall
from web.texts import _, ngettext
from web.views.support.hub import Place

_MOST_LINES: Final = 30


def draw_tasks(context: Context, place: Place) -> None:
    """Draw the list, the way to the plan and the calendar, and the line to send."""
    tasks = recall(
        context,
        "week",
        (place.hub_id, place.programme_id),
        lambda: see_week(context.store, context.actor, place.programme, place.hub_id, context.today()),
    )
    with st.container(horizontal=True):
        view_link(context, "plan-meetings", _("Plan meetings"), icon=":material/calendar_month:")
        view_link(context, "calendar", _("Calendar of sessions"), icon=":material/event:")
    if not tasks:
        empty_state(_("Nothing waits this week"), _("Meetings are arranged, sessions are prepared, nobody waits."))
    for title, is_urgent in ((_("First"), True), (_("In the next seven days"), False)):
        _draw_list(title, [task for task in tasks if task.is_urgent is is_urgent])
    _draw_line(context, place)


def _draw_list(title: str, tasks: list[Task]) -> None:
    if not tasks:
        return
    st.header(title, anchor=False)
    things = _list_things(tasks)
    lines = dict.fromkeys(f"- {_when(task)}{plain(task_words(task, things[_place(task)]))}" for task in tasks)
    st.markdown("\n".join(page_of(list(lines), f"tasks-{tasks[0].is_urgent}", _MOST_LINES)))


def _list_things(tasks: list[Task]) -> dict[tuple[TaskKind, date | None, str], str]:
    """Return all that is not ready, by session, so that a session has one line."""
    things: dict[tuple[TaskKind, date | None, str], list[str]] = {}
    for task in tasks:
        words = things.setdefault(_place(task), [])
        if task.thing is not None:
            words.append(thing_words(task.thing))
    return {place: ", ".join(words) for place, words in things.items()}


def _place(task: Task) -> tuple[TaskKind, date | None, str]:
    return task.kind, task.day, task.code


def _when(task: Task) -> str:
    if task.day is None or task.kind in (TaskKind.CONTACT, TaskKind.OFFER):
        return ""
    clock = f", {task.clock}" if task.clock else ""
    return f"**{plain(weekday_day(task.day) + clock)}** "


def task_words(task: Task, things: str) -> str:
    """Return what is to be done; `things` are those that are not ready for a session."""
    words = {
        TaskKind.READY: _("Not ready for {code} ({name}): {things}"),
        TaskKind.SESSION: _("{code} takes place ({name})"),
        TaskKind.OFFER: _("Offer {name} a meeting: one was due on {day}") if task.day else _("Offer {name} a meeting"),
        TaskKind.ANSWER: _("{name} has not answered {other}"),
        TaskKind.CLOSE: _("{other} has not said what became of the meeting with {name}"),
        TaskKind.CONTACT: _("{name} has waited since {day} to be contacted by {other}"),
    }[task.kind]
    if task.kind is TaskKind.OFFER and task.day and not task.is_urgent:
        words = _("Offer {name} a meeting by {day}")
    if task.kind is TaskKind.SESSION and not task.name:
        words = _("{code} takes place")
    return words.format(
        things=things,
        code=task.code,
        name=task.name,
        other=task.other or _("any trainer"),
        day=weekday_day(task.day) if task.day else "",
    )


def _draw_line(context: Context, place: Place) -> None:
    """Draw a line to copy into a message: how many things wait, no name of anybody, no content."""
    waiting = recall(context, "waiting", place.hub_id, lambda: see_waiting(context.store, context.actor, place.hub_id))
    if not waiting:
        return
    line_box = fold(_("A line to send"), icon=":material/mail:", key="line")
    if not line_box.open:
        return
    with line_box:
        small_note(_("For a message of yours. It says how many things wait and nothing else."))
        names = {one.person_id: f"{one.name} ({one.n_things})" for one in waiting}
        counts = {one.person_id: one.n_things for one in waiting}
        whom = st.selectbox(_("For whom?"), list(names), format_func=names.__getitem__, key="line-whom")
        n = counts[whom]
        line = ngettext("{n} thing waits for you.", "{n} things wait for you.", n).format(n=n)
        st.code(f"{line} {_('Please sign in to Practicum.')}", language=None, wrap_lines=True)
