"""*How I am*: how heavy it is just now, and how sure one feels. For oneself and one's trainers, never counted."""

from typing import Final

import streamlit as st

from assessments.check_ins import HEAVIEST, LIGHTEST, CheckIn
from assessments.service import support
from assessments.support import ConfidenceRated, Moment
from curriculum.ids import DomainId
from people.models import Office
from web.components import (
    card,
    day_text,
    empty_state,
    local_day,
    page_head,
    plain,
    say_after_rerun,
    small_note,
    try_action,
    view_link,
)
from web.context import Context, ProgrammeChoice
from web.meeting_words import load_words, moment_words, sure_words
from web.saving import once_button, save_and_say
from web.tables import small_table
from web.texts import N_, _
from web.view import View

URL = "how-i-am"
_SHOWN: Final = 6


def render(context: Context) -> None:
    """Draw the page."""
    page_head(_("How I am"))
    choice = context.own_choice
    if choice is None:
        empty_state(_("You are not in a programme yet."), _("Ask your programme manager to enrol you."))
        return
    chosen = support.see_check_in_choice(context.store, context.actor)
    if chosen is None:
        _draw_explaining(context)
    else:
        _draw_check_in(context, choice, is_told=chosen.tells_supervisor)
    _draw_confidence(context, choice)
    view_link(context, "my-supervision", _("Back to supervision"), icon=":material/arrow_back:")


# ---------------------------------------------------------------- how heavy it is


def _explain() -> None:
    st.markdown(
        "\n".join(
            (
                _("Leading a group can be hard work. Here you can note how heavy it is for you. One tap, no words."),
                "",
                f"- {_('It is about your own load only, never about a child or a family.')}",
                f"- {_('You see it, and your own trainers see it. Nobody else does.')}",
                f"- {_('It never counts for being ready, and nobody is compared.')}",
                f"- {_('You can delete it at any time, and then it is gone.')}",
            )
        )
    )


def _draw_explaining(context: Context) -> None:
    with card("explaining"):
        st.header(_("Before your first entry"), anchor=False)
        _explain()
        tells = st.checkbox(
            _("When it is heavy twice in a row, ask my trainer to talk with me"), value=True, key="tells"
        )
        if st.button(_("I have read it"), type="primary", width="stretch", key="read-it"):
            _choose(context, tells=tells)


def _choose(context: Context, *, tells: bool) -> None:
    done = try_action(lambda: support.choose_check_in(context.store, context.actor, tells, context.now()))
    if done is not None:
        say_after_rerun(_("Saved."))
        st.rerun()


def _draw_check_in(context: Context, choice: ProgrammeChoice, *, is_told: bool) -> None:
    entries = support.see_check_ins(context.store, context.actor, context.actor.person_id)
    with card("check-in"):
        st.header(_("How heavy is it just now?"), anchor=False)
        with st.container(key="answer-load"):
            levels = list(range(LIGHTEST, HEAVIEST + 1))
            level = st.radio(
                _("Your own load"),
                levels,
                index=None,
                format_func=load_words,
                width="stretch",
                key=f"load-{len(entries)}",
            )
        if once_button("check-in", _("Save"), is_disabled=level is None) and level is not None:
            save_and_say(
                "check-in",
                str(level),
                lambda entry_id: support.check_in(context.store, context.actor, level, context.now(), entry_id),
            )
        if entries and entries[-1].level >= choice.programme.head.support.high_load:
            st.markdown(_("That is a lot. You can ask a trainer to contact you."))
            view_link(context, "my-supervision", _("Please contact me"), icon=":material/call:")
    _draw_entries(context, entries, is_told=is_told)


def _draw_entries(context: Context, entries: list[CheckIn], *, is_told: bool) -> None:
    with st.expander(_("My entries, and who sees them"), key="entries"):
        _explain()
        tells = st.checkbox(
            _("When it is heavy twice in a row, ask my trainer to talk with me"), value=is_told, key="tells-now"
        )
        if tells != is_told:
            _choose(context, tells=tells)
        shown = [
            {_("Day"): day_text(entry.day), _("Load"): load_words(entry.level)} for entry in reversed(entries[-_SHOWN:])
        ]
        small_table(shown, _("Nothing noted yet."))
        if entries and st.button(_("Delete all my entries"), key="delete-entries"):
            done = try_action(lambda: support.delete_check_ins(context.store, context.actor, context.actor.person_id))
            if done is not None:
                say_after_rerun(_("Deleted. Nothing of them is left."))
                st.rerun()


# ---------------------------------------------------------------- how sure one feels


def _draw_confidence(context: Context, choice: ProgrammeChoice) -> None:
    rated = support.see_confidence(context.store, context.actor, context.actor.person_id, choice.programme_id)
    moment = Moment.AFTER if Moment.BEFORE in rated else Moment.BEFORE
    with st.expander(_("How sure I feel"), icon=":material/self_improvement:", key="sure"):
        small_note(_("Once before the training and once after it. For you and your trainers; it never counts."))
        for one in rated.values():
            _draw_rated(context, choice, one)
        if moment not in rated:
            _draw_rating(context, choice, moment)


def _draw_rated(context: Context, choice: ProgrammeChoice, rated: ConfidenceRated) -> None:
    titles = {domain.id: domain.title for domain in choice.programme.domains}
    st.markdown(f"**{moment_words(rated.moment)}**, {local_day(context, rated.occurred_at)}")
    shown = [
        {_("About"): titles.get(one.domain_id, one.domain_id), _("How sure"): sure_words(one.level)}
        for one in rated.levels
    ]
    small_table(shown, "")


def _draw_rating(context: Context, choice: ProgrammeChoice, moment: Moment) -> None:
    st.markdown(f"**{moment_words(moment)}**: {plain(_('how sure do you feel?'))}")
    levels: dict[DomainId, int] = {}
    for domain in choice.programme.domains:
        level = st.select_slider(
            domain.title, list(range(1, 6)), value=3, format_func=sure_words, key=f"sure-{moment}-{domain.id}"
        )
        levels[domain.id] = int(level)
    if once_button("sure", _("Save how sure I feel")):
        save_and_say(
            "sure",
            f"{moment} {sorted(levels.items())}",
            lambda fact_id: support.rate_confidence(
                context.store,
                context.actor,
                choice.programme_id,
                moment,
                levels,
                now=context.now(),
                fact_id=fact_id,
            ),
        )


VIEW = View(frozenset({Office.TRAINEE}), N_("How I am"), URL, render, ":material/favorite:", is_listed=False)
