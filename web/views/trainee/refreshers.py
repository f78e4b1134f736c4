"""*Refreshers*: five minutes a week on what matters most, and on what was not right before."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from assessments.calendar_files import calendar_file, refresher_entries
from assessments.facts import RefresherAnswer
from assessments.items import Given, is_complete, right_given
from assessments.refreshers import Topic
from assessments.service.learning import list_due, list_topics, next_question, record_refresher
from curriculum.items import Item
from people.ids import new_fact_id
from people.models import Office
from web.components import card, empty_state, local_day, page_head, plain, small_note, try_action, view_link
from web.context import Context, ProgrammeChoice
from web.texts import N_, _, ngettext
from web.view import View
from web.views.trainee.answers import Answered, draw_answered
from web.views.trainee.blocks import draw_section_links
from web.views.trainee.media import draw_media
from web.views.trainee.self_check import draw_own_fields, own_orders

_DONE: Final = "refresher-done"


@dataclass(frozen=True, slots=True)
class _Done:
    """A question that was just answered, shown with its reasons until the person goes on."""

    item: Item
    answer: RefresherAnswer


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("Refreshers"), note=_("Five minutes a week keep it fresh. Nothing here counts for or against you."))
    choice = context.own_choice
    if choice is None:
        empty_state(_("No refreshers yet"), _("Ask your programme manager to enrol you."))
        return
    me, programme_id = context.actor.person_id, choice.programme_id
    topics = list_topics(context.store, context.actor, me, programme_id)
    due = list_due(context.store, context.actor, programme_id, context.now())
    done: _Done | None = st.session_state.get(_DONE)
    if done is not None:
        _draw_done(context, choice, done)
    elif due:
        _draw_question(context, choice, due)
    else:
        _draw_nothing_due(context, topics)
    _draw_misconceptions(context, choice, topics)
    _draw_plan(context, choice, topics)


def _draw_question(context: Context, choice: ProgrammeChoice, due: list[Topic]) -> None:
    n, topic = len(due), due[0]
    item = next_question(context.store, context.actor, choice.programme_id, topic.section_id)
    key = f"refresher-{topic.section_id}-{topic.n_answers}"
    small_note(ngettext("{n} question is due.", "{n} questions are due.", n).format(n=n))
    with card("refresher"):
        st.markdown(f"**{plain(item.stem)}**")
        draw_media(context, choice.programme, item.media)
        given = draw_own_fields(context, item, key)
        is_clicked = st.button(_("Check my answer"), type="primary", width="stretch", key=f"check-{key}")
    if is_clicked and not is_complete(item, given):
        st.markdown(f":gray[{_('Choose an answer first.')}]")
    elif is_clicked:
        _record(context, choice, topic, item, given)


def _record(context: Context, choice: ProgrammeChoice, topic: Topic, item: Item, given: Given) -> None:
    # Until it has succeeded it keeps its id, so that a run which was broken off writes nothing twice.
    fact_id = st.session_state.setdefault(f"saving-{topic.section_id}-{topic.n_answers}", new_fact_id())
    answer = try_action(
        lambda: record_refresher(
            context.store,
            context.actor,
            choice.programme_id,
            topic.section_id,
            item.id,
            chosen=given.chosen,
            text=given.text,
            now=context.now(),
            fact_id=fact_id,
        )
    )
    if answer is not None:
        st.session_state[_DONE] = _Done(item, answer)
        st.rerun()


def _draw_done(context: Context, choice: ProgrammeChoice, done: _Done) -> None:
    with card("refresher"):
        st.markdown(f"**{plain(done.item.stem)}**")
        if done.answer.is_right:
            st.markdown(f":green[:material/check_circle: **{_('Right.')}**]")
        else:
            st.markdown(f":orange[:material/undo: **{_('Not right.')}**] {_('It comes back sooner.')}")
        given = Given(done.answer.chosen, done.answer.text)
        draw_answered(Answered(done.item, own_orders(context, done.item), given, right_given(done.item)))
        draw_section_links(context, [choice.programme.section_by_id[done.item.section]])
        st.button(_("Go on"), type="primary", width="stretch", key="refresher-next", on_click=_go_on)


def _go_on() -> None:
    st.session_state.pop(_DONE, None)


def _draw_nothing_due(context: Context, topics: list[Topic]) -> None:
    now = context.now()
    coming = min((topic.due_at for topic in topics if topic.due_at > now), default=None)
    if not topics:
        empty_state(_("No refreshers yet"), _("They begin some days after your first quiz."))
    elif coming is None or any(topic.due_at <= now for topic in topics):
        empty_state(_("Enough for this week"), _("Come back next week."))
    else:
        empty_state(_("Nothing is due"), _("The next question comes on {day}.").format(day=local_day(context, coming)))


def _draw_misconceptions(context: Context, choice: ProgrammeChoice, topics: list[Topic]) -> None:
    """Draw where the person was sure and not right: the most useful thing to read again."""
    sure = [topic for topic in topics if topic.was_sure]
    if not sure:
        return
    st.header(_("You were sure, and it was not right"), anchor=False)
    small_note(_("Read these again first."))
    for topic in sure:
        section = choice.programme.section_by_id[topic.section_id]
        key = f" :red-badge[{_('Safeguarding')}]" if topic.is_critical else ""
        st.markdown(f"**{plain(section.title)}**{key}")
        view_link(context, "manual", _("Read: {title}").format(title=section.title), query={"section": section.id})


def _draw_plan(context: Context, choice: ProgrammeChoice, topics: list[Topic]) -> None:
    if not topics:
        return
    with st.expander(_("When each part comes back")):
        for topic in sorted(topics, key=lambda one: one.due_at):
            section = choice.programme.section_by_id[topic.section_id]
            when = local_day(context, max(topic.due_at, context.now()))
            st.markdown(f"{when} · {plain(section.title)}")
        _draw_calendar(context, choice, topics)


def _draw_calendar(context: Context, choice: ProgrammeChoice, topics: list[Topic]) -> None:
    """Draw the days on which something is due as a file for a calendar; it says nothing of what."""
    key, zone = str(choice.enrolment_id), choice.programme.head.timezone
    entries = refresher_entries(topics, key, zone, _("Refreshers: five minutes"), context.now())
    st.download_button(
        _("Put the days into my calendar"),
        calendar_file(entries, _("Refreshers")),
        file_name="refreshers.ics",
        mime="text/calendar",
        icon=":material/event:",
        on_click="ignore",
        key="refreshers-calendar",
    )
    small_note(_("The file holds the days alone: nothing of what you are asked, or got wrong."))


VIEW = View(frozenset({Office.TRAINEE}), N_("Refreshers"), "refreshers", render, ":material/replay:", rank=7)
