"""The privacy notice: shown once before anything else, with its version recorded; readable at any time.

Trainees choose here whether their record may go into research.
"""

from typing import Final

import streamlit as st

from people import service
from people.facts import ResearchChoice
from people.notice import NOTICE, RESEARCH, RESEARCH_VERSION
from web.components import local_day, page_head, say_after_rerun, small_note, try_action
from web.context import Context
from web.texts import N_, _
from web.view import EVERYONE, View

_SEEN_KEY: Final = "notice_seen"


def must_show(context: Context) -> bool:
    """Return whether the person has not yet been shown this version of the notice."""
    seen = (context.actor.person_id, NOTICE.version)
    if st.session_state.get(_SEEN_KEY) == seen:
        return False
    if service.has_seen_notice(context.store, context.actor.person_id):
        st.session_state[_SEEN_KEY] = seen
        return False
    return True


def render_first(context: Context) -> None:
    """Draw the notice in the place of the page asked for, until it is read."""
    _draw_notice()
    if st.button(_("I have read this"), type="primary", width="stretch"):
        seen = try_action(lambda: service.see_notice(context.store, context.actor, context.now()))
        if seen is not None:
            st.rerun()


def render(context: Context) -> None:
    """Draw the notice, which says the same to everybody, and a trainee's choice about research."""
    _draw_notice()
    if any(choice.enrolment_id is not None for choice in context.choices):
        _draw_research(context)


def _draw_notice() -> None:
    page_head(_(NOTICE.title), note=_(NOTICE.opening))
    for section in NOTICE.sections:
        st.header(_(section.title), anchor=False)
        st.markdown("\n".join(f"- {_(line)}" for line in section.lines))
    small_note(_("Version {version}").format(version=NOTICE.version))


# ---------------------------------------------------------------- research


def _draw_research(context: Context) -> None:
    st.header(_(RESEARCH.title), anchor=False)
    st.markdown("\n".join(f"- {_(line)}" for line in RESEARCH.lines))
    chosen = service.find_research_choice(context.store, context.actor.person_id)
    agrees = chosen is not None and chosen.agrees
    st.markdown(f"**{_state_words(context, chosen)}**")
    if agrees:
        _draw_button(context, agrees=False, label=_("No, stop sharing my record"))
    if not agrees or (chosen is not None and chosen.words_version != RESEARCH_VERSION):
        _draw_button(context, agrees=True, label=_("Yes, share my record without my name"))


def _state_words(context: Context, chosen: ResearchChoice | None) -> str:
    if chosen is None:
        return _("You have not said yes, so nothing of yours is shared.")
    day = local_day(context, chosen.occurred_at)
    if not chosen.agrees:
        return _("You said no on {day}. Nothing of yours goes into new files.").format(day=day)
    if chosen.words_version != RESEARCH_VERSION:
        return _("You said yes on {day}. These words have changed since: please say again.").format(day=day)
    return _("You said yes on {day}.").format(day=day)


def _draw_button(context: Context, *, agrees: bool, label: str) -> None:
    if st.button(label, key=f"research-{'yes' if agrees else 'no'}", wrap=True):
        chosen = try_action(
            lambda: service.choose_research(context.store, context.actor, agrees=agrees, now=context.now())
        )
        if chosen is not None:
            say_after_rerun(_("Saved: you said yes.") if agrees else _("Saved: you said no."))
            st.rerun()


VIEW = View(EVERYONE, N_("Privacy"), "privacy", render, ":material/lock:", rank=95)
