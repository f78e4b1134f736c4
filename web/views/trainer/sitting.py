"""Quizzes that a trainer watches: the code to begin with, as long as the sitting is open."""

import streamlit as st

from assessments.facts import Sitting
from assessments.service.attempts import close_sitting, list_sittings, open_sitting
from curriculum.models import Programme
from people.models import HubId
from people.rights import Record, Right
from web.components import card, local_time, plain, say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import _
from web.views.manager.hubs import list_hubs


def has_watched_quizzes(context: Context) -> bool:
    """Return whether the programme has quizzes that are taken only while a trainer watches."""
    choice = context.choice
    return choice is not None and any(blueprint.invigilated for blueprint in choice.programme.blueprints)


def draw_sittings(context: Context) -> None:
    """Draw the open sittings with their codes, and the way to open one."""
    for sitting in list_sittings(context.store, context.actor, context.now()):
        _draw_open(context, sitting)
    choice, hubs = context.choice, list_hubs(context, Right.INVIGILATE, Record.RESULTS)
    if choice is None or not hubs:
        return
    with card("new-sitting"):
        titles = {one.id: _title(choice.programme, one.id) for one in choice.programme.blueprints if one.invigilated}
        quiz = st.selectbox(_("Which quiz will you watch?"), list(titles), format_func=titles.__getitem__)
        hub = HubId(
            st.selectbox(_("Where?"), list(hubs), format_func=hubs.__getitem__) if len(hubs) > 1 else next(iter(hubs))
        )
        if st.button(_("Open the quiz in this room"), type="primary", width="stretch"):
            opened = try_action(
                lambda: open_sitting(
                    context.store,
                    context.actor,
                    hub,
                    choice.programme_id,
                    quiz,
                    version_no=choice.version_no,
                    now=context.now(),
                )
            )
            if opened is not None:
                st.rerun()
        small_note(_("You get a code. Say it to those in the room: they type it when they start."))


def _draw_open(context: Context, sitting: Sitting) -> None:
    with card(f"sitting-{sitting.fact_id}"):
        programme = context.choice.programme if context.choice else None
        title = _title(programme, sitting.blueprint_id) if programme else sitting.blueprint_id
        st.markdown(f"{plain(title)}: {_('the code is')}")
        st.header(sitting.code, anchor=False)
        small_note(_("It opens the quiz until {time}.").format(time=local_time(context, sitting.closes_at)))
        if st.button(_("Close it"), key=f"close-{sitting.fact_id}"):
            done = try_action(lambda: close_sitting(context.store, context.actor, sitting.fact_id, context.now()))
            if done is not None:
                say_after_rerun(_("Closed. Who has started can go on."))
                st.rerun()


def _title(programme: Programme, blueprint_id: str) -> str:
    titles = {str(one.id): programme.quiz_title(one) for one in programme.blueprints}
    return titles.get(blueprint_id, blueprint_id)
